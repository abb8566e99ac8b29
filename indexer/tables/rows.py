"""Printed lines to rows: code, label, project, role and the cells with their amounts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from archive.addresses import distinct, slug
from archive.agencies import key
from archive.amounts import is_figure, to_fen
from archive.fold import fold
from archive.model import Cell, Column, Row, RowRole
from indexer.head_words import BODY_HEAD, is_total
from indexer.lattice import PrintedCell, PrintedLine, squeeze
from indexer.places import union
from indexer.tables.codes import (
    PART,
    Coded,
    is_code_part,
    is_whole,
    joined,
    lone_part,
    split_label,
    split_part,
    split_parts,
)
from indexer.tables.halves import Half
from indexer.tables.titles import unit_in

_ORGANISATION = re.compile(
    r"(?:局|委|委员会|中心|院|校|办|办公室|厅|处|队|站|馆|所|会|厂|办事处|政府|大学|学校|医院|部)"
    r"(?:[（(](?:本级|本部|机关|汇总|单位)[)）])?$"
)
# 收入总 is what a converter leaves of 收入总计.
_CUT_TOTALS = {"收入总": "收入总计", "支出总": "支出总计"}
_NOT_IN_COLUMN = "此格印的不是金额，所在栏存疑"
_AMOUNT_IN_WORDS = "此格印的是数字，而所在栏是编码或名称，所在栏存疑"


@dataclass(frozen=True, slots=True)
class Frame:
    """What the rows of a table share: columns with their units, halves, the discloser."""

    columns: tuple[Column, ...]
    halves: tuple[Half, ...]
    units: tuple[str | None, ...]
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one half of a line says before its row is made."""

    cells: tuple[PrintedCell, ...]
    parts: tuple[tuple[int, str], ...]
    label: str
    project: str | None


def units_of(columns: Sequence[Column], unit: str | None) -> tuple[str | None, ...]:
    """The unit of each column: its own head's (金额（万元）), else the table's."""
    own = [[found for text in reversed(c.path) if (found := unit_in(text))] for c in columns]
    return tuple(units[0] if units else unit for units in own)


def to_rows(lines: Sequence[PrintedLine], frame: Frame) -> tuple[Row, ...]:
    """The rows of a table, the halves of a side-by-side line after each other.

    Ids are made of code, label and project; equal ones are told apart by an ordinal.
    """
    bases = {half: _base(lines, frame, half) for half in frame.halves}
    above: dict[Half, str | None] = {}
    rows: list[Row] = []
    for number, line in enumerate(lines):
        for half, cells in _parted(line, frame.halves):
            reading = _read(cells, frame, half, bases[half])
            coded = _code(reading, above.get(half))
            row = _row(number, reading, coded, frame, half)
            above[half] = None if _lost_code(row, frame, half) else coded.code or above.get(half)
            rows.append(row)
    ids = distinct(row.id for row in rows)
    return tuple(replace(row, id=name) for row, name in zip(rows, ids, strict=True))


def _lost_code(row: Row, frame: Frame, half: Half) -> bool:
    """Whether a row of a table of 类 and 款 prints none, so that those below cannot go on with
    the code above it."""
    if row.code is not None or row.role != "item" or row.label.startswith("其中"):
        return False
    counts = any(cell.fen is not None for cell in row.cells)
    return counts and bool(row.label) and len(roles_of(frame, half, "code")) > 1


def _parted(
    line: PrintedLine, halves: Sequence[Half]
) -> Iterator[tuple[Half, tuple[PrintedCell, ...]]]:
    """The cells of each half that prints any.

    A cell merged over several halves (公用经费合计) takes the rest of them into its own.
    """
    begun: tuple[Half, list[PrintedCell]] | None = None
    reach = -1
    for half in halves:
        cells = [cell for cell in line.cells if cell.column in half.columns]
        if begun is not None and (half.columns.start <= reach or _ends_total(begun[1], cells)):
            begun[1].extend(cells)
        else:
            if begun is not None:
                yield begun[0], tuple(begun[1])
            begun = (half, cells) if cells else None
        reach = max([reach, *(cell.columns[-1] for cell in cells)])
    if begun is not None:
        yield begun[0], tuple(begun[1])


