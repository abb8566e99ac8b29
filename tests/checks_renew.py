"""Writes docs/checks.md from the rules and from an example of each, taken from their tests.

``python -m tests.checks_renew`` prints how the page and the rules differ and writes nothing;
``--write`` replaces the page.
"""

from __future__ import annotations

import os
from difflib import unified_diff
from pathlib import Path

import click

from indexer.checks.case import Case
from indexer.checks.outcome import Rule, State
from indexer.checks.rules import RULES
from tests.indexer.checks.test_rules import CASES

PAGE = Path(__file__).parents[1] / "docs" / "checks.md"
_HEAD = f"""\
# Checks 勾稽核对

Generated from `indexer/checks/rules.py` by `python -m tests.checks_renew --write`; the examples are
those of the rules' tests, with made-up figures. There are {len(RULES)} rules.

A rule is tried at every place that it applies to, and each place is told as one of four:

- **相符** holds. What differs by no more than rounding explains is told as 四舍五入 and counted
  among these. A printed figure stands for anything within half a unit of its last place, so that a
  sum of *n* figures may differ from its total by *n* + 1 half units; zeros dropped from the end
  count as printed (4.9 beside 0.45 is 4.90). All of it is computed exactly.
- **差异** differs: a finding, as 差错 or 提示. A rule of completeness only warns.
- **无法判定** not decidable, with the reason: a doubtful cell, an item with no counterpart, a
  premise that the document does not print (all money of this year, all levels listed).
- **不适用** does not apply, with the premise that is missing.

Texts are read in simplified characters, half-width figures and one kind of quotation marks, and
百分之12.5 as 12.5%. A government's own budget is not checked: its tables list some codes only.

What is not checked: whether the reasons given for a change are true, or a policy named is in force.
"""


def page() -> str:
    """The page as it should be."""
    return _HEAD + "".join(_entry(rule) for rule in RULES)


def _entry(rule: Rule) -> str:
    return (
        f"\n## {rule.id} {rule.name}\n\n{rule.explanation}\n\n"
        f"- 依据：{rule.source}\n- 容差：{rule.tolerance}\n- 程度：{rule.severity}\n"
        f"- 不适用：{rule.premise}\n{_example(rule)}"
    )


def _example(rule: Rule) -> str:
    """The first difference, or else the first undecidable place, of the rule's cases."""
    for wanted in (State.DIFFERS, State.UNDECIDABLE):
        for each in CASES:
            if each.rule == rule.id and each.state is wanted:
                before = each.before.disclosure() if each.before else None
                outcomes = rule.check(Case(each.made.disclosure(), before))
                told = next(o for o in outcomes if o.state is wanted)
                return f"- 例：{told.message or '无法判定：' + told.reason}\n"
    raise LookupError(rule.id)


@click.command()
@click.option("--write", is_flag=True, help="Replace docs/checks.md.")
def renew(*, write: bool) -> None:
    """Show, or with --write take over, what the rules say of themselves."""
    if write and os.environ.get("CI"):
        raise click.UsageError("docs are never renewed in CI")
    new = page()
    old = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
    lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    click.echo("".join(unified_diff(*lines, "docs/checks.md", "the rules", n=0)), nl=False)
    if write:
        PAGE.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    renew()
