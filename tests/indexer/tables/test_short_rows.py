from __future__ import annotations

import pytest

from archive.model import Column
from indexer.lattice import PrintedCell, PrintedLine
from indexer.tables.short_rows import lengthened


def columns(roles: str, *heads: str) -> list[Column]:
    named = {"c": "code", "l": "label", "p": "project", "t": "text", "a": "amount"}
    tops = heads or ("",) * len(roles)
    return [Column((top,), named[r]) for r, top in zip(roles, tops, strict=True)]  # type: ignore[arg-type]


def line(*texts: str) -> PrintedLine:
    cells = tuple(PrintedCell(at, text) for at, text in enumerate(texts) if text)
    return PrintedLine(cells, 0, len(texts))


def shown(printed: PrintedLine) -> str:
    return " ".join(f"{cell.column}-{cell.columns[-1]}:{cell.text}" for cell in printed.cells)


@pytest.mark.parametrize(
    ("roles", "texts", "expected"),
    [
        pytest.param("claa", ["合计", "9.00", "8.00"], "0-1:合计 2-2:9.00 3-3:8.00", id="total"),
        pytest.param(
            "cccla", ["合计", "9.00"], "0-3:合计 4-4:9.00", id="total over 类款项 and name"
        ),
        pytest.param(
            "cccla", ["2080505", "养老", "9.00"], "0-2:2080505 3-3:养老 4-4:9.00", id="code"
        ),
        pytest.param("tpta", ["合计", "9.00"], "0-2:合计 3-3:9.00", id="total over words"),
        pytest.param(
            "claa", ["合计", "", "9.00", "8.00"], "0-0:合计 2-2:9.00 3-3:8.00", id="whole"
        ),
        pytest.param("cclaa", ["合计", "9.00", "8.00"], "0-2:合计 3-3:9.00 4-4:8.00", id="three"),
        pytest.param("cclaa", ["合计", "9.00"], "0-0:合计 1-1:9.00", id="too short to tell"),
        pytest.param("cla", ["201", "9.00"], "0-0:201 1-1:9.00", id="a code has its own column"),
    ],
)
def test_the_first_cell_takes_what_is_missing(roles: str, texts: list[str], expected: str) -> None:
    assert shown(lengthened([line(*texts)], columns(roles))[0]) == expected


def test_totals_of_groups_stand_over_their_groups() -> None:
    heads = ("人员经费",) * 3 + ("公用经费",) * 6
    short = line("人员经费合计", "358.00", "公用经费合计", "50.90")
    found = lengthened([short], columns("claclacla", *heads))[0]
    assert shown(found) == "0-1:人员经费合计 2-2:358.00 3-7:公用经费合计 8-8:50.90"
