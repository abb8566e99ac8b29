"""HTML nested deeper than a parser follows, made flat enough to be read whole.

At its depth limit the parser drops the rest of the page.  Pages of old editors, which open
a <font> for each line and close none, get there without malice.
"""

from __future__ import annotations

import re

DEEPEST = 200
"""Tags nested deeper are taken out; libxml2 follows 256, the elements that it adds included."""

_PIECE = re.compile(
    r"<!--.*?-->|<(?P<raw>script|style|textarea|title)\b.*?</(?P=raw)\s*>"
    r"|<(?P<slash>/?)(?P<name>[a-z][a-z0-9:]*)[^<>]*>",
    re.I | re.S,
)
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr",
})  # fmt: skip
_INLINE = frozenset({
    "a", "abbr", "b", "bdo", "big", "cite", "code", "del", "em", "font", "i", "ins", "label", "q",
    "s", "small", "span", "strike", "strong", "sub", "sup", "tt", "u",
})  # fmt: skip
_CELLS = frozenset({"td", "th", "p"})
_ROWS = _CELLS | {"tr"}
_GROUPS = _ROWS | {"thead", "tbody", "tfoot"}
_ENDS = {
    "p": frozenset({"p"}),
    "option": frozenset({"option"}),
    "li": frozenset({"li", "p"}),
    **dict.fromkeys(("dt", "dd"), frozenset({"dt", "dd", "p"})),
    **dict.fromkeys(("td", "th"), _CELLS),
    "tr": _ROWS,
    **dict.fromkeys(("thead", "tbody", "tfoot"), _GROUPS),
}
"""Which elements end where a tag begins (HTML standard, section 13.1.2.4)."""


def flattened(text: str) -> str:
    """The page without the tags that stand too deep, and a line break for each block of them."""
    opened: list[tuple[str, bool]] = []
    return _PIECE.sub(lambda piece: _kept(piece, opened), text)


def _kept(piece: re.Match[str], opened: list[tuple[str, bool]]) -> str:
    """The piece itself, or what stands for it; ``opened`` are names, and whether they stay."""
    name = (piece["name"] or "").lower()
    if not name or name in _VOID:
        return piece[0]
    if piece["slash"]:
        closed = _closed(name, opened)
        return piece[0] if closed is None or closed else _break(name)
    while opened and opened[-1][0] in _ENDS.get(name, ()):
        opened.pop()
    stays = len(opened) < DEEPEST
    opened.append((name, stays))
    return piece[0] if stays else _break(name)


def _closed(name: str, opened: list[tuple[str, bool]]) -> bool | None:
    """Close the element that an end tag means; whether it stays, ``None`` where it means none.

    The end of an inline element closes no block around it.
    """
    for back in range(1, min(len(opened), DEEPEST) + 1):
        other, stays = opened[-back]
        if other == name:
            del opened[-back:]
            return stays
        if name in _INLINE and other not in _INLINE:
            return None
    return None


def _break(name: str) -> str:
    return "" if name in _INLINE else "<br>"
