"""Look-ups of policy documents and of what rests on them; see :mod:`archive.store.reliances`.

Only current disclosures are told of: what an older version relied on is history.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlite_utils import Database

from archive.citations import Number
from archive.fold import fold
from archive.model import Document, Target
from archive.policies.names import project_key, words
from archive.policies.records import (
    CitedTitle,
    Goals,
    Item,
    Order,
    Policy,
    Register,
    Together,
    Untitled,
    Wanted,
    YearTotal,
)
from archive.store.places import dumps
from archive.store.reading import read_document
from archive.store.reliances import GROUP, KIND_RANK

UNKNOWN_LEVEL = "不详"
_BRACKETS = re.compile(r"[()]")

_TITLE = """
    (SELECT title FROM policy_titles WHERE policy_id = policies.id
      ORDER BY mentions DESC, length(title) DESC, title LIMIT 1)
"""
_POLICY = (
    "id, normal, issuer, body, level, year, number, reliances, documents, amounts, fen, " + _TITLE
)
_STANDING = f"""
    WITH items AS MATERIALIZED (
        SELECT d.id AS document, d.sequence, d.fiscal_year AS year, d.agency, d.agency_key,
               {KIND_RANK} AS rank, relier, fen,
               fen IS NOT NULL AND 1 = row_number() OVER (
                   PARTITION BY {GROUP}, money_key, fen IS NULL
                   ORDER BY {KIND_RANK}, d.id, relier) AS counted
          FROM reliances JOIN reliers USING (document_id, relier)
               JOIN documents AS d ON d.id = reliances.document_id
         WHERE policy_id = :policy AND d.superseded_by IS NULL)
"""  # noqa: S608
_LISTED = """
    SELECT document, sequence, chosen.relier, kind, name, target_kind, target_id, target_row, rows,
           places, titles, chosen.fen, counted
      FROM chosen JOIN reliers ON reliers.document_id = document AND reliers.relier = chosen.relier
           JOIN reliances ON reliances.policy_id = :policy
                AND reliances.document_id = document AND reliances.relier = chosen.relier
