"""The sample facts as records, read from ``facts.toml``; amounts are integer fen."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

FACTS = Path(__file__).with_name("facts.toml")
WAN = 1_000_000


@dataclass(frozen=True, slots=True)
class SampleProject:
    """A project; ``goods``, ``support`` and ``capital`` add up to ``amount`` (fen)."""

    name: str
    code: str
    amount: int
    goods: int
    support: int
    capital: int
    basis: str
    spent: str
    people: str | None
    indicators: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class SampleDisclosure:
    """One disclosure to be made; ``basic`` and ``economic`` map codes to fen."""

    file: str
    agency: str
    year: int
    kind: str
    unit: str
    published: str
    duties: str
    staff: str
    change: int
    basic: dict[str, int]
    economic: dict[str, int]
    cars: int
    receptions: int
    projects: tuple[SampleProject, ...]
    names: dict[str, str]

    @property
    def basic_total(self) -> int:
        """Basic expenditure, fen."""
        return sum(self.basic.values())

    @property
    def project_total(self) -> int:
        """Project expenditure, fen."""
        return sum(project.amount for project in self.projects)

    @property
    def total(self) -> int:
        """All expenditure, fen."""
        return self.basic_total + self.project_total

    def of_projects(self, code: str) -> int:
        """Project expenditure under a functional code of any length, fen."""
        return sum(project.amount for project in self.projects if project.code.startswith(code))

    def of_basic(self, code: str) -> int:
        """Basic expenditure under a functional code of any length, fen."""
        return sum(fen for item, fen in self.basic.items() if item.startswith(code))

    def of_economic(self, code: str) -> int:
        """Basic expenditure under an economic code of any length, fen."""
        return sum(fen for item, fen in self.economic.items() if item.startswith(code))

    def functional_codes(self) -> list[str]:
        """Every 类, 款 and 项 with money in it, in printed order."""
        items = {*self.basic, *(project.code for project in self.projects)}
        return sorted({item[:length] for item in items for length in (3, 5, 7)})

    def economic_codes(self) -> list[str]:
        """Every economic 类 and 款 with money in it, in printed order."""
        return sorted({item[:length] for item in self.economic for length in (3, 5)})


def load_facts(path: Path = FACTS) -> list[SampleDisclosure]:
    """All sample disclosures, in the order of the facts file."""
    facts = tomllib.loads(path.read_text(encoding="utf-8"))
    return [_disclosure(entry, facts["names"]) for entry in facts["disclosure"]]


def _fen(printed: str) -> int:
    return int(Decimal(printed) * WAN)


def _disclosure(entry: dict, names: dict[str, str]) -> SampleDisclosure:
    return SampleDisclosure(
        file=entry["file"],
        agency=entry["agency"],
        year=entry["year"],
        kind=entry["kind"],
        unit=entry["unit"],
        published=entry["published"],
        duties=entry["duties"],
        staff=entry["staff"],
        change=_fen(entry["change"]),
        basic={code: _fen(amount) for code, amount in entry["basic"].items()},
        economic={code: _fen(amount) for code, amount in entry["economic"].items()},
        cars=_fen(entry["cars"]),
        receptions=_fen(entry["receptions"]),
        projects=tuple(_project(project) for project in entry["project"]),
        names=names,
    )


def _project(entry: dict) -> SampleProject:
    return SampleProject(
        name=entry["name"],
        code=entry["code"],
        amount=_fen(entry["amount"]),
        goods=_fen(entry.get("goods", "0")),
        support=_fen(entry.get("support", "0")),
        capital=_fen(entry.get("capital", "0")),
        basis=entry["basis"],
        spent=entry["spent"],
        people=entry.get("people"),
        indicators=tuple(tuple(indicator) for indicator in entry["indicators"]),
    )
