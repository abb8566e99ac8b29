"""Sections to projects: the 项目支出情况说明 chapter and the 经费情况说明 of one project.

Two kinds are printed.  Xinjiang lists its projects in one chapter, each begun by
``（一）项目名称：…`` and told in lines ``field：text`` that may run over paragraphs.
Shanghai gives each project a chapter of its own, ``…专项经费情况说明``, whose numbered
headings (二、立项依据) are the fields.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from archive.addresses import distinct, slug
from archive.model import Allocation, Project, Section
from archive.spacing import close_up
from indexer.projects.allocations import allocations_below_whole, allocations_in
from indexer.projects.fields import (
    FieldLine,
    agency_in,
    amount_in,
    citations_in,
    clean,
    field_heading,
    field_line,
    lines_of,
    people_in,
    period_in,
)
from indexer.witnesses import is_date

_CHAPTER_LEVEL = 2
_FEWEST_FIELDS = 2
_CLOSED = "。；;：:！？!?"
_ACCOUNT = re.compile(r"(?P<name>.*?)(?:项目)?(?:经费)(?:支出)?(?:使用)?情况的?说明")
_NO_NAME = ("", "项目", "专项", "本项目")
_PLAIN_NAMES = (
    re.compile(r"(?:项目名称|本项目(?:名称)?)(?:为|是|：|:)[“”\"]?(?P<name>[^，。；：“”\"]{3,40})"),
    re.compile(
        r"由[^，。；]{2,40}?(?:建设|实施|承担|负责|组织|开展)的(?P<name>[^，。；]{3,40}?(?:工程|项目))(?=[，。；])"
    ),
)


@dataclass(slots=True)
class _Draft:
    """A project as it is read; ``limit`` is the level of headings that end it, ``told`` the
    ids of the sections that tell of it."""

    section: Section
    limit: int
    name: str
    fields: list[tuple[str, str, str]] = field(default_factory=list)
    told: set[str] = field(default_factory=set)

    def begin(self, line: FieldLine) -> None:
        self.fields.append((line.field, line.printed, line.text))

    def go_on(self, paragraph: str) -> None:
        if paragraph.strip() and self.fields:
            kind, printed, text = self.fields[-1]
            self.fields[-1] = (kind, printed, _joined(text, paragraph.strip()))

    def text(self, kind: str) -> str | None:
        return next((text for found, _, text in self.fields if found == kind), None)


def to_projects(sections: Sequence[Section]) -> list[Project]:
    """The projects that the sections tell of, in printed order."""
    order = {section.id: index for index, section in enumerate(sections)}
    accounts = [draft for draft in _accounts(sections) if len(draft.fields) >= _FEWEST_FIELDS]
    taken = {identifier for draft in accounts for identifier in draft.told}
    others = _listed([section for section in sections if section.id not in taken])
    listed = [draft for draft in others if len(draft.fields) >= _FEWEST_FIELDS]
    told = sorted([*accounts, *listed], key=lambda draft: order[draft.section.id])
    ids = distinct(slug(draft.name) for draft in told)
    return [_project(draft, identifier) for draft, identifier in zip(told, ids, strict=True)]


def _listed(sections: Sequence[Section]) -> list[_Draft]:
    """The projects of a chapter that lists them, each begun by 项目名称."""
    drafts: list[_Draft] = []
    current: _Draft | None = None
    for section in sections:
        begun = field_line(section.heading) or (current and field_heading(section.heading))
        if begun and begun.field == "name":
            current = _Draft(section, section.level, clean(begun.text) or "")
            current.begin(begun)
            drafts.append(current)
        elif current and section.level <= current.limit and not begun:
            current = None
        elif current and begun:
            current.begin(begun)
        elif current:
            current.go_on(section.heading)
        for line in _unsigned(lines_of(section.text)):
            named = field_line(line)
            if named and named.field == "name" and not _names_again(current, named):
                limit = max(section.level, _CHAPTER_LEVEL) if not begun else section.level
                current = _Draft(section, limit, clean(named.text) or "")
                drafts.append(current)
            if current:
                _take_line(current, line)
    return drafts


def _names_again(draft: _Draft | None, line: FieldLine) -> bool:
    """Whether a project with nothing but its name is named again (项目一：…, 项目名称：…)."""
    alone = draft is not None and all(kind == "name" for kind, _, _ in draft.fields)
    return alone and draft is not None and draft.name == (clean(line.text) or "")


def _unsigned(lines: Sequence[str]) -> list[str]:
    """The lines up to the signature and the date that close a disclosure, if they do."""
    for index, line in enumerate(lines):
        if is_date(line) and not any(map(field_line, lines[index:])):
            above = index > 0 and field_line(lines[index - 1]) is None
            signed = above and not lines[index - 1].rstrip().endswith(tuple(_CLOSED))
            return list(lines[: index - signed])
    return list(lines)


def _take_line(draft: _Draft, line: str) -> None:
    begun = field_line(line)
    if begun and draft.fields and begun.field == "name" and _names_again(draft, begun):
        return
    if begun:
        draft.begin(begun)
    else:
        draft.go_on(line)


def _accounts(sections: Sequence[Section]) -> list[_Draft]:
    """The projects that have a chapter of their own, with the fields as headings."""
    drafts: list[_Draft] = []
    current: _Draft | None = None
    level = 0
    for index, section in enumerate(sections):
        begun = field_heading(section.heading)
        if begun and (current is None or current.text(begun.field) is not None):
            current = _account_before(sections, index)
            level = section.level
            drafts += [current] if current else []
        if current is None:
            continue
        if begun:
            current.begin(begun)
        elif section.level > level:
            current.go_on(section.heading)
        else:
            current = None
            continue
        current.told.add(section.id)
        for line in lines_of(section.text):
            if not _is_account_title(line):
                current.go_on(line)
    for draft in drafts:
        draft.name = _account_name(draft)
    return drafts


def _account_before(sections: Sequence[Section], index: int) -> _Draft | None:
    """The chapter whose first field heading is at ``index``; its title stands right before,
    as a heading or as the last line of the text there."""
    if index == 0:
        return None
    section = sections[index - 1]
    last = section.text.rstrip().rpartition("\n")[2]
    title = last if last.strip() else section.heading
    if not _is_account_title(title):
        return None
    return _Draft(section, section.level, close_up(title))


def _is_account_title(text: str) -> bool:
    return _ACCOUNT.fullmatch(re.sub(r"\s", "", text)) is not None


def _account_name(draft: _Draft) -> str:
    """The title without 经费情况说明; where that says nothing, a name the text states."""
    match = _ACCOUNT.fullmatch(close_up(draft.name))
    name = match["name"].strip() if match else draft.name
    if stated_name := clean(draft.text("name")):
        return stated_name
    if name not in _NO_NAME:
        return name
    for _, _, text in draft.fields:
        for pattern in _PLAIN_NAMES:
            if stated := pattern.search(close_up(text)):
                return stated["name"]
    return draft.name


def _project(draft: _Draft, identifier: str) -> Project:
    amount = amount_in(draft.text("amount"))
    basis = draft.text("basis")
    return Project(
        id=identifier,
        name=draft.name,
        amount_fen=amount.fen,
        amount_printed=amount.printed,
        agency=agency_in(draft.text("agency")),
        period=period_in(draft.text("period")),
        basis=basis,
        people=people_in(draft.text("people")),
        citations=citations_in(basis),
        fields=tuple((printed, text) for _, printed, text in draft.fields),
        allocations=_allocations(draft),
        section=draft.section.id,
        place=draft.section.place,
    )


def _allocations(draft: _Draft) -> tuple[Allocation, ...]:
    """The parts that 资金分配情况 names, or the amount's own field where that is not printed."""
    stated = draft.text("allocation")
    if stated is None:
        return allocations_below_whole(draft.text("amount"))
    return allocations_in(stated)


def _joined(text: str, paragraph: str) -> str:
    """A further paragraph: a line of its own, unless the one before was cut in mid-sentence."""
    if not text:
        return paragraph
    return f"{text}\n{paragraph}" if text[-1] in _CLOSED else text + paragraph
