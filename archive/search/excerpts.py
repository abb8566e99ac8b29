"""The line of a disclosure that shows why it matches, and the address of its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from archive.addresses import column_ids, document_path, row_path, section_path, table_path
from archive.model import Document, Section, Table
from archive.search.places import HitPlace
from archive.search.snippets import Snippet, best_line, snippet
from archive.search.sought import Wanted


@dataclass(frozen=True, slots=True)
class Excerpt:
    """``url`` opens the place that the snippet is from."""

    snippet: Snippet
    url: str


def excerpt(
    asked: Wanted,
    document: Document,
    sections: Sequence[Section],
    places: Sequence[HitPlace],
    tables: Callable[[], Sequence[Table]],
) -> Excerpt:
    """The line of prose that holds most of what is asked for, else the best place's label,
    else the table cell; ``tables`` are read only for that."""
    texts = (*asked.words_inside(document), *asked.exact, *asked.near)
    prose = _firsts(_lines(document, _told_first(sections, texts)))
    line = best_line(prose, texts)
    if line is not None:
        return Excerpt(snippet(line, texts), prose[line])
    if places:
        return Excerpt(snippet(places[0].label, texts), places[0].url)
    printed = _firsts(_printed(document, tables())) if texts else {}
    line = best_line(printed, texts)
    if line is not None:
        return Excerpt(snippet(line, texts), printed[line])
    return Excerpt(snippet(next(iter(prose), document.title), texts), document_path(document))


def _firsts(lines: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Of equal lines the first."""
    found: dict[str, str] = {}
    for line, url in lines:
        found.setdefault(line, url)
    return found


def _told_first(sections: Sequence[Section], texts: Sequence[str]) -> list[Section]:
    """Those first whose heading speaks of what is asked for."""
    return sorted(sections, key=lambda section: best_line([section.heading], texts) is None)


def _lines(document: Document, sections: Sequence[Section]) -> Iterator[tuple[str, str]]:
    """Every paragraph, then every heading, which says less, each with its address."""
    urls = {section.id: section_path(document, section.id) for section in sections}
    for section in sections:
        for line in filter(str.strip, section.text.split("\n")):
            yield line, urls[section.id]
    for section in sections:
        if section.heading.strip():
            yield section.heading, urls[section.id]


def _printed(document: Document, tables: Sequence[Table]) -> Iterator[tuple[str, str]]:
    """Every cell, header and note of the tables, each with its address."""
    for table in tables:
        ids = column_ids(column.path for column in table.columns)
        for row in table.rows:
            for cell in row.cells:
                yield cell.printed, row_path(document, table.id, row.id, ids[cell.column])
        url = table_path(document, table.id)
        yield from ((head, url) for column in table.columns for head in column.path)
        yield from ((line, url) for note in table.notes for line in note.split("\n"))
