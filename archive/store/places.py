"""Places and targets as JSON columns, exactly invertible.

Only what the format gives is written, so that ``{}`` is a record without a place:
``{"page": 3, "box": [56.1, 70.2, 90.0, 88.5]}``, ``{"path": "Sheet!A1"}``,
``{"lines": [3, 4]}``.
"""

from __future__ import annotations

import json
from typing import Any

from archive.model import NOWHERE, FindingPlace, Place, Target

_NOWHERE = "{}"


def dumps(value: object) -> str:
    """Compact JSON with its Chinese left readable."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def place_to_json(place: Place) -> str:
    """The JSON object of a place."""
    if place == NOWHERE:
        return _NOWHERE
    given = {
        "page": place.page,
        "box": place.box,
        "path": place.path,
        "lines": place.lines,
    }
    return dumps({name: value for name, value in given.items() if value is not None})


def place_of_json(text: str) -> Place:
    """The place that :func:`place_to_json` wrote."""
    if text == _NOWHERE:
        return NOWHERE
    given: dict[str, Any] = json.loads(text)
    box, lines = given.get("box"), given.get("lines")
    return Place(
        page=given.get("page"),
        box=(box[0], box[1], box[2], box[3]) if box else None,
        path=given.get("path"),
        lines=(lines[0], lines[1]) if lines else None,
    )


def finding_places_to_json(places: tuple[FindingPlace, ...]) -> str:
    """The JSON list of a finding's places, each ``[kind, id, row, quote, column, start]``."""
    return dumps(
        [[p.target.kind, p.target.id, p.target.row, p.quote, p.column, p.start] for p in places]
    )


def finding_places_of_json(text: str) -> tuple[FindingPlace, ...]:
    """The places that :func:`finding_places_to_json` wrote."""
    return tuple(
        FindingPlace(Target(kind, identifier, row), quote, *where)
        for kind, identifier, row, quote, *where in json.loads(text)
    )
