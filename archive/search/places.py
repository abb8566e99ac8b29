"""The places in a disclosure that match best: rows, projects, tables, sections.

What contains more of the words is better; a row or project is better than a table, a
table better than a section; a short label better than a long one around the same words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from heapq import merge
from typing import TypeVar

from archive.addresses import project_path, row_path, section_path, table_path
from archive.model import Document, TargetKind
from archive.search.prose import Told
from archive.search.sought import Wanted, worth
from archive.search.worthy_rows import WorthyRows
from archive.segment import loosened
from archive.store.lookup import (
    FoundCitation,
    FoundProject,
    FoundRow,
    FoundTable,
    Lookup,
    table_number,
)

MOST_PLACES = 5
MOST_OF_KIND = {"row": 3, "project": 2, "table": 2, "section": 2}
_WORTH = {"project": 4.0, "table": 2.0, "section": 1.0}
_WORTH_IN_TEXT = 0.5
_WORTH_OF_CITATION = 20.0
_WORTH_OF_NEAR_CITATION = 10.0
_WORTH_OF_CONDITION = 3.0
_TOTAL_COLUMNS = ("合计", "总计", "小计", "总额", "金额")
_REMEMBERED = 5_000
_CHAPTER = ("section", "project")

Found = TypeVar("Found", FoundProject, FoundTable, FoundCitation)


@dataclass(frozen=True, slots=True)
class HitPlace:
    """A place of a hit.

    ``id`` is that of the row, project, table or section; ``table`` that of the row's
    table; ``near`` the document number cited there that is near to the one asked for.
    """

    kind: TargetKind
    id: str
    label: str
    amount_fen: int | None
    url: str
    near: str | None = None
    table: str | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A place that is made only when it is among the best."""

    kind: TargetKind
    place: Callable[[], HitPlace]
    worth: float


class Places:
    """Finds the places of a page of hits with few look-ups for all of them."""

    def __init__(
        self, lookup: Lookup, rows: WorthyRows, wanted: Wanted, documents: Sequence[Document]
    ) -> None:
        self._wanted = wanted
        self._lookup = lookup
        self._rows = rows
        ids = [document.id for document in documents]
        self._tables = _by_document(lookup.tables(ids))
        self._projects = _by_document(lookup.projects(ids))
        self._cited = _by_document(lookup.citations(ids, (*wanted.exact, *wanted.near)))

    def of(self, document: Document, told: Sequence[Told]) -> tuple[HitPlace, ...]:
        """The best places of one of the disclosures, best first."""
        words = [w for w in map(loosened, self._wanted.words_inside(document)) if w]
        tables = {table.key: table for table in self._tables[document.id]}
        others = (
            *self._of_projects(document, words),
            *self._of_tables(document, words),
            *_of_sections(document, words, told),
        )
        cited = sorted(self._of_citations(document, tables, told), key=_order)
        rows = self._of_rows(document, tables)
        return _best(merge(cited, rows, sorted(others, key=_order), key=_order))

    def _of_rows(self, document: Document, tables: dict[int, FoundTable]) -> Iterator[_Candidate]:
        for row in self._rows.of(document):
            place = partial(self._row_place, document, row.key, tables)
            yield _Candidate("row", place, row.worth)

    def _by_amount_alone(self, document: Document) -> bool:
        """Whether an amount is asked for, and beside it only which disclosure it is."""
        return bool(self._wanted.amounts) and not self._wanted.words_beyond(document)

    def _of_projects(self, document: Document, words: Sequence[str]) -> Iterator[_Candidate]:
        by_amount_alone = self._by_amount_alone(document)
        for project in self._projects[document.id]:
            if self._wanted.amounts and not self._asked_for(project.amount_fen):
                continue
            worth = _worth(words, (project.name,)) if words else 0.0
            if by_amount_alone and not worth:
                worth = _WORTH_OF_CONDITION / _WORTH["project"]
            if worth:
                place = partial(_project_place, document, project)
                yield _Candidate("project", place, _WORTH["project"] * worth)

    def _of_tables(self, document: Document, words: Sequence[str]) -> Iterator[_Candidate]:
        for table in self._tables[document.id]:
            label = _table_label(table)
            worth = _WORTH["table"] * _worth(words, (label, table.form or ""))
            worth += _WORTH_OF_CONDITION * any(_is_table(table, t) for t in self._wanted.tables)
            if worth:
                yield _Candidate("table", partial(_table_place, document, table), worth)

    def _of_citations(
        self,
        document: Document,
        tables: dict[int, FoundTable],
        told: Sequence[Told],
    ) -> Iterator[_Candidate]:
        projects = self._projects[document.id]
        for normal in (*self._wanted.exact, *self._wanted.near):
            near = normal in self._wanted.near
            worth = _WORTH_OF_NEAR_CITATION if near else _WORTH_OF_CITATION
            citing = [project for project in projects if normal in project.citations]
            for project in citing:
                place = _marked(_project_place(document, project), normal, near)
                yield _Candidate("project", partial(_as_it_is, place), worth + 1)
            within = {id for project in citing for id in (project.id, project.section)}
            for cited in self._cited[document.id]:
                if cited.normal != normal or (cited.kind in _CHAPTER and cited.target_id in within):
                    continue
                for place in _target_places(document, cited, tables, projects, told):
                    marked = _marked(place, normal, near)
                    yield _Candidate(place.kind, partial(_as_it_is, marked), worth)

    def _fen(self, row: FoundRow) -> int | None:
        """The figure asked for, else that of a total column, else the first certain one."""
        asked = [
            figure
            for figure in row.figures
            if self._asked_for(figure.fen) or self._rows.prints(figure)
        ]
        among = asked or list(row.figures)
        among = [figure for figure in among if figure.certain] or among
        if len(among) < 2:
            return among[0].fen if among else None
        headings = self._lookup.headings(row.table_key)
        for figure in among:
            heading = headings[figure.column] if figure.column < len(headings) else ""
            if loosened(heading).endswith(_TOTAL_COLUMNS):
                return figure.fen
        return among[0].fen

    def _row_place(self, document: Document, key: int, tables: dict[int, FoundTable]) -> HitPlace:
        row = self._rows.known(key)
        return _row_place(document, row, tables[row.table_key], self._fen(row))

    def _asked_for(self, fen: int | None) -> bool:
        return fen is not None and any(
            (amount.low_fen is None or fen >= amount.low_fen)
            and (amount.high_fen is None or fen <= amount.high_fen)
            for amount in self._wanted.amounts
        )


