"""docs/checks.md is what the rules say of themselves."""

from __future__ import annotations

from indexer.checks.rules import RULES
from tests.checks_renew import PAGE, page


def test_the_page_is_that_of_the_rules() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.checks_renew --write"


def test_every_rule_tells_what_it_is() -> None:
    text = page()
    assert text.count("\n## ") == text.count("\n- 例：") == len(RULES)
    for rule in RULES:
        assert rule.explanation.endswith("。")
        assert rule.source and rule.tolerance and rule.premise and rule.name
