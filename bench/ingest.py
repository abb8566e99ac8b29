"""How many files a minute ``ingest`` takes in, by format, and the memory that it needs.

Each format is a folder of variations of the samples, ingested into a fresh archive by a
process of its own: ``python -m bench.ingest --help``.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from bench.documents import FORMATS, varied
from bench.measure import ask, medians, table

HEAD = ("format", "files", "kB a file", "files a minute", "parent, MB", "largest worker, MB")


@click.command(help=__doc__)
@click.option("--copies", default=60, show_default=True, help="Files of each format.")
@click.option("--workers", default=2, show_default=True, help="Worker processes.")
@click.option("--repeat", default=3, show_default=True, help="Runs of which the median is told.")
@click.option("--format", "formats", multiple=True, type=click.Choice([*FORMATS, "mixed"]))
def main(copies: int, workers: int, repeat: int, formats: tuple[str, ...]) -> None:
    """Print a table."""
    rows = []
    for format_ in formats or (*FORMATS, "mixed"):
        with tempfile.TemporaryDirectory() as folder:
            size = write_copies(Path(folder), format_, copies)
            runs = [ask("bench.ingest_run", folder, str(workers)) for _ in range(repeat)]
            found = medians(runs)
        rows.append((
            format_,
            str(copies),
            f"{size / copies / 1000:.0f}",
            f"{60 * copies / found['seconds']:.0f}",
            f"{found['parent']:.0f}",
            f"{found['worker']:.0f}",
        ))  # fmt: skip
    click.echo(f"{workers} workers, median of {repeat}:\n\n{table(HEAD, rows)}")


def write_copies(folder: Path, format_: str, copies: int) -> int:
    """So many variations in one format, or in all in turn; gives their size in bytes."""
    names = list(FORMATS) if format_ == "mixed" else [format_]
    size = 0
    for number in range(copies):
        suffix = names[number % len(names)]
        data = varied(suffix, number)
        (folder / f"{number:05}.{suffix}").write_bytes(data)
        size += len(data)
    return size


if __name__ == "__main__":
    main()
