"""Functional items across agencies and years, from the amounts that each disclosure prints
and the sums that :mod:`archive.store.tallies` keeps.

Superseded versions are left out.  A department's disclosure holds its units' amounts, and a
budget is no account: sums are of one kind of disclosure and one year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from archive.model import Document, Kind
from archive.overviews.functional_items import LEVELS, FunctionalAmount
from archive.store import reading
from archive.store.key_figures import FIGURE, figure

_RECENT = 200
"""Names are counted among so many of the newest rows of an item."""

_CURRENT = "document_id NOT IN (SELECT id FROM documents WHERE superseded_by IS NOT NULL)"


@dataclass(frozen=True, slots=True)
class Item:
    """A functional item and the name that is printed for it most."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Sum:
    """The amounts of an item in one year and kind: ``fen`` is their sum, blanks left out."""

    code: str
    year: int | None
    kind: Kind
    disclosures: int
    fen: int


@dataclass(frozen=True, slots=True)
class Found:
    """An amount with the disclosure that prints it."""

    document: Document
    amount: FunctionalAmount


class FunctionalLookup:
    """The look-ups, on one thread's connection."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def item(self, code: str) -> Item | None:
        """The item of that code, ``None`` where nothing prints it."""
        sql = """
            SELECT label FROM (SELECT label FROM functional_amounts WHERE code = ?
                                ORDER BY fiscal_year DESC LIMIT ?)
             WHERE label <> '' GROUP BY label ORDER BY count(*) DESC, label LIMIT 1
        """
        found = self._db.execute(sql, [code, _RECENT]).fetchone()
        if found:
            return Item(code, found[0])
        there = "SELECT 1 FROM functional_amounts WHERE code = ? LIMIT 1"
        return Item(code, "") if self._db.execute(there, [code]).fetchone() else None

    def below(self, code: str) -> list[Item]:
        """The items right below, by code; the classes for an empty code."""
        length = len(code) + 2 if code else 3
        if length > max(LEVELS):
            return []
        return [item for found in self._codes(code, length) if (item := self.item(found))]

    def sums(self, code: str) -> list[Sum]:
        """The sums of an item, the newest year first."""
        return self._sums("code = ?", [code])

    def sum(self, code: str, year: int | None, kind: str) -> Sum | None:
        """The sum of an item in one year and kind, ``None`` where nothing prints it."""
        found = self._sums("code = ? AND fiscal_year = ? AND kind = ?", [code, year or 0, kind])
        return found[0] if found else None

    def sums_of_classes(self) -> list[Sum]:
        """The sums of every class (类), by code and the newest year first."""
        return self._sums("length(code) = 3", [])

    def amounts(
        self, code: str, year: int | None, kind: str, *, limit: int, offset: int = 0
    ) -> list[Found]:
        """What disclosures of a year and kind print for the item, the largest first."""
        chosen = f"""
            SELECT document_id, ordinal FROM functional_amounts
             WHERE code = ? AND fiscal_year IS ? AND kind = ? AND {_CURRENT}
             ORDER BY fen DESC, document_id, ordinal LIMIT ? OFFSET ?
        """  # noqa: S608
        sql = f"""
            SELECT document_id, label, {", ".join(FIGURE)}
              FROM ({chosen}) JOIN functional_amounts USING (document_id, ordinal)
             ORDER BY fen DESC, document_id, ordinal
        """  # noqa: S608 - the index alone is read to choose, since the rest is wide
        rows = self._db.execute(sql, [code, year, kind, limit, offset]).fetchall()
        documents = reading.read_some(self._db, [row[0] for row in rows])
        return [
            Found(documents[document], FunctionalAmount(code, label, figure(values)))
            for document, label, *values in rows
        ]

    def _sums(self, condition: str, values: list[object]) -> list[Sum]:
        sql = f"""
            SELECT code, nullif(fiscal_year, 0), kind, disclosures, fen FROM functional_sums
             WHERE {condition} ORDER BY code, fiscal_year DESC, kind
        """  # noqa: S608
        return [Sum(*found) for found in self._db.execute(sql, values)]

    def _codes(self, code: str, length: int) -> Iterator[str]:
        """The codes of that length that begin so: one step in the index for each."""
        sql = "SELECT min(code) FROM functional_amounts WHERE code >= ? AND code < ?"
        after, end = code, f"{code}:"  # the character after 9
        while True:
            (found,) = self._db.execute(sql, [after, end]).fetchone()
            if found is None:
                return
            if len(found) == length:
                yield found
            after = f"{found[:length]}:" if len(found) >= length else f"{found}0"