"""
_ORDERS: dict[Order, str] = {
    "reliances": "reliances DESC, normal",
    "money": "fen DESC, reliances DESC, normal",
}


class Policies:
    """The look-ups, on one thread's connection."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def policy(self, normal: str) -> Policy | None:
        """The policy of that number, ``None`` where no current disclosure relies on it."""
        return self.policies([normal]).get(normal)

    def policies(self, normals: Iterable[str]) -> dict[str, Policy]:
        """Those of the numbers that a current disclosure relies on."""
        sql = f"""
            SELECT {_POLICY} FROM policies
             WHERE reliances > 0 AND normal IN (SELECT value FROM json_each(?))
        """  # noqa: S608
        found = (Policy(*row) for row in self._db.execute(sql, [dumps(list(normals))]))
        return {policy.normal: policy for policy in found}

    def titles(self, policy: Policy) -> tuple[CitedTitle, ...]:
        """The titles under which it is cited, the most cited first."""
        sql = """
            SELECT title, title_key, mentions FROM policy_titles WHERE policy_id = ?
             ORDER BY mentions DESC, length(title) DESC, title
        """
        return tuple(CitedTitle(*row) for row in self._db.execute(sql, [policy.id]))

    def titled(self, keys: Iterable[str]) -> list[tuple[CitedTitle, Policy]]:
        """The policies that are cited under titles of these keys."""
        sql = f"""
            SELECT cited.title, title_key, mentions, {_POLICY}
              FROM policy_titles AS cited JOIN policies ON policies.id = cited.policy_id
             WHERE title_key IN (SELECT value FROM json_each(?)) AND reliances > 0
             ORDER BY reliances DESC, normal, mentions DESC, cited.title
        """  # noqa: S608
        rows = self._db.execute(sql, [dumps(sorted(set(keys)))])
        return [(CitedTitle(*row[:3]), Policy(*row[3:])) for row in rows]

    def share_a_title(self, one: Policy, other: Policy, title: str) -> bool:
        """Whether one part of a disclosure gives both numbers that title: a joint issue."""
        sql = """
            SELECT 1 FROM reliances AS a JOIN reliances AS b USING (document_id, relier)
             WHERE a.policy_id = ? AND b.policy_id = ?
               AND instr(a.titles, ?) AND instr(b.titles, ?) LIMIT 1
        """
        quoted = dumps(title)
        asked = [one.id, other.id, quoted, quoted]
        return self._db.execute(sql, asked).fetchone() is not None

    def untitled(self, titles: Iterable[str], limit: int) -> list[Untitled]:
        """Where these titles are cited without a number, in the order of ingest."""
        sql = """
            SELECT document_id, citations.title, target_kind, target_id, target_row
              FROM citations JOIN documents AS d ON d.id = document_id
             WHERE citations.title IN (SELECT value FROM json_each(?)) AND normal IS NULL
               AND d.superseded_by IS NULL ORDER BY d.sequence, citations.ordinal LIMIT ?
        """
        rows = self._db.execute(sql, [dumps(list(titles)), limit]).fetchall()
        return [
            Untitled(document, title, Target(*target))
            for document_id, title, *target in rows
            if (document := read_document(self._db, document_id))
        ]

    def items(self, policy: Policy, limit: int, offset: int = 0) -> list[Item]:
        """What relies on it by year, newest first, and agency."""
        order = "year IS NULL, year DESC, agency, rank, document, chosen.relier"
        return self._items(policy, order, limit, offset)

    def newest(self, policy: Policy, limit: int) -> list[Item]:
        """What relies on it, the documents taken in last first."""
        return self._items(policy, "sequence DESC, chosen.relier", limit)

    def dearest(self, policy: Policy, limit: int) -> list[Item]:
        """What relies on it, the largest counted amounts first."""
        order = "counted DESC, chosen.fen DESC, year DESC, document, chosen.relier"
        return self._items(policy, order, limit)

    def years(self, policy: Policy) -> tuple[YearTotal, ...]:
        """The totals of each fiscal year, newest first."""
        sql = f"""
            {_STANDING}
            SELECT year, count(*), count(DISTINCT coalesce(agency_key, document)),
                   sum(counted), coalesce(sum(CASE WHEN counted THEN fen END), 0)
              FROM items GROUP BY year ORDER BY year IS NULL, year DESC
        """  # noqa: S608
        return tuple(YearTotal(*row) for row in self._db.execute(sql, {"policy": policy.id}))

    def together(self, policy: Policy, limit: int) -> tuple[Together, ...]:
        """The policies that the same parts of disclosures cite most often."""
        sql = f"""
            WITH both AS (
                SELECT other.policy_id, count(*) AS times
                  FROM reliances AS one JOIN reliances AS other USING (document_id, relier)
                       JOIN documents AS d ON d.id = document_id
                 WHERE one.policy_id = :policy AND other.policy_id <> :policy
                   AND d.superseded_by IS NULL
                 GROUP BY other.policy_id ORDER BY times DESC LIMIT :limit)
            SELECT times, {_POLICY} FROM both JOIN policies ON policies.id = policy_id
             ORDER BY times DESC, reliances DESC, normal
        """  # noqa: S608
        rows = self._db.execute(sql, {"policy": policy.id, "limit": limit})
        return tuple(Together(Policy(*row[1:]), row[0]) for row in rows)

    def around(self, number: Number, numbers: Iterable[int]) -> list[tuple[str, Number]]:
        """Normal forms and numbers that share year and number with it, or its code word and
        one of ``numbers``; the most relied on first."""
        sql = """
            SELECT normal, issuer, year, number FROM policies
             WHERE +reliances > 0 AND normal <> :normal AND id IN (
                SELECT id FROM policies WHERE year IS :year AND number = :number
                UNION SELECT id FROM policies WHERE issuer = :issuer
                         AND number IN (SELECT value FROM json_each(:numbers)))
             ORDER BY +reliances DESC, normal
        """  # the plus keeps SQLite from walking the index on reliances
        asked = {
            "normal": number.normal,
            "issuer": number.issuer,
            "year": number.year,
            "number": number.number,
            "numbers": dumps(sorted({number.number, *numbers})),
        }
        return [(normal, Number(*parts)) for normal, *parts in self._db.execute(sql, asked)]

    def register(self, wanted: Wanted, order: Order, limit: int, offset: int) -> Register:
        """The policies that meet the filters."""
        where, asked = _conditions(wanted)
        by = _ORDERS[order]
        if wanted.text:  # the titles are read through once, not once more to count
            sql = f"SELECT id FROM policies {where} ORDER BY {by}"  # noqa: S608
            ids = [id_ for (id_,) in self._db.execute(sql, asked)]
            sql = f"""
                SELECT {_POLICY} FROM policies WHERE id IN (SELECT value FROM json_each(?))
                 ORDER BY {by}
            """  # noqa: S608
            some = self._db.execute(sql, [dumps(ids[offset : offset + limit])])
            return Register(len(ids), tuple(Policy(*row) for row in some))
        (total,) = self._db.execute(f"SELECT count(*) FROM policies {where}", asked).fetchone()  # noqa: S608
        sql = f"SELECT {_POLICY} FROM policies {where} ORDER BY {by} LIMIT ? OFFSET ?"  # noqa: S608
        rows = self._db.execute(sql, [*asked, limit, offset])
        return Register(total, tuple(Policy(*row) for row in rows))

    def known_years(self) -> tuple[int, ...]:
        """The years of all policies, newest first."""
        sql = "SELECT DISTINCT year FROM policies WHERE year IS NOT NULL ORDER BY year DESC"
        return tuple(year for (year,) in self._db.execute(sql))

    def _items(self, policy: Policy, order: str, limit: int, offset: int = 0) -> list[Item]:
        """Some of what relies on it; only for those are names and places read."""
        sql = f"""
            {_STANDING}, chosen AS MATERIALIZED (
                SELECT * FROM items AS chosen ORDER BY {order} LIMIT :limit OFFSET :offset)
            {_LISTED} ORDER BY {order}
        """  # noqa: S608
        asked = {"policy": policy.id, "limit": limit, "offset": offset}
        rows = self._db.execute(sql, asked).fetchall()
        ids = sorted({row[0] for row in rows})
        documents = {id_: read_document(self._db, id_) for id_ in ids}
        tables = {id_: self._table_names(id_) for id_ in ids}
        goals = {id_: self._goals(id_) for id_ in ids}
        return [
            _item(row, document, tables[document.id], goals[document.id])
            for row in rows
            if (document := documents[row[0]])
        ]

    def _table_names(self, document_id: str) -> dict[str, str]:
        sql = "SELECT id, number, title FROM tables WHERE document_id = ?"
        return {
            id_: f"表{number} {title}" if number is not None else title or id_
            for id_, number, title in self._db.execute(sql, [document_id])
        }

    def _goals(self, document_id: str) -> dict[str, list[Goals]]:
        """The performance tables of each project, by the key of its name."""
        sql = """
            SELECT project, table_id, count(*) FROM indicators
             WHERE document_id = ? AND project IS NOT NULL
             GROUP BY project, table_id ORDER BY min(ordinal)
        """
        found: dict[str, list[Goals]] = {}
        for project, table, count in self._db.execute(sql, [document_id]):
            found.setdefault(project_key(project), []).append(Goals(table, count))
        return found


