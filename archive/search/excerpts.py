"""The line of a disclosure that shows why it matches, and the address of its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from archive.addresses import column_ids, document_path, row_path, section_path, table_path
from archive.model import Document, Table
from archive.search.places import HitPlace
from archive.search.prose import Line, Told
from archive.search.snippets import Snippet, best_line, snippet
from archive.search.sought import Wanted
from archive.segment import loosened


@dataclass(frozen=True, slots=True)
class Excerpt:
    """``url`` opens the place that the snippet is from."""

    snippet: Snippet
    url: str


def excerpt(
    asked: Wanted,
    document: Document,
    told: Sequence[Told],
    places: Sequence[HitPlace],
    tables: Callable[[], Sequence[Table]],
) -> Excerpt:
    """The line of prose that holds most of what is asked for, else the best place's label,
    else the table cell; ``tables`` are read only for that."""
    texts = (*asked.words_inside(document), *asked.exact, *asked.near)
    line = _best_of(told, texts)
    if line is not None:
        url = section_path(document, line.section)
        return Excerpt(snippet(line.printed, texts), url)
    if places:
        return Excerpt(snippet(places[0].label, texts), places[0].url)
    printed = _firsts(_printed(document, tables())) if texts else {}
    cell = best_line(printed, texts)
    if cell is not None:
        return Excerpt(snippet(cell, texts), printed[cell])
    first = next(_lines(told), None)
    shown = first.printed if first else document.title
    return Excerpt(snippet(shown, texts), document_path(document))


def _firsts(lines: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Of equal lines the first."""
    found: dict[str, str] = {}
    for line, url in lines:
        found.setdefault(line, url)
    return found


def _best_of(told: Sequence[Told], texts: Sequence[str]) -> Line | None:
    """The first of the lines that hold most of the texts; sections whose heading speaks of
    them come first, and headings themselves last, which say less."""
    wanted = [text for text in map(loosened, texts) if text]

    def held(text: str) -> int:
        return sum(len(one) for one in wanted if one in text)

    speaking = sorted(told, key=lambda one: not held(one.heading.loose))
    best, most, all_of_them = None, 0, sum(map(len, wanted))
    for section in speaking:
        if most < all_of_them and held(section.text) > most:
            for line in section.lines:
                if (holding := held(line.loose)) > most:
                    best, most = line, holding
                    if most == all_of_them:
                        break
    for section in speaking:
        if held(section.heading.loose) > most:
            best, most = section.heading, held(section.heading.loose)
    return best


def _lines(told: Sequence[Told]) -> Iterator[Line]:
    return (line for one in told for line in one.lines)


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
