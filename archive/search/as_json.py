"""A page of results as JSON, the same for the command line and the web (docs/records.md)."""

from __future__ import annotations

from archive.search import Hit, HitPlace, ResultPage
from archive.search.rows import FoundFigure, RowResult, Sort


def page_json(
    page: ResultPage, rows: RowResult, *, sort: Sort = "relevance", limit: int = 10, offset: int = 0
) -> dict[str, object]:
    """``total`` (an estimate unless ``total_is_exact``), ``hits``, ``rows``, ``notices`` and
    how the query was read (``readings``).

    Of the rows those ``offset`` to ``offset + limit`` in that order.

    Amounts are integers of fen; ``highlights`` are ``[start, end)`` in ``snippet``;
    ``start`` and ``end`` of notices and readings are positions in the query.
    """
    return {
        "total": page.total,
        "total_is_exact": page.total_is_exact,
        "hits": [_hit(hit) for hit in page.hits],
        "rows": {
            "total": rows.total,
            "items": [_figure(found) for found in rows.page(sort, limit, offset)],
        },
        "notices": [
            {"message": notice.message, "start": notice.start, "end": notice.end}
            for notice in page.notices
        ],
        "readings": [
            {"said": reading.said, "start": reading.start, "end": reading.end}
            for reading in page.parsed.readings
        ],
    }


def _hit(hit: Hit) -> dict[str, object]:
    document = hit.document
    return {
        "document": {
            "id": document.id,
            "title": document.title,
            "agency": document.agency,
            "region": document.region,
            "fiscal_year": document.fiscal_year,
            "kind": document.kind,
        },
        "score": hit.score,
        "snippet": hit.snippet.text,
        "highlights": [list(span) for span in hit.snippet.spans],
        "snippet_url": hit.snippet_url,
        "places": [_place(place) for place in hit.places],
    }


def _figure(found: FoundFigure) -> dict[str, object]:
    record = found.record
    return {
        "document_id": record.document.id,
        "agency": record.document.agency,
        "fiscal_year": record.document.fiscal_year,
        "table": record.table,
        "code": record.code,
        "label": record.label,
        "project": record.project,
        "column": "/".join(record.column) or None,
        "fen": record.fen,
        "url": found.url,
    }


def _place(place: HitPlace) -> dict[str, object]:
    return {
        "kind": place.kind,
        "id": place.id,
        "label": place.label,
        "amount_fen": place.amount_fen,
        "url": place.url,
        "near": place.near,
        "table": place.table,
    }
