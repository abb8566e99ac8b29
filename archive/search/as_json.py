"""A page of results as JSON, the same for the command line and the web (docs/records.md)."""

from __future__ import annotations

from archive.search import Hit, HitPlace, ResultPage


def page_json(page: ResultPage) -> dict[str, object]:
    """``total``, ``hits``, ``notices`` and how the query was read (``readings``).

    Amounts are integers of fen; ``highlights`` are ``[start, end)`` in ``snippet``;
    ``start`` and ``end`` of notices and readings are positions in the query.
    """
    return {
        "total": page.total,
        "hits": [_hit(hit) for hit in page.hits],
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
        "places": [_place(place) for place in hit.places],
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
