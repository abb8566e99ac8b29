from __future__ import annotations

import pytest

from archive.model import Column
from indexer.lattice import PrintedCell, PrintedLine
from indexer.tables.merged_codes import with_merged_codes

COLUMNS = (
    Column(("类",), "code"),
    Column(("款",), "code"),
    Column(("科目名称",), "label"),
    Column(("合计",), "amount"),
    Column(("项目支出",), "amount"),
)


def lines(*texts: str) -> list[PrintedLine]:
    return [
        PrintedLine(
            tuple(PrintedCell(at, part) for at, part in enumerate(text.split("|")) if part), number
        )
        for number, text in enumerate(texts)
    ]


EDUCATION = "||教育支出|5|2"
PARTS = ("|01|教育管理事务|2|2", "205|02|普通教育|3|", "||社会保障支出|1|1")


@pytest.mark.parametrize(
    ("texts", "classes"),
    [
        ((EDUCATION, *PARTS), ["205", "", "", ""]),
        ((EDUCATION, PARTS[0], "205", "|02|普通教育|3|", "||合计|5|2"), ["205", "", "", ""]),
        # a column that does not add up, or figures of nothing
        (("||教育支出|5|1", *PARTS), ["", "", "205", ""]),
        (("||教育支出||", "205|01|教育管理事务||"), ["", "205"]),
        # what has no code of its own
        (("||某县教育局|5|2", *PARTS), ["", "", "205", ""]),
        (("||合计|5|2", *PARTS), ["", "", "205", ""]),
        # two codes below it
        ((EDUCATION, "205|01|教育管理事务|2|2", "206|02|普通教育|3|"), ["", "205", "206"]),
        (("205||教育支出|5|2", "|01|教育管理事务|5|2"), ["205", ""]),
    ],
)
def test_a_class_goes_to_the_row_whose_figures_its_parts_add_up_to(
    texts: tuple[str, ...], classes: list[str]
) -> None:
    assert [line.text_at(0) for line in with_merged_codes(lines(*texts), COLUMNS)] == classes
