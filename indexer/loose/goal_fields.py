"""The fields above the indicators of a performance table: names and what they say."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.loose.goal_words import Token, matched, piece_of, words
from indexer.loose.rows import Piece


def fields_of(tokens: Sequence[Token]) -> list[list[Piece]]:
    """The rows of the fields: a name, its text, and further names inside the row.

    A name that begins a row does so only at the beginning of a line, as does the text of a
    row without a name.
    """
    rows: list[list[Piece]] = []
    text: list[Token] = []
    at = 0
    while at < len(tokens):
        length = _name_at(tokens, at, is_first=True)
        begins_row = length > 0
        length = length or _name_at(tokens, at, is_first=False)
        if not length:
            text.append(tokens[at])
            at += 1
            continue
        _close(rows, text)
        if begins_row or not rows:
            rows.append([])
        rows[-1].append(piece_of(tokens[at : at + length]))
        at += length
    _close(rows, text)
    return rows


def _name_at(tokens: Sequence[Token], at: int, *, is_first: bool) -> int:
    """How many pieces from ``at`` on make a field's name."""
    known = words().first_fields if is_first else words().inside_fields
    if is_first and not tokens[at].starts_line:
        return 0
    return matched(tokens, at, lambda text: text.rstrip(":") in known)


def _close(rows: list[list[Piece]], text: list[Token]) -> None:
    """Put the text read so far after the name before it."""
    if text:
        if not rows:
            rows.append([])
        rows[-1].append(piece_of(text))
        text.clear()
