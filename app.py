"""Mingxi 明细: wires the archive to the web and to the command line; decides nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.commands import Commands
from cli.context import Place
from cli.language import say

if TYPE_CHECKING:
    from flask import Flask

    from archive.archive import Archive


def create_app(archive: Archive) -> Flask:
    """The web application over an open archive."""
    from web.site import site  # noqa: PLC0415 - keeps the commands that serve nothing quick

    return site(archive)


@click.group(
    cls=Commands, help=say("A searchable archive of budget disclosures.", "政府预算公开检索档案。")
)
@click.option(
    "--archive",
    "folder",
    default="var/archive",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help=say("The archive's folder.", "档案所在文件夹。"),
)
@click.pass_context
def main(context: click.Context, folder: Path) -> None:
    """Hold the archive's folder for the commands."""
    context.obj = Place(folder, create_app)


if __name__ == "__main__":
    main()
