"""How soon suggestions and near misses come, with the names of 10,000 disclosures.

``python -m bench.suggest --names 70000``
"""

from __future__ import annotations

import argparse
import csv
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from app import create_app
from archive.archive import Archive
from archive.store.connection import writing
from archive.store.suggestions import Name, NameKind, add_names
from archive.suggest.offered import did_you_mean, suggest
from archive.suggest.sounds import initials, syllables
from bench.corpus import vocabulary
from bench.measure import peak, table

SEED = 20261123
_SHARES: tuple[tuple[NameKind, float], ...] = (
    ("label", 0.35), ("project", 0.45), ("item", 0.08), ("doc_no", 0.08), ("agency", 0.04),
)  # fmt: skip


def names(count: int) -> Iterator[tuple[Name, int]]:
    """So many different names, the first used most, as words of a language are."""
    chance = random.Random(SEED)
    kinds, shares = zip(*_SHARES, strict=True)
    seen: set[Name] = set()
    while len(seen) < count:
        name = _MAKERS[chance.choices(kinds, shares)[0]](chance)
        if name not in seen:
            seen.add(name)
            yield name, max(1, 10_000 // len(seen))


def _project(chance: random.Random) -> Name:
    words = vocabulary()["projects"]
    subject = chance.choice([subject for _, subject in vocabulary()["bodies"].values()])
    place = "".join(chance.sample(words["places"], 2)) + chance.choice(words["place_ends"])
    start, thing, end = (chance.choice(words[key]) for key in ("starts", "things", "ends"))
    return Name("project", f"{start}{chance.choice(['', place])}{subject}{thing}{end}")


def _label(chance: random.Random) -> Name:
    return Name("label", _project(chance).text + chance.choice(["支出", "（续建）", "小计"]))


def _item(chance: random.Random) -> Name:
    code, name = chance.choice(sorted(vocabulary()["names"].items()))
    return Name("item", name, code[:3] + f"{chance.randint(1, 99):02}{chance.randint(1, 99):02}")


def _number(chance: random.Random) -> Name:
    issuer = chance.choice(_places())[:1] + chance.choice(["财社", "政办发", "医保发", "财预"])
    return Name("doc_no", f"{issuer}〔{chance.randint(2012, 2026)}〕{chance.randint(1, 400)}号")


def _agency(chance: random.Random) -> Name:
    return Name("agency", chance.choice(_places()) + chance.choice(sorted(vocabulary()["bodies"])))


@cache
def _places() -> list[str]:
    text = files("archive").joinpath("data", "regions.csv").read_text(encoding="utf-8")
    return [row["name"] for row in csv.DictReader(text.splitlines())]


_MAKERS: dict[NameKind, Callable[[random.Random], Name]] = {
    "project": _project, "label": _label, "item": _item, "doc_no": _number, "agency": _agency,
}  # fmt: skip


def typed(held: Sequence[Name], count: int) -> dict[str, list[str]]:
    """What people type on the way to some of the names, by class."""
    chance = random.Random(SEED + 1)
    chosen = [chance.choice(held).text for _ in range(count)]
    letters = [initials(syllables(text)) for text in chosen]
    return {
        "one character": [text[:1] for text in chosen],
        "two characters": [text[:2] for text in chosen],
        "a word inside": [text[4:7] for text in chosen],
        "nearly whole": [text[:-1] for text in chosen],
        "one initial": [text[:1] for text in letters],
        "four initials": [text[:4] for text in letters],
        "after a field": [f"离休 项目:{text[:2]}" for text in chosen],
    }


def timed(run: Callable[[str], object], texts: Sequence[str]) -> tuple[float, float, float]:
    """Median, 95th percentile and longest of the times, in ms."""
    times = []
    for text in texts:
        start = time.perf_counter()
        run(text)
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.95)], times[-1]


def main() -> None:
    """Fill a fresh archive with names and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=70_000)
    parser.add_argument("--queries", type=int, default=200)
    options = parser.parse_args()
    counted = list(names(options.names))
    held = [name for name, _ in counted]
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder)) as archive:
        start = time.process_time()
        with writing(archive.store.db):
            add_names(archive.store.db, counted)
        built = time.process_time() - start
        archive.store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = (Path(folder) / "archive.sqlite3").stat().st_size / 1e6
        print(f"{options.names} names: built in {built:.0f} s of processor time, {size:.0f} MB\n")
        client = create_app(archive).test_client()
        rows = []
        for kind, texts in typed(held, options.queries).items():
            inside = timed(lambda text: suggest(archive.store, text), texts)
            over = timed(lambda text: client.get("/suggest.json", query_string={"q": text}), texts)
            rows.append([kind, *(f"{value:.1f}" for value in (*inside, *over))])
        wrong = [text[:3] + text[4:8] for text in (name.text for name in held[-options.queries :])]
        rows.append(["did you mean", *_row(timed(lambda t: did_you_mean(archive.store, t), wrong))])
        print(table(["typed", "p50", "p95", "max", "HTTP p50", "p95", "max"], rows))
        print(f"\npeak memory {peak():.0f} MB")


def _row(values: Sequence[float]) -> list[str]:
    return [*(f"{value:.1f}" for value in values), "", "", ""]


if __name__ == "__main__":
    main()
