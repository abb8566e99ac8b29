"""勾稽核对: a disclosure's figures set against each other.

:func:`check` is pure: records in, findings and counts out.  Of the rest of the project it knows
the model and how amounts are printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from archive.model import CheckCount, Disclosure, Finding
from indexer.checks.case import Case
from indexer.checks.outcome import ROUNDING, Outcome, Rule, State
from indexer.checks.rules import RULES

_REASONS_KEPT = 5


def checked(disclosure: Disclosure, previous: Disclosure | None = None) -> Disclosure:
    """The disclosure with what the rules find in it, in the place of earlier findings.

    ``previous`` is last year's disclosure of the same agency and kind, where there is one.
    """
    return _tried(disclosure, Case(disclosure, previous), RULES)


def beside(disclosure: Disclosure, previous: Disclosure) -> Disclosure:
    """The same of a checked disclosure to which only last year's is new."""
    return _tried(disclosure, Case(disclosure, previous), [r for r in RULES if r.across_years])


def _tried(disclosure: Disclosure, case: Case, rules: Sequence[Rule]) -> Disclosure:
    """The disclosure with what these rules give in the place of what they gave before."""
    given: dict[str, list[Finding]] = {rule.id: [] for rule in RULES}
    counts = {count.rule: count for count in disclosure.checks}
    for finding in disclosure.findings:
        given.setdefault(finding.rule, []).append(finding)
    for rule in rules:
        outcomes = list(rule.check(case))
        counts[rule.id] = _count(rule, outcomes)
        given[rule.id] = [_finding(rule, outcome) for outcome in outcomes if _found(outcome)]
    return replace(
        disclosure,
        findings=tuple(finding for rule in RULES for finding in given[rule.id]),
        checks=tuple(counts[rule.id] for rule in RULES if rule.id in counts),
    )


def _found(outcome: Outcome) -> bool:
    return outcome.state in (State.DIFFERS, State.ROUNDED)


def _finding(rule: Rule, outcome: Outcome) -> Finding:
    severity = outcome.severity or rule.severity
    return Finding(
        rule=rule.id,
        severity=ROUNDING if outcome.state is State.ROUNDED else severity,
        message=outcome.message,
        expected=outcome.expected,
        found=outcome.found,
        places=outcome.places,
        difference_fen=outcome.difference_fen,
    )


def _count(rule: Rule, outcomes: list[Outcome]) -> CheckCount:
    states = Counter(outcome.state for outcome in outcomes)
    reasons = Counter(outcome.reason for outcome in outcomes if outcome.reason)
    most = tuple(reason for reason, _ in reasons.most_common(_REASONS_KEPT))
    return CheckCount(
        rule=rule.id,
        held=states[State.HOLDS],
        rounded=states[State.ROUNDED],
        differed=states[State.DIFFERS],
        undecidable=states[State.UNDECIDABLE],
        reasons=most if outcomes else (rule.premise,),
    )
