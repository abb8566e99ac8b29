"""What a rule is, and what comes of trying it on one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from archive.model import FindingPlace

if TYPE_CHECKING:
    from indexer.checks.case import Case

ERROR, NOTICE, ROUNDING = "差错", "提示", "四舍五入"


class State(Enum):
    """What came of a rule at one place."""

    HOLDS = "相符"
    ROUNDED = "尾差"
    DIFFERS = "差异"
    UNDECIDABLE = "无法判定"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a rule at one place.

    ``reason`` says why a place is not decidable; the other texts are those of a finding.
    ``severity`` overrides that of the rule where a difference weighs less than it.
    """

    state: State
    message: str = ""
    expected: str = ""
    found: str = ""
    places: tuple[FindingPlace, ...] = ()
    difference_fen: int | None = None
    reason: str = ""
    severity: str | None = None


HOLDS = Outcome(State.HOLDS)


def undecidable(reason: str) -> Outcome:
    """A place where the document does not say enough."""
    return Outcome(State.UNDECIDABLE, reason=reason)


@dataclass(frozen=True, slots=True)
class Rule:
    """One check.

    ``tolerance`` and ``source`` are for ``docs/checks.md``; ``across_years`` marks the rules
    that need last year's disclosure.  ``check`` yields one outcome a place; none means that
    the rule does not apply to the document, and ``premise`` is then the reason.
    """

    id: str
    name: str
    explanation: str
    source: str
    premise: str
    severity: str
    check: Callable[[Case], Iterable[Outcome]]
    tolerance: str = "按印出位数，每个加数及合计各容半个末位"
    across_years: bool = False
