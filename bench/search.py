"""How long search takes over generated disclosures, and building what it searches.

Beside it, over the same entries in the same run, SQLite FTS5 and, where it is installed
(requirements-bench.txt), Tantivy: ``python -m bench.search --help``.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import click

from bench.measure import ask, table
from bench.queries import CLASSES
from bench.rivals import RIVALS

Measured = dict[str, float]

BUILD_HEAD = ("what", "index, s", "index, MB", "largest memory, MB", "memory to answer, MB")
OURS = "Mingxi"


@click.command(help=__doc__)
@click.option(
    "--documents", "disclosures", default=1000, show_default=True, help="How many to generate."
)
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    help="Where to build and keep them: what is there already is only asked.",
)
@click.option("--rivals/--alone", default=True, show_default=True, help="Other engines too.")
def main(disclosures: int, folder: Path | None, rivals: bool) -> None:
    """Print the tables."""
    with kept(folder) as place:
        ours = place / "archive"
        built = (
            None if ours.exists() else ask("bench.search_run", "build", str(ours), str(disclosures))
        )
        asked = {OURS: ask("bench.search_run", "ask", str(ours))}
        http = ask("bench.search_run", "http", str(ours))
        hostile = ask("bench.search_run", "hostile", str(ours))
        added = ask("bench.search_run", "add", str(ours))
        builds = {OURS: built} if built else {}
        for name in _present() if rivals else ():
            index = place / name.replace(" ", "-")
            if not index.exists():
                builds[name] = ask("bench.search_run", "build-rival", str(index), name, str(ours))
            asked[name] = ask("bench.search_run", "ask-rival", str(index), name, str(ours))
    click.echo(f"{disclosures} disclosures\n\n{_built(builds, asked)}\n")
    click.echo(_classes(asked, http))
    click.echo(f"\nadded and found after {added['seconds']:.2f} s; hostile queries, ms:")
    click.echo(", ".join(f"{name} {value:.0f}" for name, value in hostile.items()))


@contextmanager
def kept(folder: Path | None) -> Iterator[Path]:
    """The folder, or one that is removed at the end."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def _present() -> list[str]:
    return [name for name in RIVALS if name != "Tantivy" or find_spec("tantivy")]


def _built(builds: dict[str, Measured], asked: dict[str, Measured]) -> str:
    rows = [
        (
            name,
            f"{built['index']:.0f}",
            f"{built['index_size']:.0f}",
            f"{built['peak']:.0f}",
            f"{asked[name]['memory']:.0f}",
        )
        for name, built in builds.items()
    ]
    if ours := builds.get(OURS):
        stored = (f"{ours['rows']:.0f} rows in the store", f"{ours['store']:.0f}")
        rows.append((*stored, f"{ours['store_size']:.0f}", "", ""))
    return table(BUILD_HEAD, rows)


def _classes(asked: dict[str, Measured], http: Measured) -> str:
    """A row for each class: p50 and p95 in ms, blank where an engine has no such question."""
    columns: dict[str, Callable[[str], tuple[Measured, str]]] = {
        "engine": lambda name: (asked[OURS], f"engine/{name}"),
        "with hits and places": lambda name: (asked[OURS], f"answer/{name}"),
        "HTTP, processor": lambda name: (http, f"server/{name}"),
        "HTTP, by the clock": lambda name: (http, f"http/{name}"),
    }
    for rival in (name for name in asked if name != OURS):
        columns[rival] = lambda name, rival=rival: (  # type: ignore[misc]
            asked[rival],
            f"engine/{name}",
        )
    head = ("ms, p50 / p95", *columns)
    names = [*CLASSES, "page 1", "page 500"]
    rows = [(name, *(_cell(*column(name)) for column in columns.values())) for name in names]
    return table(head, rows)


def _cell(measured: Measured, key: str) -> str:
    if f"{key}/p50" not in measured:
        return ""
    return f"{measured[f'{key}/p50']:.1f} / {measured[f'{key}/p95']:.1f}"


if __name__ == "__main__":
    main()