def _ends_total(total: Sequence[PrintedCell], cells: Sequence[PrintedCell]) -> bool:
    """Whether cells without words are the figures of a total whose merged cell is printed
    once: 公用经费合计 reaches up to the last half's figures."""
    is_bare_total = len(total) == 1 and is_total(total[0].text)
    return is_bare_total and bool(cells) and all(is_figure(cell.text) for cell in cells)


def roles_of(frame: Frame, half: Half, role: str) -> list[int]:
    """The columns of a half that have a role."""
    return [column for column in half.columns if frame.columns[column].role == role]


def _base(lines: Iterable[PrintedLine], frame: Frame, half: Half) -> int:
    """How many code columns the converter left blank in front of 类 in this table."""
    codes = roles_of(frame, half, "code")
    at = [
        codes.index(cell.column)
        for line in lines
        for cell in line.cells
        if cell.column in codes and re.fullmatch(r"[1-9]\d{2}", squeeze(cell.text))
    ]
    return min(at, default=0)


def _read(cells: Sequence[PrintedCell], frame: Frame, half: Half, base: int) -> _Reading:
    codes = roles_of(frame, half, "code")
    parts: list[tuple[int, str]] = []
    kept: list[PrintedCell] = []
    label = project = ""
    labels = roles_of(frame, half, "label")
    for cell in cells:
        role = frame.columns[cell.column].role
        text = squeeze(cell.text)
        if role == "code" and is_code_part(text):
            level = max(0, codes.index(cell.column) - base)
            parts.append((level, text))
            kept.append(cell.at(codes[level]))
        elif label and role in ("code", "label") and _is_amount(text):
            kept.append(cell)
        elif role == "label" or (role == "code" and not label):
            # A 合计 merged over codes and name begins in a code column.
            home = labels[0] if labels and role == "code" else cell.column
            label = label + text if label else text
            kept.append(cell.at(home))
        else:
            project = text if role == "project" else project
            kept.append(cell)
    if codes and parts and label and len(parts) < len(codes):
        parts, kept, label = _part_from_label(parts, kept, label, codes, labels)
    elif len(codes) == 1 and len(parts) == 1 and label:
        parts, kept, label = _rest_from_label(parts, kept, label)
    return _Reading(tuple(kept), tuple(parts), label, project or None)


def _is_amount(text: str) -> bool:
    """Whether a text is a figure that cannot be a code: with decimals or thousands."""
    return is_figure(text) and bool(re.search(r"[.,．，]", text))


def _part_from_label(
    parts: list[tuple[int, str]],
    kept: list[PrintedCell],
    label: str,
    codes: Sequence[int],
    labels: Sequence[int],
) -> tuple[list[tuple[int, str]], list[PrintedCell], str]:
    """Give back to its own column a 款 or 项 that slipped into the label: ``04 信息化建设``."""
    part, rest = split_part(label)
    at = next((i for i, cell in enumerate(kept) if cell.column in labels), None)
    if part is None or at is None:
        return parts, kept, label
    level = parts[-1][0] + 1
    if level >= len(codes):
        return parts, kept, label
    cell = kept[at]
    halves = [replace(cell, column=codes[level], text=part), replace(cell, text=rest)]
    return [*parts, (level, part)], [*kept[:at], *halves, *kept[at + 1 :]], rest


