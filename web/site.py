"""The web application: every topic's pages over one open archive."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from archive.archive import Archive
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

ROOT = Path(__file__).parents[1]
"""Where the folders ``templates`` and ``static`` are."""


def site(archive: Archive) -> Flask:
    """The web application over an open archive."""
    app = Flask(__name__, root_path=str(ROOT))
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
