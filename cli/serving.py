"""Commands that show the archive in a browser: serve, start."""

from __future__ import annotations

import gc
from contextlib import suppress
from pathlib import Path
from threading import Thread

import click

from archive.archive import Archive
from archive.errors import ArchiveError
from archive.lock import Busy
from cli.context import Place, example
from cli.keeping import run_ingest, tell
from cli.language import say

THREADS = 8
MISSPELT = "金而"
NOTICE = say("A line shown on every page.", "显示在每个网页上的一句提示。")


def serve_archive(place: Place, host: str, port: int) -> None:
    """Serve until interrupted; the address is printed when it is about to answer."""
    from waitress import create_server  # noqa: PLC0415 - only this command needs it

    with place.existing() as archive:
        with suppress(Busy):  # another process is writing, and will index what is owed
            archive.heal()
        warming = Thread(target=_made_ready, args=(archive,), daemon=True)
        warming.start()
        server = create_server(place.make_app(archive), host=host, port=port, threads=THREADS)
        address = f"http://{host}:{port}/"
        click.echo(
            say(
                f"Mingxi is at {address}  (Ctrl-C stops it)",
                f"明细已就绪：{address}（Ctrl-C 停止）",
            )
        )
        try:
            server.run()
        finally:
            server.close()
            warming.join()


def _made_ready(archive: Archive) -> None:
    warm(archive)
    gc.collect()
    gc.freeze()  # what is loaded lives on; to look through it took 50 ms of some requests


def warm(archive: Archive) -> None:
    """Read beforehand what the first answers need, so that nobody waits for it: columns,
    postings and, for words that nothing holds, how they sound."""
    from archive.search.answer import TABS, answer  # noqa: PLC0415 - other commands start
    from archive.suggest.offered import did_you_mean  # noqa: PLC0415 - sooner without

    with suppress(ArchiveError):  # whoever asks is told
        found = answer(archive.store, archive.engine, MISSPELT)
        for tab in TABS:
            found.facets(tab)
        did_you_mean(archive.store, MISSPELT)


@click.command(
    help=say("Serve the archive to a browser.", "启动网页服务。"),
    epilog=example("serve --port 8000"),
)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.pass_obj
def serve(place: Place, host: str, port: int) -> None:
    """Serve the archive until interrupted."""
    serve_archive(place, host, port)


@click.command(
    help=say("Ingest, then serve: what `make run` does.", "先收录，再启动网页服务。"),
    epilog=example("start samples/files"),
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--notice", help=say("A line shown on every page.", "显示在每个网页上的一句提示。"))
@click.pass_obj
def start(place: Place, paths: tuple[Path, ...], host: str, port: int, notice: str | None) -> None:
    """Ingest what is given, then serve."""
    tell(run_ingest(place, paths, notice=notice, retry_failed=False))
    serve_archive(place, host, port)