def _by_document(found: Iterable[Found]) -> dict[str, list[Found]]:
    grouped: dict[str, list[Found]] = defaultdict(list)
    for one in found:
        grouped[one.document_id].append(one)
    return grouped


def _order(candidate: _Candidate) -> float:
    return -candidate.worth


def _worth(words: Sequence[str], labels: Sequence[str]) -> float:
    """What the best of the labels is worth."""
    return max(worth(words, _loose(label)) for label in labels)


@lru_cache(maxsize=_REMEMBERED)
def _loose(label: str) -> str:
    """Most disclosures call their tables and projects alike."""
    return loosened(label)


def _is_table(table: FoundTable, asked: str) -> bool:
    number = table_number(asked)
    if number is not None:
        return table.number == number
    return loosened(asked) in loosened(f"{table.title}\n{table.form}")


def _of_sections(
    document: Document, words: Sequence[str], told: Sequence[Told]
) -> Iterator[_Candidate]:
    for one in told:
        worth = _WORTH["section"] * _worth(words, (one.heading.loose,))
        if words:
            held = sum(len(word) for word in words if word in one.text)
            worth = max(worth, _WORTH_IN_TEXT * held / sum(map(len, words)))
        if worth:
            yield _Candidate("section", partial(_section_place, document, one), worth)


def _best(found: Iterable[_Candidate]) -> tuple[HitPlace, ...]:
    """The first few, not too many of one kind, none twice."""
    chosen: list[HitPlace] = []
    urls: set[str] = set()
    kinds: Counter[str] = Counter()
    for candidate in found:
        if kinds[candidate.kind] == MOST_OF_KIND[candidate.kind]:
            continue
        place = candidate.place()
        if place.url in urls:
            continue
        if any(_says_the_same(place, other) for other in chosen):
            continue
        chosen.append(place)
        urls.add(place.url)
        kinds[place.kind] += 1
        if len(chosen) == MOST_PLACES:
            break
    return tuple(chosen)


def _says_the_same(place: HitPlace, other: HitPlace) -> bool:
    """Two rows of one table with one label and one amount tell a reader nothing apart."""
    return place.kind == other.kind == "row" and (place.table, place.label, place.amount_fen) == (
        other.table,
        other.label,
        other.amount_fen,
    )


def _marked(place: HitPlace, normal: str, near: bool) -> HitPlace:
    return replace(place, near=normal) if near else place


def _target_places(
    document: Document,
    cited: FoundCitation,
    tables: dict[int, FoundTable],
    projects: Sequence[FoundProject],
    told: Sequence[Told],
) -> Iterator[HitPlace]:
    """The place that a citation stands in, if it is still there."""
    if cited.kind == "section":
        found = (one for one in told if one.id == cited.target_id)
        yield from (_section_place(document, section) for section in found)
    elif cited.kind == "project":
        citing = (project for project in projects if project.id == cited.target_id)
        yield from (_project_place(document, project) for project in citing)
    else:
        for table in tables.values():
            if table.id == cited.target_id:
                yield _cited_table_place(document, table, cited)


def _as_it_is(place: HitPlace) -> HitPlace:
    return place


def _table_place(document: Document, table: FoundTable) -> HitPlace:
    url = table_path(document, table.id)
    return HitPlace("table", table.id, _table_label(table), None, url)


def _cited_table_place(document: Document, table: FoundTable, cited: FoundCitation) -> HitPlace:
    label, row = _table_label(table), cited.target_row
    if row is None:
        return _table_place(document, table)
    label = f"{label}：{cited.row_label or row}"
    return HitPlace("row", row, label, None, row_path(document, table.id, row), table=table.id)


def _row_place(
    document: Document, row: FoundRow, table: FoundTable, amount_fen: int | None
) -> HitPlace:
    name = row.project or row.label or row.code or row.id
    label = f"{_table_label(table)}：{name}"
    url = row_path(document, table.id, row.id)
    return HitPlace("row", row.id, label, amount_fen, url, table=table.id)


def _project_place(document: Document, project: FoundProject) -> HitPlace:
    url = project_path(document, project.id)
    return HitPlace("project", project.id, project.name, project.amount_fen, url)


def _section_place(document: Document, section: Told) -> HitPlace:
    label = section.heading.printed or "正文"
    return HitPlace("section", section.id, label, None, section_path(document, section.id))


def _table_label(table: FoundTable) -> str:
    if table.number is None or table.title.startswith("表"):
        return table.title
    return f"表{table.number} {table.title}"
