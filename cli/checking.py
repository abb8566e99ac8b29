"""The command ``check``: all rules again over what the archive holds."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from textwrap import indent
from typing import NoReturn

import click
from tqdm import tqdm

from archive.addresses import document_id
from archive.archive import Archive
from archive.model import CheckCount, Disclosure, Document
from archive.record_json import checks_json, document_json, findings_json
from cli.context import Place, example
from cli.language import say

_ERROR, _ROUNDING = "差错", "四舍五入"


@click.command(
    help=say(
        "Check the figures of disclosures against each other; of all when no DOC is named.",
        "核对公开文件中的数字是否前后相符；不指明文件时核对全部。",
    ),
    epilog=example("check"),
)
@click.argument("documents", nargs=-1, metavar="[DOC]...")
@click.option("--json", "as_json", is_flag=True, help=say("As JSON.", "输出 JSON。"))
@click.option(
    "--rules", is_flag=True, help=say("Counts of each rule too.", "并列出每条规则的次数。")
)
@click.option(
    "--rounding",
    is_flag=True,
    help=say("Tell differences of rounding too.", "并列出四舍五入的尾差。"),
)
@click.option(
    "--workers",
    type=click.IntRange(1),
    default=None,
    help=say("Worker processes; default: all cores.", "工作进程数；默认等于处理器核数。"),
)
@click.pass_obj
def check(
    place: Place,
    documents: tuple[str, ...],
    *,
    as_json: bool,
    rules: bool,
    rounding: bool,
    workers: int | None,
) -> None:
    """Check; exit status 1 when there is a 差错."""
    severities: Counter[str] = Counter()
    with place.existing() as archive:
        results = _run(archive, [_known(archive, name) for name in documents], workers)
        told = _counted(results, severities)
        if as_json:
            _tell_json(told)
        else:
            _tell(told, severities, rules=rules, rounding=rounding)
    sys.exit(1 if severities[_ERROR] else 0)


def _known(archive: Archive, name: str) -> Document:
    found = archive.store.document(document_id(name) or name)
    if found is None:
        raise click.ClickException(
            say(f"The archive holds no document {name}.", f"档案里没有 {name} 这份文件。")
        )
    return found


def _counted(results: Iterable[Disclosure], severities: Counter[str]) -> Iterator[Disclosure]:
    """The results as they come, none of them kept: there may be ten thousand."""
    for result in results:
        severities.update(finding.severity for finding in result.findings)
        yield result


def _run(archive: Archive, named: list[Document], workers: int | None) -> Iterator[Disclosure]:
    from indexer.checking import check_all  # noqa: PLC0415 - keeps the other commands quick

    ids = [document.id for document in named or archive.store.documents()]
    bar = tqdm(
        total=len(ids), unit=say(" documents", " 份"), disable=not sys.stderr.isatty(),
        dynamic_ncols=True,
    )  # fmt: skip
    with bar:
        yield from check_all(
            archive.store,
            archive.folder,
            ids,
            workers=workers,
            on_progress=lambda done: _advance(bar, done),
        )


def _advance(bar: tqdm[NoReturn], done: int) -> None:
    bar.update(done)


def _as_json(result: Disclosure) -> dict[str, object]:
    return {
        "document": document_json(result.document),
        "checks": checks_json(result.checks),
        "findings": findings_json(result.findings),
    }


def _tell_json(results: Iterable[Disclosure]) -> None:
    between = ""
    click.echo("[", nl=False)
    for result in results:
        text = json.dumps(_as_json(result), ensure_ascii=False, indent=2)
        click.echo(f"{between}\n{indent(text, '  ')}", nl=False)
        between = ","
    click.echo("\n]" if between else "]")


def _tell(
    results: Iterable[Disclosure], severities: Counter[str], *, rules: bool, rounding: bool
) -> None:
    number = 0
    for number, result in enumerate(results, start=1):  # noqa: B007 - told below
        _tell_one(result, rules=rules, rounding=rounding)
    told = "，".join(f"{name} {severities[name]}" for name in (_ERROR, "提示", _ROUNDING))
    click.echo(say(f"{number} documents: {told}", f"共 {number} 份：{told}"))


def _tell_one(result: Disclosure, *, rules: bool, rounding: bool) -> None:
    lines = [f"{result.document.title}  [{result.document.id}]", f"  {summary(result.checks)}"]
    if rules:
        lines += [f"    {_line(count)}" for count in result.checks]
    lines += [
        f"  {finding.severity}  {finding.rule}  {finding.message}"
        for finding in result.findings
        if rounding or finding.severity != _ROUNDING
    ]
    tqdm.write("\n".join(lines), file=sys.stdout)


def summary(counts: tuple[CheckCount, ...]) -> str:
    """核对 312 项，相符 309，差异 2，无法判定 1."""
    tried, held = sum(c.tried for c in counts), sum(c.held + c.rounded for c in counts)
    differed = sum(c.differed for c in counts)
    undecidable = sum(c.undecidable for c in counts)
    rounded = sum(c.rounded for c in counts)
    within = f"（其中尾差 {rounded}）" if rounded else ""
    return f"核对 {tried} 项，相符 {held}{within}，差异 {differed}，无法判定 {undecidable}"


def _line(count: CheckCount) -> str:
    if not count.tried:
        return f"{count.rule:<22} 不适用：{'；'.join(count.reasons)}"
    why = f"（{'；'.join(count.reasons)}）" if count.undecidable else ""
    return (
        f"{count.rule:<22} 核对 {count.tried}，相符 {count.held}，尾差 {count.rounded}，"
        f"差异 {count.differed}，无法判定 {count.undecidable}{why}"
    )
