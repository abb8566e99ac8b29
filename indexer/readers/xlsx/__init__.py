"""XLSX to pages: a page a sheet, figures as Excel prints them, captions told from tables."""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass, replace

from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from archive.errors import LimitExceeded, UnreadableFile
from archive.model import Place
from indexer.pages import Grid, Line, Page, Pages
from indexer.readers.guards import DAMAGE, Package, check_memory, open_package, rebuilt
from indexer.readers.regions import split
from indexer.readers.xlsx.sheet import sheet_grid, sheet_texts

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_CELLS = 1_000_000
"""The most cells, filled or merged, that all sheets of a workbook may have."""

_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]+\d+:[A-Z]+\d+)\"")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml$")
_EMPTY_SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<sheetData/></worksheet>"
)
_EMPTY_PART = {"xl/styles.xml": b'<styleSheet xmlns="http://schemas.openxmlformats.org/'
               b'spreadsheetml/2006/main"/>'}  # fmt: skip
_AUTOMATIC_NAME = re.compile(r"(?:sheet|工作表|表)\s*\d*(?:\s*\(\d+\))?$", re.I)
_FAULTS = (
    *DAMAGE,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    SyntaxError,
    etree.XMLSyntaxError,
)
"""What openpyxl raises on a broken workbook, of which it has no error of its own."""


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook with its formulas, and again with the results that were saved for them."""

    formulas: Workbook
    results: Workbook
    problem: str | None


def read_xlsx(data: bytes, name: str) -> Pages:
    """Read an XLSX; raises UnreadableFile when no sheet can be read."""
    package = open_package(data, name)
    _check_cells(package, name)
    book = _open(package, name)
    pages = [
        _page(number, sheet, book) for number, sheet in enumerate(book.formulas.worksheets, start=1)
    ]
    if not any(page.items for page in pages):
        raise UnreadableFile(f"{name}：工作簿里没有可读取的内容，请核对原件。")
    if book.problem:
        first = pages[0]
        told = "".join(filter(None, (book.problem, first.problem)))
        pages[0] = replace(first, problem=told)
    title = (book.formulas.properties.title or "").strip()
    return Pages(MEDIA_TYPE, tuple(pages), title=title or None)


def open_book(data: bytes) -> Book:
    """The workbook itself; raises UnreadableFile like :func:`read_xlsx`."""
    package = open_package(data, "工作簿")
    _check_cells(package, "工作簿")
    return _open(package, "工作簿")


def _check_cells(package: Package, name: str) -> None:
    """Refuse sheets that openpyxl would blow up: it makes a cell for each that is merged."""
    cells = 0
    for part in package.names:
        if _SHEET_PART.match(part) and part not in package.damaged:
            source = package.read(part)
            cells += sum(1 for _ in _CELL.finditer(source))
            cells += sum(_area(match[1].decode("ascii")) for match in _MERGE.finditer(source))
    if cells > MAX_CELLS:
        raise LimitExceeded(
            f"{name}：工作表共有 {cells} 个单元格，超过上限 {MAX_CELLS}，未读取；"
            "请删去表外的格式与合并单元格后再导入。"
        )


def _area(reference: str) -> int:
    left, top, right, low = _bounds(reference)
    return (right - left + 1) * (low - top + 1)


def _open(package: Package, name: str) -> Book:
    """Open the workbook; where that fails, once more with its broken parts emptied."""
    try:
        return _book(package.data, package, None)
    except _FAULTS as error:
        check_memory(error)
        broken = [part for part in package.names if _is_broken(package, part)]
    try:
        empty = {part: _EMPTY_PART.get(part, _EMPTY_SHEET) for part in broken}
        problem = f"文件内的部件已损坏，其内容未读出：{'、'.join(broken)}。" if broken else None
        return _book(rebuilt(package, empty), package, problem)
    except _FAULTS as error:
        check_memory(error)
        raise UnreadableFile(
            f"{name}：工作簿已损坏，无法打开，请用 WPS 或 Excel 修复并另存后再导入。"
        ) from error


def _book(data: bytes, package: Package, problem: str | None) -> Book:
    formulas = _load(data)
    sheets = [part for part in package.names if _SHEET_PART.match(part)]
    computed = any(
        part not in package.damaged and _FORMULA.search(package.read(part)) for part in sheets
    )
    return Book(formulas, _load(data, results=True) if computed else formulas, problem)


def _load(data: bytes, *, results: bool = False) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of features that are no content
        return load_workbook(io.BytesIO(data), data_only=results)


def _is_broken(package: Package, part: str) -> bool:
    if part in package.damaged:
        return True
    if not part.endswith(".xml"):
        return False
    try:
        etree.fromstring(package.read(part), etree.XMLParser(resolve_entities=False))
    except (etree.XMLSyntaxError, ValueError) as error:
        check_memory(error)
        return True
    return False


def _page(number: int, sheet: Worksheet, book: Book) -> Page:
    if sheet.sheet_state != "visible":
        problem = f"隐藏的工作表“{sheet.title}”未读取。" if sheet_texts(sheet) else None
        return Page(number, (), problem)
    problems: list[str] = []
    grid = sheet_grid(sheet, book.results[sheet.title], problems)
    items = [] if grid is None else [_placed(item, sheet.title) for item in split(grid)]
    if items and isinstance(items[0], Grid) and not _AUTOMATIC_NAME.match(sheet.title):
        items.insert(0, Line(sheet.title, Place(path=sheet.title), new_paragraph=True))
    return Page(number, tuple(items), "".join(problems) or None)


def _placed(item: Line | Grid, title: str) -> Line | Grid:
    """A grid with the range of its cells as its place, and without the columns outside it."""
    if isinstance(item, Line) or not item.cells:
        return item
    first = min(cell.column for cell in item.cells)
    cells = tuple(replace(cell, column=cell.column - first) for cell in item.cells)
    width = max(cell.column + cell.column_span for cell in cells)
    item = replace(item, columns=width, cells=cells)
    bounds = [_bounds((cell.place.path or "").rpartition("!")[2]) for cell in item.cells]
    left, top, right, low = zip(*bounds, strict=True)
    corner = f"{get_column_letter(min(left))}{min(top)}"
    opposite = f"{get_column_letter(max(right))}{max(low)}"
    return replace(item, place=Place(path=f"{title}!{corner}:{opposite}"))


def _bounds(reference: str) -> tuple[int, int, int, int]:
    left, top, right, low = range_boundaries(reference)
    return int(left or 0), int(top or 0), int(right or 0), int(low or 0)
