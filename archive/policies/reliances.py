"""Which parts of a disclosure rely on which document number, and with how much money.

A number that stands in a project's fields, in the project's row of a table or in its
绩效目标表 is one reliance of that project, with the amount that the explanation chapter
prints (预算安排规模); where the chapter prints none, that of its rows.  So the row in 表7
and the chapter are one amount.  A row without a project counts with its own total figure,
a section, a table or an indicator of a 部门整体绩效目标表 with none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from archive.model import Citation, Indicator, Project, Row, Table, Target
from archive.policies.names import alike_projects, project_key
from archive.table_names import project_of, table_name

RelierKind = Literal["project", "indicator", "row", "table", "section"]

LARGEST_PROJECT_FEN = 10**15
"""十万亿元: what is printed past it is a slip, and sums of such could not be kept."""

_TOTAL_COLUMNS = ("合计", "总计", "小计", "总额", "金额")


@dataclass(frozen=True, slots=True)
class Relier:
    """A part of a disclosure that relies on policy documents.

    ``target`` is where a link to it leads, ``rows`` are the rows of tables that print the
    same money.  Two reliers of one agency and year with one ``money_key`` are one amount;
    ``None`` where no money rests.  ``fen`` is ``None`` where no amount is decided.
    """

    kind: RelierKind
    name: str
    target: Target
    rows: tuple[Target, ...] = ()
    money_key: str | None = None
    fen: int | None = None


@dataclass(frozen=True, slots=True)
class Reliance:
    """That ``relier`` (an index) relies on a number; ``places`` are where it is printed."""

    normal: str
    relier: int
    places: tuple[Target, ...]
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reliances:
    """All reliances of one disclosure, in printed order."""

    reliers: tuple[Relier, ...] = ()
    reliances: tuple[Reliance, ...] = ()


@dataclass(slots=True)
class _Gathered:
    places: dict[Target, None] = field(default_factory=dict)
    titles: dict[str, None] = field(default_factory=dict)


def reliances_of(
    citations: Sequence[Citation],
    projects: Sequence[Project],
    tables: Sequence[Table],
    indicators: Sequence[Indicator],
    headings: dict[str, str],
) -> Reliances:
    """The reliances of a disclosure; ``headings`` are those of its sections by id."""
    numbered = [citation for citation in citations if citation.normal]
    if not numbered:
        return Reliances()
    parts = _Parts(projects, tables, indicators, headings)
    reliers: dict[Relier, int] = {}
    gathered: dict[tuple[int, str], _Gathered] = defaultdict(_Gathered)
    for citation in numbered:
        relier = parts.relier(citation.target)
        index = reliers.setdefault(relier, len(reliers))
        found = gathered[index, citation.normal or ""]
        found.places[citation.target] = None
        if citation.title:
            found.titles[citation.title] = None
    return Reliances(
        tuple(reliers),
        tuple(
            Reliance(normal, index, tuple(found.places), tuple(found.titles))
            for (index, normal), found in gathered.items()
        ),
    )


class _Parts:
    """The parts of a disclosure by what links them: ids, tables of projects, names."""

    def __init__(
        self,
        projects: Sequence[Project],
        tables: Sequence[Table],
        indicators: Sequence[Indicator],
        headings: dict[str, str],
    ) -> None:
        self._headings = headings
        self._tables = {table.id: table for table in tables}
        self._rows = {(table.id, row.id): row for table in tables for row in table.rows}
        self._of_goals = _projects_of_tables(tables, indicators)
        self._rows_named = _rows_by_project(tables)
        self._reliers = dict(zip((p.id for p in projects), self._told(projects), strict=True))
        self._by_key: dict[str, Relier] = {}
        for relier in self._reliers.values():
            self._by_key.setdefault(project_key(relier.name), relier)

    def relier(self, target: Target) -> Relier:
        """The part that relies on a number that stands at ``target``."""
        if target.kind == "project" and target.id in self._reliers:
            return self._reliers[target.id]
        table = self._tables.get(target.id) if target.kind in ("table", "row") else None
        if table is None:
            return Relier("section", self._headings.get(target.id) or "正文", target)
        row = self._rows.get((table.id, target.row or ""))
        name = (row.project if row else None) or self._of_goals.get(table.id)
        if name:
            return self._of_project(name, target)
        if row is None:
            return Relier("table", table_name(table), target)
        label = row.label or row.code or row.id
        if table.id in self._of_goals:
            return Relier("indicator", label, target)
        fen = _total(table, row) if row.role == "item" else None
        key = project_key(label) if fen is not None else None
        return Relier("row", label, target, (), key, fen)

    def _told(self, projects: Sequence[Project]) -> list[Relier]:
        """The projects of the chapter; two of one name are two, their rows undecided."""
        met: Counter[str] = Counter()
        names = Counter(project_key(project.name) for project in projects)
        others = {key: rows for key, rows in self._rows_named.items() if key not in names}
        reliers = []
        for project in projects:
            key = project_key(project.name)
            met[key] += 1
            rows = self._rows_named.get(key, []) if names[key] == 1 else []
            rows = rows or _alike(project, others)
            fen = project.amount_fen if project.amount_fen is not None else _sum(rows)
            ordinal = f"~{met[key]}" if met[key] > 1 else ""
            targets = tuple(Target("row", table.id, row.id) for table, row in rows)
            reliers.append(
                Relier("project", project.name, Target("project", project.id), targets,
                       key + ordinal, _sane(fen))
            )  # fmt: skip
        return reliers

    def _of_project(self, name: str, target: Target) -> Relier:
        """The project of that name: of the chapter, else of the tables alone."""
        key = project_key(name)
        if key in self._by_key:
            return self._by_key[key]
        rows = self._rows_named.get(key, [])
        fen = _sane(_sum(rows))
        for told in self._reliers.values():
            if fen is not None and told.fen == fen and alike_projects(told.name, name):
                return told
        targets = tuple(Target("row", table.id, row.id) for table, row in rows)
        return Relier("row", name, targets[0] if targets else target, targets, key, fen)


def _alike(project: Project, others: dict[str, list[tuple[Table, Row]]]) -> list[tuple[Table, Row]]:
    """Rows of a project that the chapter calls a little otherwise, with the same amount."""
    found = [
        rows
        for rows in others.values()
        if project.amount_fen is not None
        and _sum(rows) == project.amount_fen
        and alike_projects(project.name, rows[0][1].project or "")
    ]
    return found[0] if len(found) == 1 else []


def _projects_of_tables(
    tables: Sequence[Table], indicators: Iterable[Indicator]
) -> dict[str, str | None]:
    """For each 绩效目标表 its project; ``None`` for that of a whole department."""
    found: dict[str, set[str | None]] = defaultdict(set)
    for indicator in indicators:
        found[indicator.table].add(indicator.project)
    goals = {table.id: project_of(table) for table in tables if table.id in found}
    return {
        table: next(iter(names)) if len(names) == 1 else goals.get(table)
        for table, names in found.items()
    }


def _rows_by_project(tables: Iterable[Table]) -> dict[str, list[tuple[Table, Row]]]:
    """The rows that name a project, by its key; only those of the first table that has it."""
    found: dict[str, list[tuple[Table, Row]]] = defaultdict(list)
    for table in tables:
        for row in table.rows:
            if not row.project or row.role != "item":
                continue
            rows = found[project_key(row.project)]
            if not rows or rows[0][0] is table:
                rows.append((table, row))
    return found


def _sum(rows: Sequence[tuple[Table, Row]]) -> int | None:
    """What the rows of a project amount to; ``None`` unless each of them says it."""
    totals = [_total(table, row) for table, row in rows]
    known = [fen for fen in totals if fen is not None]
    return sum(known) if known and len(known) == len(totals) else None


def _total(table: Table, row: Row) -> int | None:
    """The figure in the row's first total column, or its only one; never a doubtful one."""
    figures = [cell for cell in row.cells if cell.fen is not None]
    for cell in figures:
        path = table.columns[cell.column].path if cell.column < len(table.columns) else ()
        if "".join(path).endswith(_TOTAL_COLUMNS):
            return _sane(cell.fen) if cell.certain else None
    only = figures[0] if len(figures) == 1 and figures[0].certain else None
    return _sane(only.fen) if only else None


def _sane(fen: int | None) -> int | None:
    return fen if fen is not None and abs(fen) <= LARGEST_PROJECT_FEN else None
