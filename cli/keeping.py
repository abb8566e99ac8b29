"""Commands that keep the archive: ingest, reread, reindex, verify."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.context import Place, example
from cli.language import say
from indexer.workers.limits import Limits
from indexer.workers.pool import OURS, Pool, cores

if TYPE_CHECKING:
    from indexer.pipeline import Progress, Summary

_IN_ENGLISH = {
    "unreadable": "cannot be read: damaged, encrypted, scanned, empty or no document",
    "converter": "needs LibreOffice",
    "limit": "too large",
    "time": "took too long",
    "memory": "needs too much memory",
    "crash": "crashed its worker",
    "defect": "met an error of Mingxi",
    "changed": "changed while it was read",
}
"""What each kind of failure means; the reasons themselves are in Chinese."""


_workers = click.option(
    "--workers",
    type=click.IntRange(1),
    default=None,
    help=say("Worker processes; default: all cores.", "工作进程数；默认等于处理器核数。"),
)


@click.command(
    help=say(
        "Read files, or folders with all that is in them, into the archive.",
        "把文件，或文件夹里的全部文件，收入档案。",
    ),
    epilog=example("ingest samples/files"),
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@_workers
@click.option("--notice", help=say("A line shown on every page.", "显示在每个网页上的一句提示。"))
@click.pass_obj
def ingest(place: Place, paths: tuple[Path, ...], workers: int | None, notice: str | None) -> None:
    """Read disclosures into the archive; exit status 0 only when nothing failed."""
    summary = run_ingest(place, paths, workers, notice)
    tell(summary)
    sys.exit(1 if summary.failed else 0)


def run_ingest(
    place: Place,
    paths: tuple[Path, ...],
    workers: int | None = None,
    notice: str | None = None,
    *,
    retry_failed: bool = True,
) -> Summary:
    """Ingest with a progress bar on standard error."""
    with Pool(OURS, workers or cores(), Limits()) as pool:
        pool.start_ahead()
        from indexer.pipeline import ingest as read_in  # noqa: PLC0415 - while the worker starts

        with place.open() as archive:
            if notice is not None:
                archive.store.set_fact("notice", notice)
            with _bar() as show:
                return read_in(
                    archive, paths, workers=pool, on_progress=show, retry_failed=retry_failed
                )


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    """A progress bar on standard error, where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from tqdm import tqdm  # noqa: PLC0415 - only a terminal shows it

    with tqdm(unit=say(" files", " 份"), dynamic_ncols=True) as bar:

        def show(progress: Progress) -> None:
            bar.total = progress.total
            bar.set_postfix_str(progress.name, refresh=False)
            bar.update(progress.done - bar.n)

        yield show


@click.command(
    help=say(
        "Read the archive's own originals again that an earlier release has read.",
        "用现在的版本重新读取档案中由旧版本读取的原件。",
    ),
    epilog=example("reread"),
)
@_workers
@click.pass_obj
def reread(place: Place, workers: int | None) -> None:
    """Read again after an upgrade; exit status 0 only when nothing failed."""
    from indexer.pipeline import reread as read_again  # noqa: PLC0415 - of this command only

    with place.existing() as archive, _bar() as show:
        summary = read_again(archive, workers=workers, on_progress=show)
    tell(summary)
    sys.exit(1 if summary.failed else 0)


def tell(summary: Summary) -> None:
    """The closing summary: one line, and one more for each failure."""
    click.echo(
        say(
            f"added {summary.added}, unchanged {summary.unchanged}, "
            f"replaced {summary.replaced}, failed {len(summary.failed)}",
            f"新增 {summary.added}，未变 {summary.unchanged}，"
            f"更新 {summary.replaced}，失败 {len(summary.failed)}",
        )
    )
    for failure in summary.failed:
        briefly = say(f"{_IN_ENGLISH.get(failure.kind, failure.kind)}. ", "")
        click.echo(f"  {failure.source_name}: {briefly}{failure.reason}", err=True)


@click.command(
    help=say(
        "Rebuild the search index from SQLite beside the live one, then swap.",
        "由数据库重建索引，建好后再替换正在使用的索引。",
    ),
    epilog=example("reindex"),
)
@click.pass_obj
def reindex(place: Place) -> None:
    """Rebuild the index."""
    with place.existing() as archive:
        count = archive.reindex()
    click.echo(say(f"indexed {count} disclosures", f"已重建索引：{count} 份公开文件"))


@click.command(
    help=say(
        "Check SQLite, every original's SHA-256 and the index; say what is wrong.",
        "检查数据库、每份原件的 SHA-256 和索引，说明哪里有问题。",
    ),
    epilog=example("verify"),
)
@click.pass_obj
def verify(place: Place) -> None:
    """Check the archive; exit status 1 when something is wrong."""
    with place.existing() as archive:
        problems = archive.verify()
    for problem in problems:
        click.echo(str(problem))
    if problems:
        raise ArchiveProblems(len(problems))
    click.echo(say("The archive is whole.", "档案完好。"))


class ArchiveProblems(click.ClickException):
    """Ends ``verify`` with exit status 1 after the problems were told."""

    def __init__(self, count: int) -> None:
        super().__init__(say(f"{count} problems", f"共 {count} 处问题"))
