"""How long the checks take: a disclosure of each file, and all rules again over an archive.

``python -m bench.checks [--disclosures N] [--workers N] [ORIGINAL]...``: the originals named,
the samples and generated disclosures (:mod:`bench.corpus`) one by one, then an archive of
generated disclosures as ``app.py check`` does it, reading and writing the store included.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import click
from tqdm import tqdm

from archive.model import Disclosure
from archive.store import Store
from bench.corpus import corpus
from bench.measure import table
from indexer.checking import check_all
from indexer.checks import checked
from indexer.extract import extract

SAMPLES = Path(__file__).parents[1] / "samples" / "files"
REPEATS = 5
GENERATED = 20
HEAD = ("disclosure", "places tried", "ms")


def rows(disclosures: Iterable[tuple[str, Disclosure]]) -> Iterator[tuple[str, str, str]]:
    """Processor time of all rules on each, the median of some runs."""
    for name, disclosure in disclosures:
        runs = []
        for _ in range(REPEATS):
            began = time.process_time()
            found = checked(disclosure)
            runs.append((time.process_time() - began) * 1000)
        tried = sum(count.tried for count in found.checks)
        yield name, f"{tried:,}", f"{median(runs):.1f}"


@dataclass(frozen=True, slots=True)
class Again:
    """All rules over an archive: how many disclosures, the seconds by the clock and of the
    processor (workers too), and findings each."""

    count: int
    clock: float
    processor: float
    findings: float


def again(folder: Path, count: int, workers: int) -> Again:
    """All rules over the archive in ``folder``, filled where it is empty."""
    with Store.open(folder) as store:
        if not store.documents():
            for disclosure in tqdm(corpus(count), total=count, desc="fill", disable=_quiet()):
                store.put(disclosure, 0, 1)
        ids = [document.id for document in store.documents()]
        with tqdm(total=len(ids), desc="check", disable=_quiet()) as bar:
            began, spent = time.perf_counter(), _processor()
            found = 0
            for each in check_all(store, folder, ids, workers=workers):
                found += len(each.findings)
                bar.update()
            clock, processor = time.perf_counter() - began, _processor() - spent
            return Again(len(ids), clock, processor, found / len(ids))


def _processor() -> float:
    """Processor seconds of this process and of the workers that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def _quiet() -> bool:
    return not sys.stderr.isatty()


def _each(originals: Sequence[Path]) -> Iterator[tuple[str, Disclosure]]:
    for path in (*originals, *sorted(SAMPLES.iterdir())):
        yield path.name, extract(path.read_bytes(), path.name)
    for number, disclosure in enumerate(corpus(GENERATED)):
        if number % 4 == 0:
            yield f"generated, number {number}", disclosure


@click.command()
@click.argument("originals", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--disclosures", default=1_000, help="How many generated ones to check again.")
@click.option("--folder", type=click.Path(path_type=Path), help="Keep, or take, the archive there.")
@click.option("--workers", default=len(os.sched_getaffinity(0)), help="Worker processes.")
def main(originals: tuple[Path, ...], disclosures: int, folder: Path | None, workers: int) -> None:
    """Print the tables."""
    click.echo(table(HEAD, list(rows(_each(originals)))))
    with tempfile.TemporaryDirectory() as home:
        done = again(folder or Path(home), disclosures, workers)
    click.echo(
        f"\n{done.count:,} disclosures again by {workers} workers: {done.clock:.1f} s by the "
        f"clock, {done.processor * 1000 / done.count:.1f} ms of processor each, "
        f"{done.findings:.1f} findings each."
    )


if __name__ == "__main__":
    main()