def _item(
    row: Sequence[Any],
    document: Document,
    tables: dict[str, str],
    goals: dict[str, list[Goals]],
) -> Item:
    _, sequence, relier, kind, name, *target, rows, places, titles, fen, counted = row
    in_rows, printed = _targets(rows), _targets(places)
    met = {one.id for one in (*in_rows, *printed, Target(*target)) if one.kind in ("row", "table")}
    of_project = goals.get(project_key(name), []) if kind in ("project", "row") else []
    met |= {one.table for one in of_project}
    return Item(
        document=document,
        sequence=sequence,
        relier=relier,
        kind=kind,
        name=name,
        target=Target(*target),
        rows=in_rows,
        places=printed,
        titles=tuple(json.loads(titles)),
        fen=fen,
        counted=bool(counted),
        tables=tuple((id_, name) for id_, name in tables.items() if id_ in met),
        goals=tuple(of_project),
    )


def _targets(text: str) -> tuple[Target, ...]:
    return tuple(Target(*target) for target in json.loads(text))


def _conditions(wanted: Wanted) -> tuple[str, list[object]]:
    """The filters as SQL; each word stands in the number, in any brackets, issuer or a title."""
    parts: list[str] = ["reliances > 0"]
    asked: list[object] = []
    if wanted.issuer:
        parts.append("(issuer = ? OR instr(body, ?))")
        asked += [wanted.issuer, wanted.issuer]
    if wanted.level:
        parts.append("level IS ?")
        asked.append(None if wanted.level == UNKNOWN_LEVEL else wanted.level)
    if wanted.year is not None:
        parts.append("year = ?")
        asked.append(wanted.year)
    for word in wanted.text.split():
        parts.append(
            """(instr(normal, ?) OR instr(body, ?) OR id IN (
                SELECT policy_id FROM policy_titles WHERE instr(title, ?) OR instr(title_key, ?)))
            """
        )
        asked += [number_as_printed(word), word, word, words(word) or word]
    return "WHERE " + " AND ".join(parts), asked


def number_as_printed(word: str) -> str:
    """A part of a number with its brackets as normal forms have them."""
    return _BRACKETS.sub(_printed_bracket, fold(word))


def _printed_bracket(match: re.Match[str]) -> str:
    return "〔" if match[0] == "(" else "〕"
