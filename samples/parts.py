"""The parts that a sample disclosure is composed of; each format renders these."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 0 is the title on the cover."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Head:
    """A header cell with its spans."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class TablePart:
    """A captioned table; ``rows`` have one text per column, blank where nothing is printed."""

    caption: tuple[str, ...]
    header: tuple[tuple[Head, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return sum(head.columns for head in self.header[0])


Part = Heading | Paragraph | TablePart


def placed(header: tuple[tuple[Head, ...], ...]) -> list[tuple[int, int, Head]]:
    """Each header cell with the row and column of its top left corner."""
    taken: set[tuple[int, int]] = set()
    result = []
    for row, heads in enumerate(header):
        column = 0
        for head in heads:
            while (row, column) in taken:
                column += 1
            result.append((row, column, head))
            taken |= {
                (row + down, column + right)
                for down in range(head.rows)
                for right in range(head.columns)
            }
            column += head.columns
    return result
