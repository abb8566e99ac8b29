"""An agency through the years: its disclosures, their key figures, charts of them."""

from __future__ import annotations

from dataclasses import dataclass

from archive import agencies
from archive.addresses import row_path
from archive.model import KINDS, Document
from archive.overviews.charts import Chart, Line, Part, part
from archive.overviews.key_figures import Figure, Group, wanted
from archive.store import Store
from archive.store.agency_lookup import Agency, AgencyLookup

_CHARTS: tuple[tuple[Group, str, bool, tuple[str, ...]], ...] = (
    ("totals", "收支总额与财政拨款", False, ("income", "expenditure", "appropriation")),
    ("split", "基本支出与项目支出", True, ("basic", "project")),
    ("three", "“三公”经费", True, ("abroad", "car_purchase", "car_running", "reception")),
)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A key figure through the columns of :class:`AgencyPage`."""

    name: str
    title: str
    group: Group
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class AgencyPage:
    """What the page of an agency shows.

    ``disclosures`` are all, the newest year first; ``columns`` those that print any key
    figure, the oldest year first, budgets and accounts, departments and units each by
    itself.  ``spellings`` are other names in its disclosures.
    """

    agency: Agency
    spellings: tuple[str, ...]
    disclosures: tuple[Document, ...]
    columns: tuple[Document, ...]
    rows: tuple[FigureRow, ...]
    charts: tuple[Chart, ...]

    def by_kind(self) -> tuple[tuple[str, tuple[Document, ...]], ...]:
        """The disclosures by kind, the newest year first."""
        grouped = ((kind, tuple(d for d in self.disclosures if d.kind == kind)) for kind in KINDS)
        return tuple((kind, documents) for kind, documents in grouped if documents)


def agency_page(store: Store, agency: Agency, unit: str) -> AgencyPage:
    """The page of an agency with its charts in ``unit``."""
    lookup = AgencyLookup(store.db)
    with store.snapshot():
        documents = sorted(lookup.disclosures(agency.key), key=_order)
        figures = lookup.figures(documents)
        spellings = lookup.spellings(agency.key)
    columns = tuple(document for document in documents if figures[document.id])
    rows = tuple(
        FigureRow(
            one.name,
            one.title,
            one.group,
            tuple(_part(one.title, each, figures[each.id].get(one.name)) for each in columns),
        )
        for one in wanted()
    )
    return AgencyPage(
        agency=agency,
        spellings=tuple(name for name in spellings if name != agency.name),
        disclosures=tuple(reversed(documents)),
        columns=columns,
        rows=tuple(row for row in rows if any(one.printed is not None for one in row.parts)),
        charts=tuple(chart for chart in _charts(columns, rows, unit) if chart.lines),
    )


def headline(store: Store, document: Document) -> tuple[Part, ...]:
    """What people ask of a disclosure first: its totals, their split, 三公 as a whole.

    Only what it prints; the parts of 三公 are left to the agency's page.
    """
    figures = AgencyLookup(store.db).figures([document])[document.id]
    asked = (one for one in wanted() if one.group != "three" or one.name == "three_public")
    parts = (_part(one.title, document, figures.get(one.name)) for one in asked)
    return tuple(one for one in parts if one.printed is not None)


def year_beside(store: Store, document: Document) -> Document | None:
    """The agency's disclosure of the same kind for the nearest other year, the one before first."""
    year = document.fiscal_year
    if not document.agency or not year:
        return None
    held = AgencyLookup(store.db).disclosures(agencies.key(document.agency))
    away = {
        one: one.fiscal_year - year
        for one in held
        if one.kind == document.kind and one.fiscal_year and one.fiscal_year != year
    }
    return min(away, key=lambda one: (abs(away[one]), away[one]), default=None)


def column_name(document: Document) -> str:
    """``2024年 部门预算``."""
    year = f"{document.fiscal_year}年" if document.fiscal_year else "年度不详"
    return f"{year} {document.kind}"


def _order(document: Document) -> tuple[int, int, str]:
    return document.fiscal_year or 0, KINDS.index(document.kind), document.id


def _part(title: str, document: Document, figure: Figure | None) -> Part:
    path = row_path(document, figure.table, figure.row, figure.column) if figure else None
    return part(title, figure, path)


def _charts(
    columns: tuple[Document, ...], rows: tuple[FigureRow, ...], unit: str
) -> tuple[Chart, ...]:
    by_name = {row.name: row for row in rows}
    return tuple(
        Chart(group, title, unit, _lines(columns, [by_name[name] for name in names]), stacked)
        for group, title, stacked, names in _CHARTS
    )


def _lines(columns: tuple[Document, ...], rows: list[FigureRow]) -> tuple[Line, ...]:
    """A line for each disclosure that prints one of the figures."""
    lines = (
        Line(column_name(document), tuple(row.parts[at] for row in rows))
        for at, document in enumerate(columns)
    )
    return tuple(line for line in lines if any(one.printed is not None for one in line.parts))
