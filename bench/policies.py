"""Look-ups of policy documents in a large generated archive: ``python -m bench.policies``.

Disclosures are made as records and put into a store; each has projects that cite document
numbers, a few of which are cited very often, as in life.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from itertools import accumulate
from pathlib import Path

import click

from archive import agencies
from archive.citations import Number
from archive.model import Cell, Citation, Column, Disclosure, Document, Project, Row, Table, Target
from archive.policies.check import check
from archive.policies.near import near
from archive.policies.page import policy_page
from archive.policies.records import Wanted
from archive.store import Store
from archive.store.connection import writing as transaction
from archive.store.parts import write_parts
from archive.store.policies import Policies
from archive.store.reliances import fill
from bench.measure import table

POLICIES = 60_000
PROJECTS = 20
ISSUERS = ("国办发", "财社", "新医保发", "新医保", "新财社", "昌州政办发", "巴财社", "沪府规")
AGENCIES = ("医疗保障局", "财政局", "教育局", "民政局", "卫生健康委员会")
WORDS = ("医疗", "保障", "基金", "监管", "救助", "养老", "教育", "就业", "长期护理", "信息化")
REPEAT = 5
NUMERALS = str.maketrans("0123456789", "〇一二三四五六七八九")
"""Three figures and more in an agency's name are read as a code and left out of it."""


def numbers(chance: random.Random) -> list[tuple[Number, str]]:
    """Distinct numbers, each with a title."""
    found = []
    for index in range(POLICIES):
        block, place = divmod(index, 400)
        year, issuer = divmod(block, len(ISSUERS))
        number = Number(ISSUERS[issuer], 2005 + year % 20, place + 1 + 400 * (year // 20))
        topic = "".join(chance.choices(WORDS, k=3))
        found.append((number, f"关于{number.year}年{topic}工作（{index}）的通知"))
    chance.shuffle(found)
    return found


def disclosures(count: int, each: int) -> Iterator[Disclosure]:
    """Disclosures with ``PROJECTS`` projects that share ``each`` citations."""
    chance = random.Random(7)
    known = numbers(chance)
    weights = list(accumulate(1 / (rank + 3) for rank in range(POLICIES)))
    for index in range(count):
        cited = chance.choices(known, cum_weights=weights, k=each)
        yield disclosure(index, cited, chance)


def disclosure(index: int, cited: list[tuple[Number, str]], chance: random.Random) -> Disclosure:
    """One department budget whose projects rely on these numbers in turn."""
    city = f"第{str(index // 5 + 1).translate(NUMERALS)}市"
    agency = f"{city}{AGENCIES[index % len(AGENCIES)]}"
    sha256 = f"{index + 1:064x}"
    document = Document(
        sha256[-12:], f"{agency}部门预算公开", agency, f"某省/{city}",
        2018 + index % 8, "部门预算", "2024-02-01", sha256, "text/plain", f"{index}.txt",
    )  # fmt: skip
    projects, rows, citations = [], [], []
    for order in range(PROJECTS):
        mine = cited[order::PROJECTS]
        name = f"{WORDS[order % len(WORDS)]}补助项目{order}"
        fen = chance.randrange(1, 10**5) * 10**5
        projects.append(
            Project(name, name, fen, None, agency, None, None, None,
                    tuple(number.normal for number, _ in mine))
        )  # fmt: skip
        rows.append(Row(name, order, "2101506", "医疗", (Cell(1, "1", fen),), project=name))
        target = Target("project", name)
        citations += [Citation(n.normal, n.normal, title, target) for n, title in mine]
    columns = (Column(("项目名称",), "project"), Column(("合计",)))
    held = Table("表7", 7, "一般公共预算项目支出情况表", None, "万元", columns, tuple(rows))
    return Disclosure(document, (), (held,), tuple(projects), (), tuple(citations))


def timed(asked: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of processor time of one call: the median and the slowest of some."""
    taken = []
    for _ in range(REPEAT):
        start = time.thread_time()
        asked()
        taken.append((time.thread_time() - start) * 1000)
    taken.sort()
    return taken[len(taken) // 2], taken[-1]


def measure(store: Store) -> str:
    """A table of what each question costs."""
    policies = Policies(store.db)
    most = policies.register(Wanted(), "reliances", 1, 0).policies[0]
    total = policies.register(Wanted(), "reliances", 1, 0).total
    middle = policies.register(Wanted(), "reliances", 1, total // 2).policies[0]
    absent = Number("新医保发", 2031, 48)
    text = "".join(
        f"根据{p.normal}和新医保发〔2031〕{n}号。"
        for n, p in enumerate(policies.register(Wanted(), "money", 500, 0).policies, 1)
    )
    questions: dict[str, Callable[[], object]] = {
        "number → title and counts": lambda: policies.policy(middle.normal),
        "near numbers": lambda: near(store, absent),
        f"page, median policy ({middle.reliances} reliances)":
            lambda: policy_page(store, middle.normal),
        f"page, most cited ({most.reliances:,} reliances)":
            lambda: policy_page(store, most.normal),
        "register, first page": lambda: policies.register(Wanted(), "reliances", 50, 0),
        "register by money, page 100": lambda: policies.register(Wanted(), "money", 50, 4950),
        "register, level and year": lambda: policies.register(
            Wanted(level="省", year=2021), "reliances", 50, 0),
        "register, text": lambda: policies.register(
            Wanted(text="长期护理 基金"), "reliances", 50, 0),
        "/cite, 1,000 numbers": lambda: check(store, text),
    }  # fmt: skip
    rows = []
    for name, asked in questions.items():
        median, slowest = timed(asked)
        rows.append((name, f"{median:.2f}", f"{slowest:.2f}"))
    return table(("question", "median, ms", "slowest of 5, ms"), rows)


@click.command()
@click.option("--disclosures", "count", default=10_000, show_default=True)
@click.option("--citations", "each", default=100, show_default=True, help="Per disclosure.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    help="Keep the archive here; one that is there is asked.",
)
def main(count: int, each: int, folder: Path | None) -> None:
    """Fill a store and ask it."""
    with tempfile.TemporaryDirectory() as scratch, Store.open(folder or Path(scratch)) as store:
        if not store.document_ids():
            generate(store, count, each)
        (citations,) = store.db.execute("SELECT count(*) FROM citations").fetchone()
        (known,) = store.db.execute("SELECT count(*) FROM policies").fetchone()
        print(f"{citations:,} citations of {known:,} numbers\n")
        print(measure(store))


def generate(store: Store, count: int, each: int) -> None:
    """Fill the store, and tell how long it took."""
    start = time.perf_counter()
    with transaction(store.db):
        for sequence, made in enumerate(disclosures(count, each)):
            write(store, made, sequence)
    written = time.perf_counter()
    with transaction(store.db):
        fill(store.db)
    filled = time.perf_counter()
    print(f"{count:,} disclosures written in {written - start:.0f} s, ", end="")
    print(f"reliances derived in {filled - written:.0f} s")


def write(store: Store, made: Disclosure, sequence: int) -> None:
    """The records alone, without what search and suggestions keep of them."""
    document = made.document
    row = asdict(document) | {
        "sequence": sequence,
        "agency_key": agencies.key(document.agency or ""),
        "size": 1,
        "extractor": 1,
        "tables": len(made.tables),
        "rows": PROJECTS,
        "projects": PROJECTS,
    }
    store.db.table("documents").insert(row)
    write_parts(store.db, made)


if __name__ == "__main__":
    main()
