"""Commands that show the archive in a browser: serve, start."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from wsgiref.types import WSGIApplication

import click

from archive.archive import Archive
from archive.lock import Busy
from cli.context import Place, example
from cli.keeping import run_ingest, tell
from cli.language import say

THREADS = 8
NOTICE = say("A line shown on every page.", "显示在每个网页上的一句提示。")

MakeApp = Callable[[Archive], WSGIApplication]


def serve_archive(place: Place, make_app: MakeApp, host: str, port: int) -> None:
    """Serve until interrupted; the address is printed when it is about to answer."""
    from waitress import create_server  # noqa: PLC0415 - only this command needs it

    with place.existing() as archive:
        with suppress(Busy):  # another process is writing, and will index what is owed
            archive.heal()
        server = create_server(make_app(archive), host=host, port=port, threads=THREADS)
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


def commands(make_app: MakeApp) -> list[click.Command]:
    """The commands, for an application made by ``make_app``."""

    @click.command(
        help=say("Serve the archive to a browser.", "启动网页服务。"),
        epilog=example("serve --port 8000"),
    )
    @click.option("--host", default="127.0.0.1", show_default=True)
    @click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
    @click.pass_obj
    def serve(place: Place, host: str, port: int) -> None:
        serve_archive(place, make_app, host, port)

    @click.command(
        help=say("Ingest, then serve: what `make run` does.", "先收录，再启动网页服务。"),
        epilog=example("start samples/files"),
    )
    @click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
    @click.option("--host", default="127.0.0.1", show_default=True)
    @click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
    @click.option(
        "--notice", help=say("A line shown on every page.", "显示在每个网页上的一句提示。")
    )
    @click.pass_obj
    def start(
        place: Place, paths: tuple[Path, ...], host: str, port: int, notice: str | None
    ) -> None:
        tell(run_ingest(place, paths, notice=notice, retry_failed=False))
        serve_archive(place, make_app, host, port)

    return [serve, start]
