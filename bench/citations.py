"""The finder of document numbers beside a naive regular expression: ``python -m bench.citations``.

Precision and recall on the labelled set of the tests; speed on disclosures and on texts
made to be slow, in processor time; and the look-up of a number among many citations.
"""

from __future__ import annotations

import csv
import re
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from statistics import median, quantiles

import click

from archive.citations import Mention, find
from archive.store import Store
from bench.documents import FORMATS, long
from bench.measure import ROOT, table

LABELLED = ROOT / "tests" / "archive" / "citations_cases.csv"
REAL = ROOT.parent / "shared" / "disclosures" / "text"
NAIVE = re.compile(r"([一-鿿]{1,12})[〔（(\[［【](\d{4})[〕）)\]］】]第?0*(\d+)号")
ADVERSARIAL = (
    "《", "〔", "发", "1234567890", "号", "1号", "《》", "〔2023〕", "2023 ", "法（研）发",
    "关于通知（", "（（2023（号", "预算公开表中2023年1,234.56万元，",
)  # fmt: skip
DENSE = ("《通知》", "令第1号", "新医保发〔2023〕48号、", "《工作办法》（新医保发〔2023〕48号）")
ISSUERS = ("国办发", "财社", "新医保发", "新医保", "新财社", "昌州政办发", "巴财社", "沪府规")
NUMBERS = 60_000
_MEGABYTE = 1_000_000


def naive(text: str) -> list[str]:
    """The normal forms that the naive expression gives."""
    return [f"{issuer}〔{year}〕{number}号" for issuer, year, number in NAIVE.findall(text)]


def ours(text: str) -> list[str]:
    """The normal forms of the finder; doubtful numbers and titles have none."""
    return [mention.normal for mention in find(text) if mention.normal]


@click.command(help=__doc__)
@click.option("--megabytes", default=10.0, show_default=True, help="Length of each text.")
@click.option("--citations", default=1_000_000, show_default=True, help="Rows to look up in.")
@click.option("--real", default=REAL, type=click.Path(path_type=Path), help="Folder of texts.")
def main(megabytes: float, citations: int, real: Path) -> None:
    """Print three tables."""
    click.echo("On the labelled set:\n")
    click.echo(table(("finder", "precision", "recall"), [scored(ours), scored(naive)]))
    click.echo(f"\nMB a second, each text {megabytes:g} MB of UTF-8:\n")
    rows = [speeds(name, text) for name, text in texts(int(megabytes * _MEGABYTE), real)]
    click.echo(table(("text", "finder", "naive", "found"), rows))
    click.echo(f"\nLook-up among {citations:,} citations, of 200 by the clock:\n")
    with tempfile.TemporaryDirectory() as folder:
        filled(Path(folder), citations)
        click.echo(table(("look-up", "median, ms", "95th percentile, ms"), looked_up(Path(folder))))


def scored(finder: Callable[[str], list[str]]) -> tuple[str, str, str]:
    """Precision and recall over the normal forms of the labelled set."""
    right = found = expected = 0
    with LABELLED.open(encoding="utf-8", newline="") as file:
        for case in csv.DictReader(file):
            wanted = Counter(one for one in case["numbers"].split() if one not in {"?", "-"})
            got = Counter(finder(case["text"]))
            right += (wanted & got).total()
            found += got.total()
            expected += wanted.total()
    name = "naive expression" if finder is naive else "this finder"
    return name, f"{right / found:.4f}", f"{right / expected:.4f}"


def texts(size: int, real: Path) -> Iterator[tuple[str, str]]:
    """Named texts of about so many bytes."""
    read = "".join(path.read_text(encoding="utf-8-sig") for path in sorted(real.glob("*.txt")))
    generated = FORMATS["txt"](long(30)).decode()
    yield "generated disclosures", repeated(generated, size)
    if read:
        yield "real disclosures", repeated(read, size)
        yield "real, without line breaks", repeated(read.replace("\n", ""), size)
    for unit in ADVERSARIAL:
        yield f"`{unit}` repeated", repeated(unit, size)
    for unit in DENSE:
        yield f"`{unit}` repeated: nothing else", repeated(unit, size)


def repeated(unit: str, size: int) -> str:
    """The unit as often as gives so many bytes."""
    return unit * (size // len(unit.encode()) + 1)


def speeds(name: str, text: str) -> tuple[str, str, str, str]:
    """Both finders on one text."""
    size = len(text.encode()) / _MEGABYTE
    mentions: list[Mention] = []
    took = seconds(lambda: mentions.extend(find(text)))
    beside = seconds(lambda: NAIVE.findall(text))
    return name, f"{size / took:.1f}", f"{size / beside:.1f}", f"{len(mentions):,}"


def seconds(work: Callable[[], object]) -> float:
    """Processor time."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def filled(folder: Path, count: int) -> None:
    """An archive whose store holds so many citations, a few numbers very often, as in life."""
    Store.open(folder).close()
    chance = Random(7)
    db = sqlite3.connect(folder / "archive.sqlite3")
    cited = (number_of(int(min(chance.paretovariate(0.3), NUMBERS))) for _ in range(count))
    rows = (
        (f"{index // 40:012}", index % 40, normal, normal, *parts, "section", "一")
        for index, (normal, *parts) in enumerate(cited)
    )
    with db:
        db.executemany(
            "INSERT INTO citations (document_id, ordinal, printed, normal, issuer, year, number,"
            " target_kind, target_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
    db.close()


def number_of(index: int) -> tuple[str, str, int, int]:
    """The normal form, code word, year and number of the document with this index."""
    index %= NUMBERS
    issuer, year, number = ISSUERS[index % 8], 2005 + index // 8 % 20, index // 160 + 1
    return f"{issuer}〔{year}〕{number}号", issuer, year, number


def looked_up(folder: Path) -> list[tuple[str, str, str]]:
    """Look-ups of any number; near numbers are measured by ``bench.policies``."""
    db = sqlite3.connect(folder / "archive.sqlite3")
    exact = "SELECT document_id, target_kind, target_id FROM citations WHERE normal = ? LIMIT 50"
    chance = Random(8)
    asked = [number_of(chance.randrange(NUMBERS)) for _ in range(200)]
    db.execute("SELECT 1 FROM citations LIMIT 1").fetchall()
    values = [(normal,) for normal, *_ in asked]
    found = [_timed(db, "a number, its first 50 citations", exact, values)]
    db.close()
    return found


def _timed(
    db: sqlite3.Connection, name: str, sql: str, asked: Sequence[tuple[str | int, ...]]
) -> tuple[str, str, str]:
    """Time by the clock: a look-up also waits for the disk."""
    times = []
    for values in asked:
        begun = time.perf_counter()
        db.execute(sql, values).fetchall()
        times.append(1000 * (time.perf_counter() - begun))
    return name, f"{median(times):.2f}", f"{quantiles(times, n=20)[-1]:.2f}"


if __name__ == "__main__":
    main()
