"""Documents in the traditional script: read as simplified, kept as printed.

The words that the stages know are simplified.  A document in the traditional script is
given to them character by character in the simplified one, and what they make of it gets
back the characters that are printed.  The agency's name, the units and the forms stay
simplified: they are names of the archive's own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from archive.model import Citation, Disclosure, Indicator, Project, Section, Table
from archive.script import simplified_forms
from indexer.pages import Grid, Line, Page, Pages

TRADITIONAL_SHARE = 0.1
"""From this share of letters with another simplified form a document is traditional; a
simplified one has hardly any, a traditional one a quarter."""


def is_traditional(pages: Pages) -> bool:
    """Whether a file is printed in the traditional script."""
    letters = Counter("".join(_texts(pages)))
    han = sum(count for letter, count in letters.items() if "一" <= letter <= "鿿")
    forms = simplified_forms()
    traditional = sum(count for letter, count in letters.items() if ord(letter) in forms)
    return han > 0 and traditional >= TRADITIONAL_SHARE * han


def simplified(pages: Pages) -> Pages:
    """The same pages in the simplified script, letter for letter."""
    table = simplified_forms()
    title = pages.title and pages.title.translate(table)
    return replace(pages, title=title, pages=tuple(_page(page, table) for page in pages.pages))


def as_printed(disclosure: Disclosure, printed: Pages) -> Disclosure:
    """What was read from the simplified pages, in the letters of the printed ones."""
    back = _Printed(printed)
    return replace(
        disclosure,
        document=replace(disclosure.document, title=back(disclosure.document.title)),
        sections=tuple(_section(section, back) for section in disclosure.sections),
        tables=tuple(_table(table, back) for table in disclosure.tables),
        projects=tuple(_project(project, back) for project in disclosure.projects),
        indicators=tuple(_indicator(indicator, back) for indicator in disclosure.indicators),
        citations=tuple(_citation(citation, back) for citation in disclosure.citations),
        contents=tuple(replace(e, text=back(e.text)) for e in disclosure.contents),
    )


class _Printed:
    """Gives simplified text the letters that its document prints."""

    def __init__(self, pages: Pages) -> None:
        self._text = "".join("".join(text.split()) for text in _texts(pages))
        self._simplified = self._text.translate(simplified_forms())
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for plain, printed in zip(self._simplified, self._text, strict=True):
            counts[plain][printed] += 1
        self._known: dict[str, str] = {}
        self._usual = {ord(plain): each.most_common(1)[0][0] for plain, each in counts.items()}

    def __call__(self, text: str) -> str:
        """The text as it stands in the document, else letter by letter as usual there."""
        if text not in self._known:
            self._known[text] = self._restored(text)
        return self._known[text]

    def _restored(self, text: str) -> str:
        tight = "".join(text.split())
        at = self._simplified.find(tight)
        if at < 0:
            return text.translate(self._usual)
        letters = iter(self._text[at : at + len(tight)])
        return "".join(letter if letter.isspace() else next(letters) for letter in text)

    def maybe(self, text: str | None) -> str | None:
        """The same for a text that may be missing."""
        return None if text is None else self(text)


def _section(section: Section, back: _Printed) -> Section:
    text = "\n".join(map(back, section.text.split("\n")))
    return replace(section, heading=back(section.heading), text=text)


def _table(table: Table, back: _Printed) -> Table:
    return replace(
        table,
        title=back(table.title),
        columns=tuple(replace(c, path=tuple(map(back, c.path))) for c in table.columns),
        rows=tuple(
            replace(
                row,
                label=back(row.label),
                project=back.maybe(row.project),
                cells=tuple(replace(cell, printed=back(cell.printed)) for cell in row.cells),
            )
            for row in table.rows
        ),
        notes=tuple(map(back, table.notes)),
    )


def _project(project: Project, back: _Printed) -> Project:
    return replace(
        project,
        name=back(project.name),
        amount_printed=back.maybe(project.amount_printed),
        agency=back.maybe(project.agency),
        period=back.maybe(project.period),
        basis=back.maybe(project.basis),
        fields=tuple((back(name), back(text)) for name, text in project.fields),
    )


def _indicator(indicator: Indicator, back: _Printed) -> Indicator:
    return replace(
        indicator,
        project=back.maybe(indicator.project),
        level1=back(indicator.level1),
        level2=back(indicator.level2),
        name=back(indicator.name),
        value=back(indicator.value),
        unit=back.maybe(indicator.unit),
        basis=back.maybe(indicator.basis),
    )


def _citation(citation: Citation, back: _Printed) -> Citation:
    return replace(citation, printed=back(citation.printed), title=back.maybe(citation.title))


def _page(page: Page, table: dict[int, str]) -> Page:
    return replace(page, items=tuple(_item(item, table) for item in page.items))


def _item(item: Line | Grid, table: dict[int, str]) -> Line | Grid:
    if isinstance(item, Line):
        return replace(item, text=item.text.translate(table))
    cells = tuple(replace(cell, text=cell.text.translate(table)) for cell in item.cells)
    return replace(item, cells=cells)


def _texts(pages: Pages) -> Iterator[str]:
    for page in pages.pages:
        for item in page.items:
            if isinstance(item, Line):
                yield item.text
            else:
                yield from (cell.text for cell in item.cells)
