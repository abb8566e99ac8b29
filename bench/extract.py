"""Pages a second and memory of extraction, beside plain pdfplumber and pypdfium2.

On the real PDFs where they are at hand, and on generated disclosures in every format;
processor time of one process each: ``python -m bench.extract --help``.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from bench.documents import FORMATS, long
from bench.extraction_run import TOOLS
from bench.measure import ROOT, ask, medians, table

REAL = ROOT.parent / "shared" / "disclosures" / "pdf"
LONG = 1000
"""Documents of so many pages are measured once."""
SIDE_HEAD = (
    "document", "pages", "extract", "read", "pdfplumber", "pypdfium2", "extract : pdfplumber",
    "peak, MB", "pdfplumber, MB",
)  # fmt: skip
FORMAT_HEAD = ("format", "pages", "table rows", "seconds", "pages a second", "peak, MB")


@click.command(help=__doc__)
@click.option(
    "--pages", "sizes", multiple=True, type=int, help="Lengths to generate; default 30, 300, 3000."
)
@click.option("--repeat", default=3, show_default=True, help="Runs of which the median is told.")
@click.option("--format", "formats", multiple=True, type=click.Choice(list(FORMATS)))
@click.option("--real", default=REAL, type=click.Path(path_type=Path), help="Folder of real PDFs.")
def main(sizes: tuple[int, ...], repeat: int, formats: tuple[str, ...], real: Path) -> None:
    """Print two tables."""
    sizes, formats = sizes or (30, 300, 3000), formats or tuple(FORMATS)
    with tempfile.TemporaryDirectory() as home:
        made = {(f, size): write_long(Path(home), f, size) for f in formats for size in (1, *sizes)}
        pdfs = [*sorted(real.glob("*.pdf")), *(made["pdf", s] for s in sizes if "pdf" in formats)]
        click.echo(f"Pages a second, median of {repeat} (of 1 from {LONG} pages):\n")
        side = [side_by_side(path, repeat, warm=write_long(Path(home), "pdf", 1)) for path in pdfs]
        click.echo(table(SIDE_HEAD, side))
        click.echo(f"\nThe whole extraction, median of {repeat} (of 1 from {LONG} pages):\n")
        rows = [by_format(made[f, s], s, repeat, warm=made[f, 1]) for f in formats for s in sizes]
        click.echo(table(FORMAT_HEAD, rows))


def write_long(folder: Path, format_: str, size: int) -> Path:
    """A generated disclosure of about so many pages, written once."""
    path = folder / f"generated-{size}.{format_}"
    if not path.exists():
        path.write_bytes(FORMATS[format_](long(size)))
    return path


def pages_of(path: Path) -> int:
    """The pages of a PDF."""
    import pypdfium2  # noqa: PLC0415

    document = pypdfium2.PdfDocument(path)
    pages = len(document)
    document.close()
    return pages


def side_by_side(path: Path, repeat: int, warm: Path) -> tuple[str, ...]:
    """The row of one PDF: every tool in turn, so that a busy machine hinders all alike."""
    pages = pages_of(path)
    runs: dict[str, list[dict[str, float]]] = {tool: [] for tool in TOOLS}
    for _ in range(repeat if pages < LONG else 1):
        for tool in TOOLS:
            runs[tool].append(ask("bench.extraction_run", tool, str(path), str(warm)))
    found = {tool: medians(measured) for tool, measured in runs.items()}
    speeds = {tool: pages / found[tool]["seconds"] for tool in TOOLS}
    return (
        path.stem,
        str(pages),
        *(f"{speeds[tool]:.0f}" for tool in TOOLS),
        f"{speeds['extract'] / speeds['pdfplumber']:.1f}",
        f"{found['extract']['peak']:.0f}",
        f"{found['pdfplumber']['peak']:.0f}",
    )


def by_format(path: Path, size: int, repeat: int, warm: Path) -> tuple[str, ...]:
    """The row of one generated document in one format."""
    arguments = ("extract", str(path), str(warm))
    times = repeat if size < LONG else 1
    found = medians([ask("bench.extraction_run", *arguments) for _ in range(times)])
    return (
        path.suffix[1:],
        str(size),
        f"{found['count']:.0f}",
        f"{found['seconds']:.2f}",
        f"{size / found['seconds']:.0f}",
        f"{found['peak']:.0f}",
    )


if __name__ == "__main__":
    main()
