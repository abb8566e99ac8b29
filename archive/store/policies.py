"""Look-ups of policy documents; what rests on one is told by :mod:`archive.store.resting`.

Only current disclosures are told of: what an older version relied on is history.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sqlite_utils import Database

from archive.citations import Number
from archive.fold import fold
from archive.model import Target
from archive.policies.names import words
from archive.policies.records import (
    CitedTitle,
    Order,
    Policy,
    Register,
    Titled,
    Together,
    Untitled,
    Wanted,
)
from archive.store.places import dumps
from archive.store.reading import read_document
from archive.store.resting import Resting

UNKNOWN_LEVEL = "不详"
_BRACKETS = re.compile(r"[()]")

_TITLE = """
    (SELECT title FROM policy_titles WHERE policy_id = policies.id
      ORDER BY mentions DESC, length(title) DESC, title LIMIT 1)
"""
_POLICY = (
    "id, normal, issuer, body, level, year, number, reliances, documents, amounts, fen, " + _TITLE
)
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

    def together(self, policy: Policy, limit: int) -> tuple[Together, ...]:
        """The policies that the same parts of disclosures cite most often."""
        times = dict(Resting(self._db, policy).together(limit))
        sql = f"SELECT {_POLICY} FROM policies WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608
        found = [Policy(*row) for row in self._db.execute(sql, [dumps(list(times))])]
        found.sort(key=lambda one: (-times[one.id], -one.reliances, one.normal))
        return tuple(Together(one, times[one.id]) for one in found)

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

    def bearing(self, keys: Iterable[str], year: int | None) -> list[Titled]:
        """The numbers of that year that are cited under titles of these keys."""
        sql = """
            SELECT cited.title, title_key, mentions,
                   policies.id, normal, issuer, body, year, reliances
              FROM policy_titles AS cited JOIN policies ON policies.id = cited.policy_id
             WHERE title_key IN (SELECT value FROM json_each(?)) AND year IS ? AND reliances > 0
             ORDER BY reliances DESC, normal, mentions DESC, cited.title
        """
        rows = self._db.execute(sql, [dumps(sorted(set(keys))), year])
        return [Titled(CitedTitle(*row[:3]), *row[3:]) for row in rows]

    def namesakes(
        self, keys: Iterable[str], without: Iterable[int], limit: int
    ) -> tuple[int, list[tuple[str, str]]]:
        """How many other numbers than ``without`` are cited under titles of these keys, and
        those of them that are cited most, each with its most cited title of these."""
        chosen = """
            FROM policy_titles WHERE title_key IN (SELECT value FROM json_each(?))
             AND policy_id NOT IN (SELECT value FROM json_each(?))
        """
        asked = [dumps(sorted(set(keys))), dumps(sorted(without))]
        (total,) = self._db.execute(
            f"SELECT count(DISTINCT policy_id) {chosen}",
            asked,
        ).fetchone()
        sql = f"""
            SELECT normal, title
              FROM (SELECT policy_id, title, max(mentions) {chosen} GROUP BY policy_id)
                   JOIN policies ON id = policy_id
             ORDER BY reliances DESC, normal LIMIT ?
        """  # noqa: S608 - SQLite gives the title beside the maximum
        return total, self._db.execute(sql, [*asked, limit]).fetchall()

    def share_a_title(self, one: int, other: int, title: str) -> bool:
        """Whether one part of a disclosure gives both numbers that title: a joint issue.

        The policies go by their ids; the first is best the one that is cited less.
        """
        sql = """
            SELECT 1 FROM main.reliances AS a
                   CROSS JOIN main.reliances AS b USING (document_id, relier)
             WHERE a.policy_id = ? AND b.policy_id = ?
               AND instr(a.titles, ?) AND instr(b.titles, ?) LIMIT 1
        """  # a cross join is walked in the order in which it is written; nothing of it is shown
        quoted = dumps(title)
        return self._db.execute(sql, [one, other, quoted, quoted]).fetchone() is not None

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

    def around(self, number: Number, numbers: Iterable[int]) -> list[tuple[str, Number]]:
        """Normal forms and numbers that share year and number with it, code word and number, or
        code word, year and one of ``numbers``; the most relied on first."""
        sql = """
            SELECT normal, issuer, year, number FROM policies
             WHERE +reliances > 0 AND normal <> :normal AND id IN (
                SELECT id FROM policies WHERE year IS :year AND number = :number
                UNION SELECT id FROM policies WHERE issuer = :issuer AND number = :number
                UNION SELECT id FROM policies WHERE issuer = :issuer AND year IS :year
                         AND number IN (SELECT value FROM json_each(:numbers)))
             ORDER BY +reliances DESC, normal
        """  # the plus keeps SQLite from walking the index on reliances
        asked = {
            "normal": number.normal,
            "issuer": number.issuer,
            "year": number.year,
            "number": number.number,
            "numbers": dumps(sorted(numbers)),
        }
        return [(normal, Number(*parts)) for normal, *parts in self._db.execute(sql, asked)]

    def register(self, wanted: Wanted, order: Order, limit: int, offset: int) -> Register:
        """The policies that meet the filters."""
        where, asked = _conditions(wanted, self._bodies(wanted.issuer))
        by = _ORDERS[order]
        if wanted.text or wanted.issuer:  # read through once, not once more to count
            sql = f"SELECT id FROM policies {where} ORDER BY +{by}"  # noqa: S608
            ids = [id_ for (id_,) in self._db.execute(sql, asked)]  # plus: not by an index
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

    def _bodies(self, part: str) -> list[str]:
        """The issuing bodies whose name holds that part."""
        if not part:
            return []
        every = self._db.execute("SELECT DISTINCT body FROM policies WHERE body IS NOT NULL")
        return [body for (body,) in every if part in body]

    def known_years(self) -> tuple[int, ...]:
        """The years of all policies, newest first."""
        sql = "SELECT DISTINCT year FROM policies WHERE year IS NOT NULL ORDER BY year DESC"
        return tuple(year for (year,) in self._db.execute(sql))


def _conditions(wanted: Wanted, bodies: Sequence[str]) -> tuple[str, list[object]]:
    """The filters as SQL; each word stands in the number, in any brackets, issuer or a title."""
    parts: list[str] = ["+reliances > 0" if wanted.text or wanted.issuer else "reliances > 0"]
    asked: list[object] = []
    if wanted.issuer:
        parts.append("(issuer = ? OR body IN (SELECT value FROM json_each(?)))")
        asked += [wanted.issuer, dumps(bodies)]
    if wanted.level:
        parts.append("level IS ?")
        asked.append(None if wanted.level == UNKNOWN_LEVEL else wanted.level)
    if wanted.year is not None:
        parts.append("year = ?")
        asked.append(wanted.year)
    for word in wanted.text.split():
        some = sought_forms(word)
        parts.append(f"({' OR '.join(['instr(sought, ?)'] * len(some))})")
        asked += some
    return "WHERE " + " AND ".join(parts), asked


def sought_forms(word: str) -> list[str]:
    """The forms of a word that ``policies.sought`` may hold: as a part of a number, with its
    brackets as normal forms have them, and as one of a title."""
    number = _BRACKETS.sub(_printed_bracket, fold(word))
    return [form for form in dict.fromkeys((number, words(word))) if form]


def _printed_bracket(match: re.Match[str]) -> str:
    return "〔" if match[0] == "(" else "〕"
