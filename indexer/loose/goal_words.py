"""The words of a performance table, and the pieces into which a dump has broken them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from archive.fold import fold
from archive.model import Place
from indexer.lattice import unwrapped
from indexer.loose.rows import Piece
from indexer.pages import Line
from indexer.places import union

Role = Literal[
    "level1", "level2", "name", "value", "basis", "previous", "weight", "rule", "evidence"
]

MOST_PIECES = 6
"""A header text or a field's name is broken into so many pieces at most."""

_WITH_UNIT = re.compile(r"(?:[<>=≤≥＜＞＝][\d.,]*\d|(?:19|20)\d{2}) (?=[一-鿿%％])")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text without blanks; ``starts_line`` when it is the first on its line."""

    text: str
    place: Place
    starts_line: bool


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary, folded where it is compared folded."""

    heads: Mapping[str, Role]
    first_fields: frozenset[str]
    inside_fields: frozenset[str]
    basis: frozenset[str]
    basis_ends: tuple[str, ...]
    rule_ends: tuple[str, ...]
    evidence: tuple[str, ...]
    units: frozenset[str]


@cache
def words() -> Words:
    """The vocabulary of ``archive/data/loose_goals.toml``."""
    text = files("archive").joinpath("data/loose_goals.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Words(
        heads={fold(head): cast("Role", role) for head, role in data["heads"].items()},
        first_fields=frozenset(map(fold, data["fields"]["first"])),
        inside_fields=frozenset(map(fold, data["fields"]["inside"])),
        basis=frozenset(data["words"]["basis"]),
        basis_ends=tuple(data["words"]["basis_ends"]),
        rule_ends=tuple(data["words"]["rule_ends"]),
        evidence=tuple(data["words"]["evidence"]),
        units=frozenset(data["words"]["units"]),
    )


def tokens_of(lines: Sequence[Line]) -> list[Token]:
    """The pieces of the lines; a figure and its unit (＞=372 家, 2023 年) are one."""
    tokens = []
    for line in lines:
        text = _WITH_UNIT.sub(lambda match: match[0][:-1] + "\0", " ".join(line.text.split()))
        for number, piece in enumerate(text.split(" ")):
            tokens.append(Token(piece.replace("\0", " "), line.place, number == 0))
    return tokens


def matched(
    tokens: Sequence[Token], at: int, is_word: Callable[[str], bool], most: int = MOST_PIECES
) -> int:
    """How many pieces from ``at`` on make the longest word, 0 when none does."""
    text, longest = "", 0
    for count, token in enumerate(tokens[at : at + most], start=1):
        text += fold(token.text)
        if is_word(text):
            longest = count
    return longest


def piece_of(tokens: Sequence[Token]) -> Piece:
    """Pieces put together as one cell: those of one line with a blank, lines without."""
    text = ""
    for token in tokens:
        text += ("\n" if token.starts_line else " ") * bool(text) + token.text
    return Piece(unwrapped(text), union(token.place for token in tokens))
