"""What rests on a policy: its totals by year, the groups of agency and year, the parts of
disclosures in them; see :mod:`archive.store.policy_groups`.

Only current disclosures are told of.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from sqlite_utils import Database

from archive.model import Document, Target
from archive.policies.names import project_key
from archive.policies.records import Goals, Group, Item, Policy, YearTotal
from archive.store.places import dumps
from archive.store.policy_groups import documents_of
from archive.store.reading import read_some

GROUPS_AT_ONCE = 100

_Key = tuple[str, int]


class Resting:
    """The look-ups of one policy, on one thread's connection."""

    def __init__(self, db: Database, policy: Policy) -> None:
        self._db = db
        self._policy = policy

    def years(self) -> tuple[YearTotal, ...]:
        """The totals of each fiscal year, newest first."""
        sql = """
            SELECT year, sum(reliances), count(*), sum(amounts), sum(fen) FROM policy_groups
             WHERE policy_id = ? GROUP BY year ORDER BY year DESC
        """
        return tuple(YearTotal(*row) for row in self._db.execute(sql, [self._policy.id]))

    def groups(self, limit: int, offset: int = 0, *, year: int | None = None) -> list[Group]:
        """Some of the groups by year, newest first, and agency; with ``year`` those of that
        year alone, 0 being the year that is not told."""
        condition = "" if year is None else "AND year IS nullif(:year, 0)"
        sql = f"""
            SELECT grp, policy_groups.year, policy_groups.agency, reliances, amounts, fen FROM (
                SELECT policy_id, grp FROM policy_groups WHERE policy_id = :policy {condition}
                 ORDER BY year DESC, agency, grp LIMIT :limit OFFSET :offset)
              JOIN policy_groups USING (policy_id, grp) ORDER BY year DESC, agency, grp
        """  # noqa: S608
        asked = {"policy": self._policy.id, "limit": limit, "offset": offset, "year": year}
        return [Group(*row) for row in self._db.execute(sql, asked)]

    def group(self, id: str) -> Group | None:
        """The group of that id, ``None`` where it does not rely on the policy."""
        sql = """
            SELECT grp, year, agency, reliances, amounts, fen FROM policy_groups
             WHERE policy_id = ? AND grp = ?
        """
        found = self._db.execute(sql, [self._policy.id, id]).fetchone()
        return Group(*found) if found else None

    def items(self, groups: Iterable[Group], most: int, offset: int = 0) -> dict[str, list[Item]]:
        """What relies on it in each of these groups, at most ``most`` of each, by its id."""
        keys = {group.id: self._keys(group)[offset : offset + most] for group in groups}
        told = self._told([key for some in keys.values() for key in some], in_full=True)
        return {id_: [told[key] for key in some if key in told] for id_, some in keys.items()}

    def every(self) -> Iterator[Item]:
        """Everything that relies on it, in the order of :meth:`groups`."""
        offset = 0
        while groups := self.groups(GROUPS_AT_ONCE, offset):
            found = self.items(groups, self._policy.reliances)
            for group in groups:
                yield from found[group.id]
            offset += len(groups)

    def newest(self, limit: int) -> list[Item]:
        """What relies on it, the documents taken in last first; without places."""
        sql = """
            SELECT id FROM documents AS d WHERE EXISTS (
                SELECT 1 FROM reliances WHERE policy_id = ? AND document_id = d.id
                   AND +standing IS NOT NULL)
             ORDER BY sequence DESC LIMIT ?
        """
        documents = self._db.execute(sql, [self._policy.id, limit]).fetchall()  # by the key
        keys = [key for (id_,) in documents for key in self._keys_in([id_])]
        return self._in_order(keys[:limit])

    def dearest(self, limit: int) -> list[Item]:
        """What relies on it, the largest counted amounts first; without places."""
        sql = """
            SELECT document_id, relier FROM reliances
             WHERE policy_id = ? AND standing IS NOT NULL
             ORDER BY standing DESC, fen DESC, year DESC, document_id, relier LIMIT ?
        """
        return self._in_order(self._db.execute(sql, [self._policy.id, limit]).fetchall())

    def together(self, limit: int) -> list[tuple[int, int]]:
        """The ids of the policies that the same parts of disclosures cite most often, and by
        how many of them."""
        sql = "SELECT policies FROM policy_groups JOIN groups_cited USING (grp) WHERE policy_id = ?"
        found = self._db.execute(sql, [self._policy.id]).fetchall()
        cited = np.frombuffer(b"".join(policies for (policies,) in found), "<i4")
        policies = np.abs(cited)
        part = np.cumsum(cited < 0)
        relies = np.zeros(len(cited) + 1, bool)
        relies[part[policies == self._policy.id]] = True
        times = np.bincount(policies[relies[part]], minlength=self._policy.id + 1)
        times[self._policy.id] = 0
        others = np.flatnonzero(times)
        most = others[np.argsort(-times[others], kind="stable")[:limit]]
        return [(int(id_), int(times[id_])) for id_ in most]

    def _keys(self, group: Group) -> list[_Key]:
        """The parts of the group that rely on it: by document, that which counts first."""
        return self._keys_in([id_ for id_, current in documents_of(self._db, group.id) if current])

    def _keys_in(self, documents: Sequence[str]) -> list[_Key]:
        sql = "SELECT relier FROM reliances WHERE policy_id = ? AND document_id = ? ORDER BY relier"
        return [
            (id_, relier)
            for id_ in documents
            for (relier,) in self._db.execute(sql, [self._policy.id, id_])
        ]

    def _in_order(self, keys: Sequence[_Key]) -> list[Item]:
        told = self._told(keys, in_full=False)
        return [told[key] for key in map(tuple, keys) if key in told]

    def _told(self, keys: Sequence[_Key], *, in_full: bool) -> dict[_Key, Item]:
        """The parts of these keys; ``in_full`` with the names of tables and the goals."""
        sql = """
            SELECT document_id, relier, kind, name, target_kind, target_id, target_row, rows,
                   places, titles, reliances.fen, standing
              FROM json_each(:keys) AS asked
                   CROSS JOIN reliances ON policy_id = :policy
                        AND document_id = json_extract(asked.value, '$[0]')
                        AND relier = json_extract(asked.value, '$[1]')
                   JOIN reliers USING (document_id, relier)
        """
        asked = {"keys": dumps([list(key) for key in keys]), "policy": self._policy.id}
        rows = self._db.execute(sql, asked).fetchall()
        ids = sorted({row[0] for row in rows})
        documents = read_some(self._db, ids)
        tables = self._table_names(ids) if in_full else {}
        goals = self._goals(ids) if in_full else {}
        return {
            (row[0], row[1]): _item(
                row, documents[row[0]], tables.get(row[0], {}), goals.get(row[0], {})
            )
            for row in rows
        }

    def _table_names(self, ids: Sequence[str]) -> dict[str, dict[str, str]]:
        sql = """
            SELECT document_id, id, number, title FROM tables
             WHERE document_id IN (SELECT value FROM json_each(?))
        """
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for document, id_, number, title in self._db.execute(sql, [dumps(ids)]):
            found[document][id_] = f"表{number} {title}" if number is not None else title or id_
        return found

    def _goals(self, ids: Sequence[str]) -> dict[str, dict[str, list[Goals]]]:
        """By document the performance tables of each project, by the key of its name."""
        sql = """
            SELECT document_id, project, table_id, count(*) FROM indicators
             WHERE document_id IN (SELECT value FROM json_each(?)) AND project IS NOT NULL
             GROUP BY document_id, project, table_id ORDER BY document_id, min(ordinal)
        """
        found: dict[str, dict[str, list[Goals]]] = defaultdict(dict)
        for document, project, table, count in self._db.execute(sql, [dumps(ids)]):
            of_project = found[document].setdefault(project_key(project), [])
            of_project.append(Goals(table, count))
        return found


def _item(
    row: Sequence[Any],
    document: Document,
    tables: dict[str, str],
    goals: dict[str, list[Goals]],
) -> Item:
    _, relier, kind, name, *target, rows, places, titles, fen, standing = row
    in_rows, printed = _targets(rows), _targets(places)
    met = {one.id for one in (*in_rows, *printed, Target(*target)) if one.kind in ("row", "table")}
    of_project = goals.get(project_key(name), []) if kind in ("project", "row") else []
    met |= {one.table for one in of_project}
    return Item(
        document=document,
        relier=relier,
        kind=kind,
        name=name,
        target=Target(*target),
        rows=in_rows,
        places=printed,
        titles=tuple(json.loads(titles)),
        fen=fen,
        counted=bool(standing),
        tables=tuple((id_, name) for id_, name in tables.items() if id_ in met),
        goals=tuple(of_project),
    )


def _targets(text: str) -> tuple[Target, ...]:
    return tuple(Target(*target) for target in json.loads(text))
