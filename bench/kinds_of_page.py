"""An address of every kind of page for a disclosure: what tests look at and benches ask for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from archive.addresses import (
    column_ids,
    document_path,
    project_path,
    row_path,
    section_path,
    table_path,
)
from archive.model import Disclosure, Row, Table
from archive.policies.page import GROUPS_PER_PAGE
from archive.policies.records import Policy, Wanted
from archive.store import Store
from archive.store.policies import Policies
from archive.store.resting import Resting
from web.agencies import agency_path
from web.functional import functional_path
from web.places import page_path

NUMBER = "新医保发〔2023〕48号"
"""A number that samples cite, in its normal form."""


@dataclass(frozen=True, slots=True)
class Example:
    """A page: what it is called here, the route that answers, and its address."""

    name: str
    endpoint: str
    path: str
    status: int = 200


def general(store: Store) -> Iterator[Example]:
    """The pages that are of no single disclosure."""
    most = _most_cited(store)
    policy = f"/policies/{quote(most.normal if most else NUMBER)}"
    yield Example("home", "search.home", "/")
    for tab in ("all", "documents", "rows", "projects", "policies"):
        yield Example(f"results: {tab}", "search.results", _asked("医疗", {"in": tab}))
    yield Example("results: one word", "search.results", _asked("经费"))
    yield Example("results: an amount", "search.results", _asked("金额:10万..500万 年度:2024"))
    yield Example("results: nothing found", "search.results", _asked("量子计算机"))
    yield Example("documents", "keeping.documents", "/documents")
    yield Example("failures", "keeping.failures", "/failures")
    yield Example("about", "keeping.about", "/about")
    yield Example("policies", "policies.register", "/policies")
    yield Example("policy", "policies.policy", policy)
    if groups := Resting(store.db, most).groups(1) if most else []:
        of = urlencode({"of": groups[0].id})
        yield Example("policy: an agency", "policies.policy", f"{policy}?{of}")
    yield Example("policy: absent", "policies.policy", f"/policies/{quote('财社〔1999〕7号')}", 404)
    yield Example("cite", "policies.cite", "/cite")
    yield Example("findings", "findings.page", "/findings")
    yield Example("agencies", "agencies.index", "/agencies")
    yield Example("functional items", "functional.index", "/functional")
    yield Example("compare: empty", "comparing.page", "/compare")
    yield Example("error: no such page", "", "/nowhere", 404)


def chosen(store: Store) -> Iterator[Example]:
    """The same pages searched, filtered or turned to their end."""
    most = _most_cited(store)
    policy = f"/policies/{quote(most.normal if most else NUMBER)}"
    groups = Resting(store.db, most).groups(1) if most else []
    year = groups[0].year if groups else 2024
    last = (most.documents if most else 1) // GROUPS_PER_PAGE
    yield Example("documents: last", "keeping.documents", "/documents?page=99999")
    yield Example("agencies: words", "agencies.index", f"/agencies?{urlencode({'q': '医疗'})}")
    yield Example("agencies: last", "agencies.index", "/agencies?page=99999")
    yield Example("policies: words", "policies.register", f"/policies?{_named(text='医疗 保障')}")
    yield Example("policies: issuer", "policies.register", f"/policies?{_named(issuer='政')}")
    yield Example("policies: money", "policies.register", "/policies?sort=money&page=20")
    yield Example("policy: a year", "policies.policy", f"{policy}?year={year}")
    yield Example("policy: last", "policies.policy", f"{policy}?page={last}")
    yield Example("compare: sought", "comparing.page", f"/compare?{_named(find='医疗 2024')}")
    for name, query in (
        ("error", {"severity": "差错"}),
        ("rule", {"rule": "table-total", "year": "2024"}),
        ("size", {"least": "100"}),
        ("last", {"page": "9999"}),
    ):
        path = f"/findings?{urlencode(query)}"
        yield Example(f"findings: {name}", "findings.page", path)


def files(store: Store) -> Iterator[Example]:
    """Feeds, data and drawings that are of no single disclosure."""
    most = _most_cited(store)
    policy = f"/policies/{quote(most.normal if most else NUMBER)}"
    yield Example("policy.atom", "policies.as_atom", f"{policy}.atom")
    yield Example("findings.atom", "findings.as_atom", "/findings.atom")
    yield Example("suggest.json", "suggest.suggestions", f"/suggest.json?{_named(q='医疗')}")


def files_of(disclosure: Disclosure) -> Iterator[Example]:
    """Feeds, data and drawings of one disclosure and its agency."""
    document = disclosure.document
    yield Example(
        "disclosure.json", "downloads.disclosure_as_json", f"{document_path(document)}.json"
    )
    if document.agency:
        charts = f"{agency_path(document.agency)}/charts/totals"
        yield Example("agency chart.svg", "agencies.as_svg", f"{charts}.svg")
        yield Example("agency chart.csv", "agencies.as_csv", f"{charts}.csv")
    if code := _functional_code(disclosure):
        charts = f"/functional/{code}/charts/agencies"
        yield Example("functional chart.svg", "functional.as_svg", f"{charts}.svg")
    if table := next((each for each in disclosure.tables if each.rows), None):
        download = f"{document_path(document)}/download/{quote(table.id)}"
        yield Example("table.csv", "downloads.as_csv", f"{download}.csv")
        yield Example("table.xlsx", "downloads.as_xlsx", f"{download}.xlsx")


def of_disclosure(disclosure: Disclosure) -> Iterator[Example]:
    """The pages of one disclosure, its first table with figures and its first project."""
    document = disclosure.document
    here = document_path(document)
    yield Example("disclosure", "disclosures.disclosure", here)
    if sections := [section for section in disclosure.sections if section.heading]:
        path = section_path(document, sections[-1].id)
        yield Example("section", "disclosures.section", path)
    if disclosure.projects:
        path = project_path(document, disclosure.projects[0].id)
        yield Example("project", "disclosures.project", path)
    if table := next((each for each in disclosure.tables if each.rows), None):
        yield from of_table(disclosure, table)
    if document.agency:
        yield Example("agency", "agencies.agency", agency_path(document.agency))
    if code := _functional_code(disclosure):
        yield Example("functional item", "functional.item", functional_path(code))
    yield Example("compare: one", "comparing.page", f"/compare?d={document.id}")


def of_table(disclosure: Disclosure, table: Table) -> Iterator[Example]:
    """A table, a figure of it, its frame, and its place in the original."""
    document, here = disclosure.document, document_path(disclosure.document)
    row, column = _figure(table)
    named = {"row": row.id, "cell": column}
    yield Example("table", "disclosures.table", table_path(document, table.id))
    yield Example("figure", "disclosures.table", row_path(document, table.id, row.id, column))
    frame = f"{here}/embed/{quote(table.id)}"
    yield Example("frame: table", "embedding.frame", frame)
    yield Example("frame: row", "embedding.frame", f"{frame}?{urlencode(named)}")
    if document.media_type == "application/pdf" and row.place.page:
        page = page_path(document, row.place.page, table.id, row.id, column)
        yield Example("page of the original", "originals.page", page)
    if document.media_type == "text/plain" and row.place.lines:
        first, last = row.place.lines
        yield Example("lines of the original", "originals.lines", f"{here}/lines/{first}-{last}")


def compared(disclosures: tuple[Disclosure, ...]) -> Example:
    """Some disclosures side by side."""
    chosen = urlencode([("d", each.document.id) for each in disclosures])
    return Example("compare", "comparing.page", f"/compare?{chosen}")


def _figure(table: Table) -> tuple[Row, str]:
    """The first figure of a table: its row and the id of its column."""
    ids = column_ids(column.path for column in table.columns)
    for row in table.rows:
        for cell in row.cells:
            if cell.fen is not None:
                return row, ids[cell.column]
    return table.rows[0], ids[table.rows[0].cells[0].column]


def _functional_code(disclosure: Disclosure) -> str | None:
    """The class of the first functional code that a table prints."""
    codes = (row.code for table in disclosure.tables for row in table.rows)
    found = next((code for code in codes if code and code[:1] == "2" and code.isdigit()), None)
    return found[:3] if found else None


def _most_cited(store: Store) -> Policy | None:
    found = Policies(store.db).register(Wanted(), "reliances", 1, 0).policies
    return found[0] if found else None


def _named(**arguments: str) -> str:
    return urlencode(arguments)


def _asked(query: str, more: dict[str, str] | None = None) -> str:
    return f"/search?{urlencode({'q': query, **(more or {})})}"
