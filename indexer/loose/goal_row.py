"""One indicator of a performance table, its cells put together from broken pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.loose.goal_words import Role, Token, piece_of, words
from indexer.loose.rows import Piece

MOST_RULE_PIECES = 4
"""The way of scoring is broken into so many pieces at most."""
FULL_LINE_SLACK = 1
"""A wrapped name fills its line, up to so many characters."""

_WEIGHT = re.compile(r"\d{1,3}(?:\.\d+)?[%％]?")
_OPERATOR = re.compile(r"[<>=≤≥＜＞＝≦≧]+")
_FIGURE = re.compile(r"[<>=≤≥＜＞＝≦≧]+\s?[\d.,]+")
_MORE_FIGURE = re.compile(r"[\d.,]+(?P<unit>\D{0,4})")
_PARTED = re.compile(r"[、,，;；]")


@dataclass(frozen=True, slots=True)
class GoalRow:
    """The cells of an indicator by what they are, and where the next one begins."""

    cells: dict[Role, Piece]
    end: int


def row_at(tokens: Sequence[Token], at: int, roles: Sequence[Role], widest: int) -> GoalRow:
    """The indicator that begins at a piece.

    ``widest`` is the width of a full line of a name.  Without a weight all that is left is
    one cell, as printed.
    """
    weight = weight_at(tokens, at)
    if weight is None:
        return GoalRow({"name": piece_of(tokens[at:])}, len(tokens))
    before, after = tokens[at:weight], tokens[weight + 1 :]
    name, value, reason = _before_weight(before, widest, has_basis="basis" in roles)
    cells: dict[Role, list[Token]] = {
        "name": name,
        "value": value,
        **_reasons(reason, has_previous="previous" in roles),
        "weight": [tokens[weight]],
    }
    taken = 0
    for role, pieces in _after_weight(after, [role for role in roles if role not in cells]):
        cells[role] = pieces
        taken += len(pieces)
    filled = {role: piece_of(pieces) for role, pieces in cells.items() if pieces}
    if value:
        # A figure may be broken between its digits: =23.7 / 2万人.
        text = "".join(token.text for token in value)
        filled["value"] = replace(filled["value"], text=text)
    return GoalRow(filled, weight + 1 + taken)


def weight_at(tokens: Sequence[Token], at: int) -> int | None:
    """The index of the weight: the next bare number, the last where several stand together."""
    bare = [bool(_WEIGHT.fullmatch(token.text)) for token in tokens]
    for index in range(at + 1, len(tokens)):
        next_too = index + 1 < len(tokens) and bare[index + 1]
        if bare[index] and not (next_too and not tokens[index + 1].starts_line):
            return index
    return None


def name_width(tokens: Sequence[Token]) -> int:
    """The width of a full line of a name: of those right before an operator."""
    widest = 0
    for before, token in pairwise(tokens):
        if _OPERATOR.match(token.text) and not _OPERATOR.match(before.text):
            widest = max(widest, len(before.text))
    return widest


def _before_weight(
    tokens: Sequence[Token], widest: int, *, has_basis: bool
) -> tuple[list[Token], list[Token], list[Token]]:
    """The pieces of name, value and reason."""
    start = next((index for index, token in enumerate(tokens) if _OPERATOR.match(token.text)), None)
    if start is not None:
        end = start + 1
        while end < len(tokens) and _goes_on(tokens[start:end], tokens[end]):
            end += 1
        whole = (at for at in range(end, len(tokens)) if tokens[at].text in words().basis)
        end = next(whole, end) if has_basis else end
        return list(tokens[:start]), list(tokens[start:end]), list(tokens[end:])
    reason = _reason_start(tokens) if has_basis else len(tokens)
    name_end = 1
    while name_end < reason - 1 and len(tokens[name_end - 1].text) >= widest - FULL_LINE_SLACK:
        name_end += 1
    name, value = tokens[:name_end], tokens[name_end:reason]
    return list(name), list(value), list(tokens[reason:])


def _goes_on(value: Sequence[Token], token: Token) -> bool:
    """Whether a piece still belongs to a value that is broken over lines."""
    text = "".join(piece.text for piece in value)
    if _OPERATOR.fullmatch(text):
        return True
    if not token.starts_line:
        return False
    more = _MORE_FIGURE.fullmatch(token.text)
    if _FIGURE.fullmatch(text) and more:
        return not more["unit"] or _is_unit(more["unit"])
    return bool(_FIGURE.fullmatch(text) or text.endswith(("万", "亿"))) and _is_unit(token.text)


def _is_unit(text: str) -> bool:
    bare = text.removeprefix("万").removeprefix("亿")
    return text in words().units or bare in words().units or text in {"万", "亿"}


def _reason_start(tokens: Sequence[Token]) -> int:
    """Where the reason begins in an indicator whose value is words (明显提高)."""
    for index in range(len(tokens) - 1, 0, -1):
        if _is_reason(tokens[index].text):
            return index
    return len(tokens)


def _is_reason(text: str) -> bool:
    return text.endswith(words().basis_ends)


def _reasons(tokens: Sequence[Token], *, has_previous: bool) -> dict[Role, list[Token]]:
    """The reason for the value, and last year's value behind it."""
    if not has_previous:
        return {"basis": list(tokens), "previous": []}
    last = max(
        (index for index, token in enumerate(tokens) if _is_reason(token.text)),
        default=len(tokens) - 1,
    )
    return {"basis": list(tokens[: last + 1]), "previous": list(tokens[last + 1 :])}


def _after_weight(
    tokens: Sequence[Token], roles: Sequence[Role]
) -> Iterator[tuple[Role, list[Token]]]:
    at = 0
    if "rule" in roles:
        at = _rule_length(tokens)
        yield "rule", list(tokens[:at])
    if "evidence" in roles:
        yield "evidence", list(tokens[at : at + _evidence_length(tokens[at:])])


def _rule_length(tokens: Sequence[Token]) -> int:
    text = ""
    for count, token in enumerate(tokens[:MOST_RULE_PIECES], start=1):
        text += token.text
        if text.endswith(words().rule_ends):
            return count
    return 0


def _evidence_length(tokens: Sequence[Token]) -> int:
    """How many pieces are a list of proofs: the first, and what completes its last word."""
    text = ""
    for count, token in enumerate(tokens):
        parts = _PARTED.split(text + token.text)
        begun = any(word.startswith(parts[-1]) for word in words().evidence)
        if count and not (begun and not _is_whole(text)):
            return count
        text += token.text
        if not begun:
            return 1
    return len(tokens)


def _is_whole(text: str) -> bool:
    return all(part in words().evidence for part in _PARTED.split(text))
