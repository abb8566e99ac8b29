"""Mingxi 明细: wires the archive to the web and to the command line; decides nothing."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask

from archive.archive import Archive
from cli import asking, checking, citing, keeping, serving, settings
from cli import policies as policy_commands
from cli.context import Place
from cli.language import say
from web import (
    admin,
    agencies,
    comparing,
    current,
    delivery,
    disclosures,
    downloads,
    embedding,
    filters,
    findings,
    functional,
    originals,
    policies,
    search,
    security,
    suggest,
)
from web import keeping as keeping_pages


def create_app(archive: Archive) -> Flask:
    """The web application over an open archive."""
    app = Flask(__name__)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # of the default provider
    current.install(app, archive)
    filters.install(app)
    policies.install(app)
    findings.install(app)
    agencies.install(app)
    functional.install(app)
    delivery.install(app)
    security.install(app)  # its changes to an answer come before the compression
    app.context_processor(lambda: {"archive_notice": archive.store.fact("notice")})
    for topic in (
        search,
        suggest,
        disclosures,
        downloads,
        originals,
        embedding,
        policies,
        agencies,
        functional,
        comparing,
        findings,
        keeping_pages,
    ):
        app.register_blueprint(topic.blueprint)
    admin.install(app)
    return app


@click.group(help=say("A searchable archive of budget disclosures.", "政府预算公开检索档案。"))
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
    context.obj = Place(folder)


for command in (
    keeping.ingest,
    asking.extract,
    asking.search,
    asking.show,
    policy_commands.policy,
    citing.citations,
    checking.check,
    *serving.commands(create_app),
    keeping.reread,
    keeping.reindex,
    keeping.verify,
    settings.set_password,
    settings.mobile_numbers,
):
    main.add_command(command)


if __name__ == "__main__":
    main()
