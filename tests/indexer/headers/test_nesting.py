from __future__ import annotations

import pytest

from indexer.headers.nesting import nested
from indexer.lattice import PrintedCell, PrintedLine


def header(*lines: str) -> list[PrintedLine]:
    """Lines of heads, ``.`` where a column is blank."""
    texts = [text.split() for text in lines]
    return [
        PrintedLine(
            tuple(PrintedCell(at, text) for at, text in enumerate(line) if text != "."),
            number,
            len(line),
        )
        for number, line in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ["项目 . 本年支出 . .", "编码 科目名称 合计 基本支出 项目支出"],
            "项目/编码 项目/科目名称 本年支出/合计 本年支出/基本支出 本年支出/项目支出",
            id="parents up to the next",
        ),
        pytest.param(
            ["项目 事业收入 . 经营收入", ". 小计 教育收费 ."],
            "项目 事业收入/小计 事业收入/教育收费 经营收入",
            id="a child ends with its parent",
        ),
        pytest.param(
            ["科目 . . 支出预算 . .", "编码 . . 科目名称 合计 基本支出", "类 款 项 . . ."],
            None,
            id="a parent that begins over the last name was moved",
        ),
        pytest.param(["项目 合计 .", ". . 基本支出"], None, id="a child without a first sibling"),
        pytest.param([". 合计", "项目 ."], None, id="nothing over the first column"),
        pytest.param(["项目 合计 . 备注"], None, id="a figure column without a head"),
        pytest.param(
            ["科目编码 . 合计 备注"], "科目编码 科目编码 合计 备注", id="a code over its parts"
        ),
    ],
)
def test_how_far_heads_reach(lines: list[str], expected: str | None) -> None:
    printed = header(*lines)
    columns = printed[0].extent
    found = nested(printed, columns, range(columns))
    if found is None:
        assert expected is None
        return
    paths = [
        "/".join(text for line in found if (text := line.text_at(column)))
        for column in range(columns)
    ]
    assert " ".join(paths) == expected
