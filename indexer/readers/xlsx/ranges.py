"""Cells of a workbook by the paths that its reader gives: ``Sheet!B5``, ``Sheet!A5:H5``."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.utils.cell import range_boundaries

from indexer.readers.xlsx import open_book
from indexer.readers.xlsx.sheet import sheet_texts

_Texts = Mapping[tuple[int, int], str]


class Ranges:
    """A workbook whose shown texts are asked for by range; sheets are read when asked for."""

    def __init__(self, data: bytes) -> None:
        self._book = open_book(data)
        self._read: dict[str, _Texts] = {}

    def text(self, path: str) -> str:
        """The texts of the cells, a row a line; of a path that is a sheet, its name."""
        if path in self._book.formulas.sheetnames:
            return path
        sheet, _, reference = path.rpartition("!")
        if sheet not in self._book.formulas.sheetnames:
            return ""
        left, top, right, low = (int(bound or 0) for bound in range_boundaries(reference))
        rows: dict[int, list[str]] = {}
        for (row, column), text in self._texts(sheet).items():
            if top <= row <= low and left <= column <= right:
                rows.setdefault(row, []).append(text)
        return "\n".join("\t".join(texts) for texts in rows.values())

    def _texts(self, sheet: str) -> _Texts:
        if sheet not in self._read:
            formulas, results = self._book.formulas[sheet], self._book.results[sheet]
            texts = sheet_texts(formulas, results)
            self._read[sheet] = {(text.row, text.column): text.text for text in texts}
        return self._read[sheet]
