"""Help while typing: names that the archive holds, completing the last word of a query.

``did_you_mean`` answers when nothing, or next to nothing, is found.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.query.editing import field_as_typed, replaced
from archive.query.parsed import MOST_CHARACTERS
from archive.query.tokens import Token, TypedField, clean, tokens
from archive.store import Store
from archive.store.suggestions import HeldName, NameKind, names_under
from archive.suggest.keys import typed_key
from archive.suggest.meant import Meant, did_you_mean

__all__ = ["Meant", "Suggestion", "did_you_mean", "suggest"]

MOST = 10
LONGEST_TYPED = 200
_LONGEST_COMPLETED = 60

_KINDS_OF_FIELD: dict[TypedField, tuple[NameKind, ...]] = {
    "project": ("project",),
    "agency": ("agency",),
    "doc_no": ("doc_no",),
    "code": ("item",),
    "table": ("table",),
}
_ALL_KINDS: tuple[NameKind, ...] = ("project", "agency", "doc_no", "item", "table", "label")
_FIELD_OF_KIND: dict[NameKind, str] = {"agency": "单位:", "table": "表:"}
_NEEDS_QUOTES = frozenset("-－(（*")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name to choose; ``query`` is the whole text of the box once it is chosen.

    ``code`` is that of a functional or economic item; ``uses`` counts disclosures.
    """

    kind: NameKind
    text: str
    code: str
    uses: int
    query: str


def suggest(store: Store, text: str, limit: int = MOST) -> tuple[Suggestion, ...]:
    """The names that complete the last word typed, the most used first.

    A word is completed by characters or pinyin initials, from the beginning of a name or of
    a word in it; after a field's name only by names of that field.
    """
    kept = clean(text[:MOST_CHARACTERS])
    if len(kept) > LONGEST_TYPED or not kept or kept[-1].isspace():
        return ()
    token = tokens(kept)[-1]
    kinds = _kinds(token)
    typed = typed_key(token.text)
    if not kinds or not typed or len(typed) > _LONGEST_COMPLETED:
        return ()
    with store.snapshot():
        held = names_under(store.db, typed, kinds, 2 * limit)
    found: dict[str, Suggestion] = {}
    for name in held:
        suggestion = _suggestion(name, kept, token, typed)
        found.setdefault(suggestion.query, suggestion)
    return tuple(found.values())[:limit]


def _kinds(token: Token) -> tuple[NameKind, ...]:
    if token.kind == "field" and token.field:
        return _KINDS_OF_FIELD.get(token.field, ())
    return _ALL_KINDS if token.kind in ("word", "number") else ()


def _suggestion(held: HeldName, kept: str, token: Token, typed: str) -> Suggestion:
    name = held.name
    chosen = "".join(name.text.split())
    by_code = bool(name.code) and name.code.startswith(typed)
    field = field_as_typed(kept, token)
    if not field:
        field = "科目:" if by_code else _FIELD_OF_KIND.get(name.kind, "")
    if by_code:
        chosen = name.code
    elif chosen[0] in _NEEDS_QUOTES:
        chosen = f'"{chosen}"'
    query = replaced(kept, token.start, token.end, field + chosen)
    return Suggestion(name.kind, name.text, name.code, held.uses, query)
