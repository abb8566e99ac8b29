"""How long the server works for each kind of page, over generated disclosures.

Told are milliseconds of processor time of the server, which do not depend on what else the
machine does, and milliseconds by the clock through waitress.
"""

from __future__ import annotations

import gc
import http.client
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median, quantiles

import click

from archive.model import Disclosure
from archive.store import Store
from bench.kinds_of_page import (
    Example,
    chosen,
    compared,
    files,
    files_of,
    general,
    of_disclosure,
)
from bench.measure import ask, table
from bench.search import kept
from bench.search_run import fetch, serving

NANOSECONDS_A_MILLISECOND = 1_000_000
WARMING = 16
"""Requests before those that are measured: each thread of the server opens its connections."""
HEAD = ("page", "processor p50", "p95", "clock p50", "p95", "KB plain")


@click.command(help=__doc__)
@click.option("--disclosures", default=1000, show_default=True, help="How many to generate.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where to build and keep them.")
@click.option("--repeat", default=40, show_default=True, help="Of how many disclosures to ask.")
def main(disclosures: int, folder: Path | None, repeat: int) -> None:
    """Print the table."""
    with kept(folder) as place:
        archive = place / "archive"
        if not archive.exists():
            ask("bench.search_run", "build", str(archive), str(disclosures))
        asked = _asked(archive, repeat)
        click.echo(f"{disclosures} disclosures, {repeat} requests a page\n")
        click.echo(table(HEAD, list(_measured(archive, asked, repeat))))


def _asked(folder: Path, repeat: int) -> dict[str, list[str]]:
    """The addresses of each kind, of disclosures that are spread over the archive."""
    found: dict[str, list[str]] = defaultdict(list)
    with Store.open(folder) as store:
        documents = store.documents()
        some = documents[:: max(1, len(documents) // repeat)][:repeat]
        disclosures = [store.disclosure(document.id) for document in some]
        examples = [*general(store), *chosen(store), *_of_each(disclosures), *files(store)]
        examples += [each for disclosure in disclosures for each in files_of(disclosure)]
    for example in (each for each in examples if each.status == http.client.OK):
        found[example.name].append(example.path.partition("#")[0])
    return found


def _of_each(disclosures: Sequence[Disclosure]) -> Iterator[Example]:
    for first, second in zip(disclosures, disclosures[1:] or disclosures, strict=False):
        yield from of_disclosure(first)
        yield compared((first, second))


def _measured(folder: Path, asked: dict[str, list[str]], repeat: int) -> Iterator[tuple[str, ...]]:
    with serving(folder) as (connection, server), closing(connection):
        gc.disable()
        for name, paths in asked.items():
            for turn in range(WARMING):
                fetch(connection, paths[turn % len(paths)])
            worked, waited, size = [], [], 0
            for turn in range(repeat):
                before, began = _work_of(server), time.perf_counter()
                size = max(size, len(fetch(connection, paths[turn % len(paths)])))
                waited.append((time.perf_counter() - began) * 1000)
                worked.append((_work_of(server) - before) / NANOSECONDS_A_MILLISECOND)
            told = (median(worked), _p95(worked), median(waited), _p95(waited))
            yield (name, *(f"{each:.1f}" for each in told), f"{size / 1024:.0f}")


def _work_of(process: int) -> int:
    """Nanoseconds that the threads of a process have worked."""
    threads = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(thread.read_text(encoding="ascii").split()[0]) for thread in threads)


def _p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


if __name__ == "__main__":
    main()
