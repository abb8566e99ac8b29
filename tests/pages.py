"""Every page of a showcase that the tests of accessibility, sizes and looks go through."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace

from flask import Flask

from archive.archive import Archive
from archive.model import Disclosure
from bench.kinds_of_page import Example, compared, general, of_disclosure, of_table
from tests.showcase import DOUBTFUL, LONG

FILES = frozenset(
    {
        "admin.progress", "agencies.as_csv", "agencies.as_svg",
        "functional.as_csv", "functional.as_svg",
        "comparing.as_csv", "comparing.as_xlsx", "disclosures.original",
        "downloads.as_csv", "downloads.as_json", "downloads.as_xlsx",
        "downloads.disclosure_as_json", "embedding.oembed",
        "findings.as_atom", "findings.as_csv", "findings.as_json", "findings.as_xlsx",
        "originals.image", "originals.strip",
        "policies.as_atom", "policies.as_csv", "policies.as_json", "policies.as_xlsx",
        "search.results_json", "search.rows_as_csv", "search.rows_as_xlsx",
        "static", "suggest.suggestions",
    }
)  # fmt: skip
"""Routes whose answers are files, not pages."""
KEEPERS = frozenset({"admin.page", "admin.failures", "admin.agencies"})
"""Pages behind the keeper's password: the tests that sign in look at them."""


def examples(archive: Archive) -> list[Example]:
    """One of each kind of page, in the light in which it shows most."""
    found = {example.name: example for example in _examples(archive)}
    return list(found.values())


def _examples(archive: Archive) -> Iterator[Example]:
    """All kinds; a later example takes the place of an earlier one of the same name."""
    disclosures = [archive.store.disclosure(each.id) for each in archive.store.documents()]
    yield from general(archive.store)
    for disclosure in disclosures:
        yield from of_disclosure(disclosure)
    doubtful, long = _of(disclosures, DOUBTFUL), _of(disclosures, LONG)
    longest = max(long.tables, key=lambda table: len(table.rows))
    yield from _named("doubtful: ", of_disclosure(doubtful), {"disclosure", "table", "figure"})
    yield from _named("long: ", of_table(long, longest), {"table", "frame: table"})
    yield Example("keeper: login", "admin.login", "/admin/login")
    yield compared(tuple(each for each in disclosures if _is_of(each, "昌吉")))


def _of(disclosures: list[Disclosure], agency: str) -> Disclosure:
    return next(each for each in disclosures if _is_of(each, agency))


def _is_of(disclosure: Disclosure, agency: str) -> bool:
    return (disclosure.document.agency or "").startswith(agency)


def _named(prefix: str, made: Iterator[Example], names: Container[str]) -> Iterator[Example]:
    """Those of the names, renamed."""
    for example in made:
        if example.name in names:
            yield replace(example, name=f"{prefix}{example.name}")


def without_example(app: Flask, made: list[Example]) -> set[str]:
    """The routes answering GET that are neither files nor have an example."""
    routes = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    return routes - {example.endpoint for example in made} - FILES - KEEPERS
