"""All that a disclosure relies on: the document numbers and titles of its parts.

A number points at the narrowest record that holds it: a row of a table, a project when it
stands in one of the project's fields, else the section.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from archive.citations import Mention, find
from archive.model import Citation, Project, Row, Section, Table, Target


def cite(
    sections: Sequence[Section], tables: Sequence[Table], projects: Sequence[Project]
) -> list[Citation]:
    """The citations in printed order, those of tables last; each once for a record."""
    return [*_of_text(sections, projects), *_of_tables(tables)]


def _of_text(sections: Sequence[Section], projects: Sequence[Project]) -> list[Citation]:
    """A section's mentions, without those that the projects told in it have in their fields."""
    begun: dict[str | None, list[Project]] = {}
    for project in projects:
        begun.setdefault(project.section, []).append(project)
    citations: list[Citation] = []
    owned: Counter[str] = Counter()
    for section in sections:
        mine: list[Mention] = []
        for project in begun.get(section.id, ()):
            mentions = _in_fields(project)
            owned.update(_key(mention) for mention in mentions)
            citations += _citations(mentions, Target("project", project.id))
        for mention in (*find(section.heading), *find(section.text)):
            if owned[_key(mention)]:
                owned[_key(mention)] -= 1
            else:
                mine.append(mention)
        citations += _citations(mine, Target("section", section.id))
    return citations


def _in_fields(project: Project) -> list[Mention]:
    return [mention for _, text in project.fields for mention in find(text)]


def _of_tables(tables: Sequence[Table]) -> list[Citation]:
    citations: list[Citation] = []
    for table in tables:
        around = [mention for text in (table.title, *table.notes) for mention in find(text)]
        citations += _citations(around, Target("table", table.id))
        for row in table.rows:
            target = Target("row", table.id, row.id)
            citations += _citations(_in_row(row), target)
    return citations


def _in_row(row: Row) -> list[Mention]:
    printed = [cell.printed for cell in row.cells]
    texts = printed if row.label in printed else [row.label, *printed]
    return [mention for text in texts for mention in find(text)]


def _citations(mentions: Iterable[Mention], target: Target) -> list[Citation]:
    found = (
        Citation(mention.printed, mention.normal, mention.title, target) for mention in mentions
    )
    return list(dict.fromkeys(found))


def _key(mention: Mention) -> str:
    """What a mention prints, blanks and line breaks apart."""
    return re.sub(r"\s", "", mention.printed)
