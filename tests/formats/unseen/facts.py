"""Made-up disclosures as facts: what is printed, and what reading it must give.

A ``.facts`` file has lines of text (``# `` headings, ``---`` a new page) and tables::

    @ 2 | 收入决算表 | 万元 | ccclaa        number, title, unit, what each column holds
    > 收入决算表                            a caption line in the middle
    >> 单位：万元                           … at the right; ``<< 左 || 右`` at both sides
    = 项目>4|本年收入合计^2                  a header row; ``text>3`` spans columns, ``^2`` rows
    ~ 栏次>4|1                              a row that is printed and is no record
    | 201|01|01|行政运行|1,000.00           a row; ``+`` begins a total, ``&`` an agency's row
    ! 注：…                                 a note below
    * 产出指标|数量指标|道路长度|≥3公里       an indicator that the table tells

Columns hold ``c`` codes, ``l`` labels, ``p`` projects, ``a`` amounts, ``t`` other words; ``/``
parts income and expenditure, ``;`` other groups of columns that have rows of their own.  What a
table says is worked out from these marks alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.model import Side
from samples.expected import ExpectedRow, ExpectedTable
from samples.expected import Path as Heads
from tests.formats.laid import Laid, LaidCell
from tests.formats.spans import spanned

_ROLES = {"|": "item", "+": "total", "&": "agency", "~": "", "=": ""}


@dataclass(frozen=True, slots=True)
class Text:
    """A line of running text; ``level`` 0 is no heading."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Caption:
    """A line above a table: what is printed at its left, middle and right."""

    left: str = ""
    middle: str = ""
    right: str = ""


class NewPage:
    """Where a page begins."""


@dataclass(frozen=True, slots=True)
class TableFacts:
    """A table as printed and as it must be read."""

    captions: tuple[Caption, ...]
    laid: Laid
    expected: ExpectedTable
    indicators: tuple[tuple[str, ...], ...] = ()


Part = Text | NewPage | TableFacts


@dataclass(frozen=True, slots=True)
class Facts:
    """A whole disclosure."""

    name: str
    parts: tuple[Part, ...]

    @property
    def tables(self) -> tuple[TableFacts, ...]:
        """Its tables."""
        return tuple(part for part in self.parts if isinstance(part, TableFacts))


def facts(name: str) -> Facts:
    """The made-up disclosure of that name."""
    source = (Path(__file__).parent / f"{name}.facts").read_text(encoding="utf-8")
    return Facts(name, tuple(_parts(source.splitlines())))


def _parts(lines: Sequence[str]) -> Iterator[Part]:
    block: list[str] = []
    for line in [*lines, ""]:
        if line.startswith("@ ") or (block and line.strip()):
            block.append(line)
            continue
        if block:
            yield _table(block)
            block = []
        if line == "---":
            yield NewPage()
        elif line.strip() and not line.startswith("%"):
            level = len(line) - len(line.lstrip("#"))
            yield Text(line[level:].strip() if level else line, level)


def _table(block: Sequence[str]) -> TableFacts:
    number, title, unit, roles, *flags = (part.strip() for part in block[0][2:].split("|"))
    captions = tuple(_caption(line) for line in block[1:] if line[0] in "<>")
    notes = tuple(line[2:] for line in block[1:] if line[0] == "!")
    body = [line for line in block[1:] if line[0] in _ROLES]
    sides = re.split("[/;]", roles)
    width = sum(map(len, sides))
    noted = spanned([line[2:] for line in body])
    cells = [LaidCell(one.row, one.column, one.text, one.high, one.wide) for one in noted]
    assert max(cell.column + cell.columns for cell in cells) == width, title
    header = sum(line[0] == "=" for line in body)
    names: tuple[Side | None, ...] = (None,) * len(sides)
    if "/" in roles:
        names = ("income", "expenditure")
    laid = Laid((), len(body), width, header, tuple(cells), notes)
    columns = _paths(cells, header, width)
    rows = tuple(_rows([line[0] for line in body], cells, list(zip(names, sides, strict=True))))
    expected = ExpectedTable(
        int(number) if number else None, title, unit or None, "empty" in flags, columns, rows
    )
    told = tuple(tuple(line[2:].split("|")) for line in block[1:] if line[0] == "*")
    return TableFacts(captions, laid, expected, told)


def _caption(line: str) -> Caption:
    if line.startswith(">>"):
        return Caption(right=line[2:].strip())
    if line.startswith("<<"):
        left, _, right = line[2:].partition("||")
        return Caption(left=left.strip(), right=right.strip())
    return Caption(middle=line[1:].strip())


def _paths(cells: Sequence[LaidCell], header: int, width: int) -> tuple[Heads, ...]:
    heads = [cell for cell in cells if cell.row < header and cell.text]
    return tuple(
        tuple(
            re.sub(r"\s", "", head.text)
            for head in sorted(heads, key=lambda head: head.row)
            if head.column <= column < head.column + head.columns
        )
        for column in range(width)
    )


def _rows(
    marks: Sequence[str], cells: Sequence[LaidCell], sides: Sequence[tuple[Side | None, str]]
) -> Iterator[ExpectedRow]:
    at = {(c.row + down, c.column): c for c in cells for down in range(c.rows)}
    for row, mark in enumerate(marks):
        if not _ROLES[mark]:
            continue
        groups: list[tuple[Side | None, dict[int, str], str]] = []
        start = 0
        for side, roles in sides:
            covered = range(start, start + len(roles))
            texts = {c: at[row, c].text for c in covered if (row, c) in at}
            held = "".join(roles[c - start] for c in texts)
            if groups and start not in texts and (row, start) not in at:
                groups[-1] = (groups[-1][0], groups[-1][1] | texts, groups[-1][2] + held)
            else:
                groups.append((side, texts, held))
            start += len(roles)
        for side, texts, held in groups:
            if any(texts.values()):
                yield _row(texts, held, side, mark)


def _row(texts: dict[int, str], roles: str, side: Side | None, mark: str) -> ExpectedRow:
    held = dict(zip(texts, roles, strict=True))
    label = "".join(texts[c].strip() for c in texts if held[c] == "l")
    code = "".join(texts[c] for c in texts if held[c] == "c")
    project = next((texts[c] for c in texts if held[c] == "p" and texts[c]), None)
    role = _ROLES[mark]
    if mark == "+" and not label:
        label, code, project = next(text for text in texts.values() if text), "", None
    label = label or project or ""
    if match := re.fullmatch(r"(\d{3,7}) (\D.*)", label):
        code, label = match.groups()
    amounts = {c: texts[c] for c in texts if held[c] == "a" and texts[c].strip()}
    return ExpectedRow(code or None, re.sub(r"[\s　]", "", label), side, role, project, amounts)
