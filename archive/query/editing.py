"""A query's text with a part of it taken out or another put in its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile

from archive.query.parsed import MOST_CHARACTERS, Parsed, Reading
from archive.query.tokens import OPERANDS, Token, clean, tokens

_QUOTES = '“"＂「『'
_BRACKETS = frozenset("()（）")
_JOINS = frozenset({"or", "and"})


def without(parsed: Parsed, reading: Reading) -> str:
    """The text of the query without one of its parts, wherever that part stands.

    Operators and brackets that are left with nothing to join go too, and what was not read.
    """
    read_to = parsed.readings[-1].end
    found = tokens(clean(parsed.text[:MOST_CHARACTERS]))
    read = list(takewhile(lambda t: t.start < read_to or t.kind not in OPERANDS, found))
    taken = [(each.start, each.end) for each in parsed.readings if each.said == reading.said]
    left = [t for t in read if not any(start <= t.start < end for start, end in taken)]
    cuts = [(*span, " ") for span in taken]
    text = _cut(parsed.text[: read[-1].end], [*cuts, *_idle_cuts(left)])
    before = ""
    while text != before and not _BRACKETS.isdisjoint(text):  # they may be idle beside others
        text, before = _cut(text, _idle_cuts(tokens(clean(text)))), text
    return text


def replaced(text: str, start: int, end: int, other: str) -> str:
    """The text with ``other`` in the place of ``text[start:end]``, a word of its own."""
    before, after = text[:start].rstrip(), text[end:].lstrip()
    left = "" if not before or before[-1] in "(（-－" else " "
    right = "" if not after or after[0] in ")）" else " "
    return f"{before}{left}{other}{right}{after}"


def field_as_typed(text: str, token: Token) -> str:
    """The name and sign of a field token as they stand (项目：), empty for a word."""
    if token.field is None:
        return ""
    as_typed = text[token.start : token.end]
    return as_typed[: as_typed.rfind(token.text)].rstrip(_QUOTES)


def _idle_cuts(found: Sequence[Token]) -> list[tuple[int, int, str]]:
    """Nothing in the place of idle strays (-(医保 is to stay -医保), a space in others'."""
    return [(t.start, t.end, "" if t.kind == "stray" else " ") for t in _idle(found)]


def _cut(text: str, cuts: Iterable[tuple[int, int, str]]) -> str:
    """The text with other text in some places, single spaces between its words."""
    kept, at = [], 0
    for start, end, other in sorted(cuts):
        kept += [text[at:start], other]
        at = end
    words = "".join([*kept, text[at:]]).split()
    return " ".join(words).replace("( ", "(").replace(" )", ")")


def _idle(found: Sequence[Token]) -> list[Token]:
    """The operators and empty brackets that join or hold nothing, and strays."""
    kept: list[Token] = []
    for token in [*(token for token in found if token.kind != "stray"), None]:
        while kept and (idle := _idle_at_end(kept, token)):
            del kept[-idle:]
        if token is not None and not _is_idle_behind(kept, token):
            kept.append(token)
    left = {token.start for token in kept}
    return [token for token in found if token.start not in left]


def _is_idle_behind(kept: list[Token], token: Token) -> bool:
    """Whether an operator has nothing before it that it could join."""
    return token.kind in _JOINS and (not kept or kept[-1].kind in {"open", *_JOINS})


def _idle_at_end(kept: list[Token], following: Token | None) -> int:
    """How many of the last tokens are idle because of what follows them."""
    kind, after = kept[-1].kind, following.kind if following else "close"
    if kind == "close" and len(kept) > 1 and kept[-2].kind == "open":
        return 2
    if kind in _JOINS:
        return int(after == "close")
    return int(kind == "not" and after in {"close", *_JOINS})