def _rest_from_label(
    parts: list[tuple[int, str]], kept: list[PrintedCell], label: str
) -> tuple[list[tuple[int, str]], list[PrintedCell], str]:
    """Give back to the only code column what a text has left in the label: ``208`` ``05 抚恤``."""
    more, rest = split_parts(label)
    level, first = parts[0]
    at = next((i for i, cell in enumerate(kept) if squeeze(cell.text) == label), None)
    if more is None or at is None or not is_whole(first + more):
        return parts, kept, label
    whole = f"{first} {more}"
    cells = [replace(c, text=whole) if squeeze(c.text) == first else c for c in kept[:at]]
    cells = [*cells, replace(kept[at], text=rest), *kept[at + 1 :]]
    return [(level, whole)], cells, rest


def _code(reading: _Reading, above: str | None) -> Coded:
    if len(reading.parts) == 1 and reading.parts[0][0] == 0 and len(reading.parts[0][1]) == PART:
        return lone_part(reading.parts[0][1], above)
    if reading.parts:
        return joined(reading.parts, above)
    return Coded(split_label(reading.label)[0])


def _row(number: int, reading: _Reading, coded: Coded, frame: Frame, half: Half) -> Row:
    label = reading.label
    if not reading.parts:
        label = split_label(label)[1]
    label, displaced = (label, False) if label else _displaced_label(reading, frame)
    label = _CUT_TOTALS.get(label, label)
    role = _role(label or reading.project or "", coded, frame)
    project = reading.project if role == "item" else None
    if not label and not displaced:
        label = reading.project or ""
    cells = tuple(_cell(cell, frame, coded, displaced=displaced) for cell in reading.cells)
    name = slug(coded.code or half.side, project or label)
    return Row(
        id=name or "row",
        line=number,
        code=coded.code,
        label=label,
        cells=tuple(sorted(cells, key=lambda cell: cell.column)),
        side=half.side,
        role=role,
        project=project,
        place=union(cell.place for cell in reading.cells),
    )


def _displaced_label(reading: _Reading, frame: Frame) -> tuple[str, bool]:
    """A label in another column: 合计 in one of words, or any in one of amounts.

    The latter is displaced, because its own column is missing.
    """
    for cell in reading.cells:
        text = squeeze(cell.text)
        role = frame.columns[cell.column].role
        if role == "text" and is_total(text):
            return text, False
        if role == "amount" and re.search(r"[一-鿿]", text):
            return text, True
    return "", False


def _role(label: str, coded: Coded, frame: Frame) -> RowRole:
    if coded.code is None and is_total(label):
        return "total"
    if coded.code is None and label and _names_agency(label, frame):
        return "agency"
    return "item"


def _names_agency(label: str, frame: Frame) -> bool:
    """Whether a row without a code stands for the discloser or a body below it."""
    if frame.agency and key(label) == key(frame.agency):
        return True
    has_amounts = any(column.role == "amount" for column in frame.columns)
    if has_amounts and any(_heads_bodies(column) for column in frame.columns):
        return True
    has_codes = any(column.role == "code" for column in frame.columns)
    return has_codes and bool(_ORGANISATION.search(label))


def _heads_bodies(column: Column) -> bool:
    """Whether a column of labels names agencies: 单位名称."""
    is_label = column.role == "label" and bool(column.path)
    return is_label and BODY_HEAD.search(fold(column.path[-1])) is not None


def _cell(cell: PrintedCell, frame: Frame, coded: Coded, *, displaced: bool) -> Cell:
    role = frame.columns[cell.column].role
    doubt = cell.doubt
    if role == "code" and coded.doubt:
        doubt = doubt or coded.doubt
    fen = to_fen(cell.text, frame.units[cell.column]) if role == "amount" else None
    if displaced and role == "amount":
        doubt = doubt or _NOT_IN_COLUMN
    if role in ("code", "label") and _is_amount(cell.text):
        doubt = doubt or _AMOUNT_IN_WORDS
    return Cell(
        column=cell.column,
        printed=cell.text,
        fen=fen,
        certain=doubt is None,
        doubt=doubt,
        place=cell.place,
    )
