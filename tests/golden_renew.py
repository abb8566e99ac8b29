"""Renews golden data from what the program reads now; only after reading the original.

``python -m tests.golden_renew ORIGINAL...`` prints how the golden data and the program
differ and writes nothing.  ``--write`` replaces the golden data of those documents; the
change is then read line by line against the original before it is committed.
"""

from __future__ import annotations

import os
from difflib import unified_diff
from pathlib import Path

import click

from indexer.extract import extract
from tests.golden_format import GOLDEN, Golden, dumps, load, of_disclosure
from tests.golden_scores import as_listed


@click.command()
@click.argument("originals", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--write", is_flag=True, help="Replace the golden data of these documents.")
def renew(originals: tuple[Path, ...], write: bool) -> None:
    """Show, or with --write take over, what the program reads from ORIGINALS."""
    if write and os.environ.get("CI"):
        raise click.UsageError("golden data are never renewed in CI")
    for original in originals:
        read = of_disclosure(extract(original.read_bytes(), original.name))
        click.echo("".join(_changes(original.stem, read)), nl=False)
        if write:
            (GOLDEN / f"{original.stem}.json").write_text(dumps(read), encoding="utf-8")


def _changes(stem: str, read: Golden) -> list[str]:
    """The lines that differ between the golden data and what was read."""
    known = load(stem) if (GOLDEN / f"{stem}.json").is_file() else None
    old = dumps(known).splitlines(keepends=True) if known else []
    new = dumps(as_listed(read, known) if known else read).splitlines(keepends=True)
    return list(unified_diff(old, new, f"{stem} (golden)", f"{stem} (read)", n=0))


if __name__ == "__main__":
    renew()
