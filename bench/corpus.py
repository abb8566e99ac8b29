"""Disclosures of any number to search in, as the real ones are: the same every time.

Each of some agencies publishes one a year.  Wording, tables and figures come from
:mod:`samples`, the names of regions from the archive's data and the rest from
``vocabulary.toml``; records are made directly, without files.
"""

from __future__ import annotations

import csv
import hashlib
import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from archive.model import Disclosure, Document
from bench.records import records_of
from samples.compose import Composer
from samples.facts import SampleDisclosure, SampleProject, load_facts
from samples.parts import Heading, Paragraph, Part

SEED = 20261123
WAN = 1_000_000
FEN_STEP = 10_000  # two decimals of 万元, as the tables print
POLICIES = 4_000

_VOCABULARY = Path(__file__).with_name("vocabulary.toml")
_BASIC = ("2080505", "2080506", "2101101", "2101102", "2101103", "2210201", "2210203")


@dataclass(frozen=True, slots=True)
class Agency:
    """Who publishes: ``functions`` are the codes of its own work."""

    name: str
    region: str
    subject: str
    functions: tuple[str, ...]
    projects: tuple[str, ...]


def corpus(count: int, seed: int = SEED) -> Iterator[Disclosure]:
    """So many disclosures; those of a smaller corpus are the first of a larger one."""
    years = vocabulary()["years"]
    number = 0
    for agency in _agencies(-(-count // len(years)), seed):
        for year in years:
            if number < count:
                yield disclosure_of(_facts(agency, year, random.Random(f"{seed}-{number}")), agency)
            number += 1


@cache
def vocabulary() -> dict[str, Any]:
    """The tables of ``vocabulary.toml``, with the names of all codes."""
    found = tomllib.loads(_VOCABULARY.read_text(encoding="utf-8"))
    found["names"] = load_facts()[0].names | found["names"]
    return found


def disclosure_of(facts: SampleDisclosure, agency: Agency) -> Disclosure:
    """The records of one disclosure."""
    composer = _Longer(facts, agency)
    title = f"{facts.agency}{facts.year}年{facts.kind}公开"
    sha256 = hashlib.sha256(title.encode()).hexdigest()
    document = Document(
        id=sha256[:12],
        title=title,
        agency=facts.agency,
        region=agency.region,
        fiscal_year=facts.year,
        kind="部门预算",
        published_on=f"{facts.year}-02-20",
        sha256=sha256,
        media_type="application/pdf",
        source_name=facts.file,
    )
    return records_of(document, composer.parts(), facts.unit)


def _agencies(count: int, seed: int) -> Iterator[Agency]:
    """So many agencies, drawn from every pair of a county and a body."""
    words = vocabulary()
    places = _counties()
    pairs = [(place, body) for place in places for body in words["bodies"]]
    random.Random(seed).shuffle(pairs)
    if count > len(pairs):
        raise ValueError(f"no more than {len(pairs) * len(words['years'])} disclosures")
    for (name, region), body in pairs[:count]:
        chosen = random.Random(f"{seed}-{name}{body}")
        class_, subject = words["bodies"][body]
        functions = [code for code in words["names"] if len(code) == 7 and code.startswith(class_)]
        functions = [code for code in functions if code not in _BASIC]
        yield Agency(
            name=name + body,
            region=region,
            subject=subject,
            functions=tuple(chosen.sample(functions, min(4, len(functions)))),
            projects=tuple(_project_names(chosen, subject)),
        )


@cache
def _counties() -> list[tuple[str, str]]:
    """Each county with what stands before it in an agency's name, and its path."""
    with files("archive").joinpath("data", "regions.csv").open(encoding="utf-8") as file:
        rows = {row["code"]: row for row in csv.DictReader(file)}
    found = []
    for row in rows.values():
        if row["code"].endswith("00"):
            continue
        above = rows.get(row["parent"], row)
        found.append((above["name"] + row["name"], _path(rows, row)))
    return found


def _path(rows: dict[str, dict[str, str]], row: dict[str, str]) -> str:
    names = [row["name"]]
    while row["parent"]:
        row = rows[row["parent"]]
        names.append(row["name"])
    return "/".join(reversed(names))


def _project_names(chosen: random.Random, subject: str) -> Iterator[str]:
    """Names an agency repeats over the years: some known to all, most its own."""
    words = vocabulary()["projects"]
    for _ in range(9):
        if chosen.random() < 0.2:
            yield chosen.choice(words["whole"])
            continue
        place = ""
        if chosen.random() < 0.6:
            place = "".join(chosen.sample(words["places"], 2)) + chosen.choice(words["place_ends"])
        start, thing, end = (chosen.choice(words[key]) for key in ("starts", "things", "ends"))
        yield f"{start}{place}{subject}{thing}{end}"


def _facts(agency: Agency, year: int, chosen: random.Random) -> SampleDisclosure:
    words = vocabulary()
    size = chosen.lognormvariate(0, 1)  # agencies differ by a factor of ten and more
    names = list(dict.fromkeys(agency.projects))
    projects = [
        _project(agency, name, year, size, chosen)
        for name in sorted(chosen.sample(names, min(len(names), chosen.randint(3, 5))))
    ]
    own = agency.functions
    economic = [c for c in words["names"] if len(c) == 5 and c.startswith(("301", "302", "303"))]
    return SampleDisclosure(
        file=f"{agency.name}{year}年部门预算.pdf",
        agency=agency.name,
        year=year,
        kind="部门预算",
        unit="万元",
        published=f"{year}年2月20日",
        duties="",
        staff="",
        change=_amount(chosen, 20 * size),
        basic={c: _amount(chosen, 30 * size) for c in (*_BASIC, *own)},
        economic={c: _amount(chosen, 12 * size) for c in sorted(chosen.sample(economic, 34))},
        cars=_amount(chosen, 4),
        receptions=0,
        projects=tuple(projects),
        names=words["names"],
    )


def _project(
    agency: Agency, name: str, year: int, size: float, chosen: random.Random
) -> SampleProject:
    words = vocabulary()
    amount = _round(chosen) if chosen.random() < 0.4 else _amount(chosen, 80 * size)
    things = [thing for thing in words["projects"]["things"] if thing in name] or [name[:8]]
    filled = {
        "subject": agency.subject,
        "thing": things[0],
        "year": year,
        "amount": amount // WAN,
    }
    indicators = tuple(
        tuple(
            text.format(count=chosen.randint(2, 90), percent=chosen.randint(80, 100), **filled)
            for text in row
        )
        for row in words["indicators"]["rows"]
    )
    part = _amount(chosen, 5)
    return SampleProject(
        name=name,
        code=chosen.choice(agency.functions),
        amount=amount,
        goods=amount,
        support=0,
        capital=0,
        basis=_policy(chosen, agency.subject),
        spent=f"{things[0]}费{_wan(part)}，委托业务费{_wan(amount)}以内，据实列支。",
        people=f"{chosen.randint(3, 400)}人" if chosen.random() < 0.3 else None,
        indicators=indicators,
    )


def _policy(chosen: random.Random, subject: str) -> str:
    """A policy, few of them cited often: the rank is drawn from a Zipf-like curve."""
    rank = int(POLICIES ** chosen.random())
    fixed = random.Random(rank)
    places = _counties()
    place = "" if rank < 40 else fixed.choice(places)[0][:1]
    issuer = place + fixed.choice(["财社", "政办发", "医保发", "财预", "党办发", "人社发", "府规"])
    number = f"{issuer}〔{fixed.randint(2005, 2023)}〕{fixed.randint(1, 240)}号"
    return f"《关于进一步加强{subject}工作的通知》（{number}）"


def _amount(chosen: random.Random, middle: float) -> int:
    """Integer fen around so many 万元, spread as agencies' figures are."""
    return max(1, int(middle * chosen.lognormvariate(0, 0.8) * 100)) * FEN_STEP


def _round(chosen: random.Random) -> int:
    return chosen.choice([3, 5, 8, 10, 15, 20, 30, 50, 60, 80, 100, 120, 200, 300, 500]) * WAN


def _wan(fen: int) -> str:
    return f"{fen / WAN:.2f}万元"


class _Longer(Composer):
    """The samples' composition with the running text of real length."""

    def __init__(self, facts: SampleDisclosure, agency: Agency) -> None:
        super().__init__(facts)
        self._agency = agency
        self._chosen = random.Random(f"{facts.agency}{facts.year}")

    def cover(self) -> list[Part]:
        """The title alone: these are nobody's samples."""
        return [Heading(0, f"{self.facts.agency}{self.year}{self.facts.kind}公开")]

    def tables(self) -> list[Part]:
        """Part two, with the further tables that some provinces ask for."""
        return [
            *super().tables(),
            self.by_function("财政拨款支出情况表", 10),
            self.income("财政拨款收入情况表", 11),
            self.by_economy("财政拨款基本支出情况表", 12),
        ]

    def overview(self) -> list[Part]:
        """Part one, with duties and staff in several paragraphs."""
        prose = vocabulary()["prose"]
        return [
            Heading(1, f"第一部分 {self.facts.agency}单位概况"),
            Heading(2, "一、主要职能"),
            *self._said(prose["duties"]),
            Heading(2, "二、机构设置及人员情况"),
            *self._said(prose["staff"]),
        ]

    def explanation(self) -> list[Part]:
        """Part three, with a paragraph for each functional item."""
        prose, facts = vocabulary()["prose"], self.facts
        who = f"{facts.agency}{self.year}"
        parts = super().explanation()
        more: list[Part] = []
        for numeral, what in (("五", "一般公共预算当年拨款"), ("六", "财政拨款支出")):
            more += [
                Heading(2, f"{numeral}、关于{who}{what}情况说明"),
                *self._said(prose["overall"]),
            ]
            paid = "、".join(f"{facts.names[c]}{_wan(m)}" for c, m in facts.economic.items())
            more += self._said(prose["basic"], paid=paid, basic=_wan(facts.basic_total))
            for code in facts.functional_codes():
                amount = facts.of_basic(code) + facts.of_projects(code)
                text = self._chosen.choice(prose["item"])
                more += self._said([text], name=facts.names[code], code=code, amount=_wan(amount))
        more += [Heading(2, "绩效管理工作开展情况"), *self._said(prose["performance"])]
        more.append(Heading(2, "七、其他重要事项的情况说明"))
        return [*parts, *more, *self._said(prose["closing"])]

    def closing(self) -> list[Part]:
        """Part four: the glossary, and the signature."""
        prose, facts = vocabulary()["prose"], self.facts
        said = self._said(prose["glossary"])
        for code in facts.functional_codes():
            said += self._said([self._chosen.choice(prose["meaning"])], name=facts.names[code])
        signed: Sequence[Part] = (Paragraph(facts.agency), Paragraph(facts.published))
        return [Heading(1, "第四部分 名词解释"), *said, *signed]

    def _said(self, texts: Sequence[str], **more: object) -> list[Part]:
        return [Paragraph(text.format(**self._filled(), **more)) for text in texts]

    def _filled(self) -> dict[str, object]:
        facts, chosen = self.facts, self._chosen
        classes = [c for c in facts.functional_codes() if len(c) == 3]
        working, retired = chosen.randint(5, 90), chosen.randint(0, 30)
        money = {
            key: _wan(_amount(chosen, middle))
            for key, middle in (
                ("change", 10), ("running", 40), ("purchase", 60), ("goods", 20), ("services", 30),
            )
        }  # fmt: skip
        cause = chosen.choice(vocabulary()["prose"]["causes"])
        return money | {
            "agency": facts.agency,
            "who": f"{facts.agency}{self.year}",
            "year": facts.year,
            "subject": self._agency.subject,
            "count": chosen.randint(2, 12),
            "people": working + chosen.randint(0, 5),
            "held": working + retired,
            "working": working,
            "retired": retired,
            "total": _wan(facts.total),
            "classes": "、".join(facts.names[c] for c in classes),
            "percent": chosen.randint(75, 99),
            "growth": f"{chosen.uniform(0.1, 60):.2f}",
            "cause": cause.format(subject=self._agency.subject),
            "cars": _wan(facts.cars),
            "cars_count": chosen.randint(0, 6),
            "area": f"{chosen.uniform(200, 9000):.2f}",
        }
