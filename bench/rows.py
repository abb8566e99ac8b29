"""How quickly rows of many disclosures are found, sorted, paged and divided.

Fills an archive with generated disclosures (:mod:`bench.corpus`), or takes the one in
``--folder`` if it is there, and asks every query of each class once:
``python -m bench.rows --help``.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

import click

from archive.engine.memory import MemoryEngine
from archive.query import parse
from archive.search.facets import facets_by
from archive.search.rows import RowResult, find_rows
from archive.store import Store
from bench.corpus import corpus, vocabulary
from bench.measure import table

HEAD = (
    "query",
    "queries",
    "figures found",
    "find",
    "page 1",
    "page 500",
    "facets",
    "p95 find + page",
    "p95 facets",
)
PAGE = 50
DEEP = 499 * PAGE
RANGES = ("金额:100万..500万", "金额:1万..2万", "金额>1000万元", "金额:10元..1000元")


def classes() -> dict[str, list[str]]:
    """The queries of each class."""
    words = vocabulary()
    rare = [f"{place}{thing}" for place in words["projects"]["places"][:8]
            for thing in words["projects"]["things"][:4]]  # fmt: skip
    names = sorted(set(words["names"].values()))
    common = ["支出", "医疗", "保险", "工资", "费用", "管理", "合计", "公积金"]
    return {
        "rare word": rare,
        "name of an item": names,
        "common word": common,
        "two words": [f"{one} {other}" for one in common for other in ("单位", "行政")],
        "word and amounts": [f"{word} {range_}" for word in common for range_ in RANGES],
        "amounts alone": list(RANGES),
        "word, year and code": [f"{word} 年度:2022 科目:210" for word in common],
        "either of two, one left out": [f"(教育 OR {word}) -补助" for word in common],
    }


def measure(store: Store, query: str) -> tuple[int, list[float]]:
    """The figures found, and milliseconds: find, page 1, page 500 (or the last), facets."""
    found: list[RowResult] = []
    columns, tree = store.columns(), parse(query).query
    deep: Callable[[], object] = lambda: found[0].page(  # noqa: E731
        "relevance", PAGE, min(DEEP, max(found[0].total - PAGE, 0))
    )
    steps: list[Callable[[], object]] = [
        lambda: found.append(find_rows(store, MemoryEngine(), tree)),
        lambda: found[0].page("amount", PAGE),
        deep,
        lambda: facets_by(columns).of_rows(found[0]),
    ]
    times = []
    for step in steps:
        began = time.process_time()
        step()
        times.append(1000 * (time.process_time() - began))
    return found[0].total, times


@contextmanager
def filled(folder: Path | None, count: int) -> Iterator[Store]:
    """An archive of so many disclosures, in that folder or a temporary one."""
    with (
        tempfile.TemporaryDirectory() as temporary,
        Store.open(folder or Path(temporary)) as store,
    ):
        if not store.document_ids():
            store.db.execute("PRAGMA synchronous = OFF")
            for disclosure in corpus(count):
                store.put(disclosure, 1, 1)
        yield store


@click.command(help=__doc__)
@click.option("--count", default=1000, show_default=True, help="Disclosures.")
@click.option("--folder", type=click.Path(path_type=Path), help="An archive to fill or to use.")
def main(count: int, folder: Path | None) -> None:
    """Print a table; times are processor milliseconds, medians but for the last column."""
    with filled(folder, count) as store:
        began = time.process_time()
        columns = store.columns()
        loaded = time.process_time() - began
        measure(store, "支出")
        rows = [_row(store, name, queries) for name, queries in classes().items()]
        size = (
            f"{len(columns.documents)} disclosures, {columns.rows} rows, {columns.figures} figures"
        )
        click.echo(f"{size}; read in {loaded:.2f} s:\n\n{table(HEAD, rows)}")


def _row(store: Store, name: str, queries: list[str]) -> tuple[str, ...]:
    totals, times = zip(*(measure(store, query) for query in queries), strict=True)
    steps = list(zip(*times, strict=True))
    asked = [find + max(page, deep) for find, page, deep, _ in times]
    medians = (f"{median(step):.1f}" for step in steps)
    tails = (f"{_p95(asked):.0f}", f"{_p95(steps[-1]):.0f}")
    return name, str(len(queries)), f"{median(totals):.0f}", *medians, *tails


def _p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1]


if __name__ == "__main__":
    main()
