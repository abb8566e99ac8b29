"""Tables too wide for their page, the rest of whose columns stands on later pages."""

from __future__ import annotations

from archive.model import Place, Table
from indexer.blocks import TableBlock
from indexer.pages import Grid, GridCell
from indexer.tables import to_tables

LEFT = ("科目编码|科目名称", "201|一般公共服务支出", "20103|政府办公厅", "205|教育支出")
RIGHT = ("合计|基本支出", "5.00|3.00", "5.00|3.00", "7.00|")


def grid(page: int, lines: tuple[str, ...], top: float = 100) -> Grid:
    cells = [
        GridCell(
            row,
            column,
            text,
            Place(page, (100 * column, top + 20 * row, 100 * column + 100, top + 20 * row + 20)),
        )
        for row, line in enumerate(lines)
        for column, text in enumerate(line.split("|"))
        if text
    ]
    return Grid(len(lines), 1 + max(line.count("|") for line in lines), tuple(cells))


def read(*blocks: tuple[tuple[str, ...], Grid]) -> list[Table]:
    return to_tables(
        [
            TableBlock(caption, each, place=Place(each.cells[0].place.page, (0, 0, 500, 500)))
            for caption, each in blocks
        ]
    )


CAPTION = ("表5", "一般公共预算支出表", "单位：万元")
REST = ("公共预算支出表",)


def figures(table: Table) -> list[tuple[str | None, dict[int, str]]]:
    return [
        (row.code, {c.column: c.printed for c in row.cells if c.column > 1}) for row in table.rows
    ]


def test_columns_at_the_same_heights_belong_to_the_rows_before() -> None:
    (table,) = read((CAPTION, grid(1, LEFT)), (REST, grid(2, RIGHT)))
    assert [column.path for column in table.columns] == [
        ("科目编码",), ("科目名称",), ("合计",), ("基本支出",),
    ]  # fmt: skip
    assert figures(table) == [
        ("201", {2: "5.00", 3: "3.00"}),
        ("20103", {2: "5.00", 3: "3.00"}),
        ("205", {2: "7.00"}),
    ]
    assert (table.number, table.title, table.unit) == (5, "一般公共预算支出表", "万元")


def test_the_rows_may_run_over_pages_before_their_other_columns_follow() -> None:
    more = ("207|文化支出", "20701|文化和旅游", "208|社会保障支出", "20805|养老支出")
    rest = ("1.00|", "1.00|1.00", "2.00|2.00", "2.00|2.00")
    (table,) = read(
        (CAPTION, grid(1, LEFT)), ((), grid(2, more, 50)),
        ((), grid(3, RIGHT)), ((), grid(4, rest, 50)),
    )  # fmt: skip
    assert len(table.columns) == 4
    assert figures(table)[3:] == [
        ("207", {2: "1.00"}),
        ("20701", {2: "1.00", 3: "1.00"}),
        ("208", {2: "2.00", 3: "2.00"}),
        ("20805", {2: "2.00", 3: "2.00"}),
    ]


def test_a_title_cut_at_both_sides_is_put_together() -> None:
    cut = ("表5", "一般公共预算支出情", "单位：万元")
    (table,) = read((cut, grid(1, LEFT)), (("共预算支出情况总表",), grid(2, RIGHT)))
    assert table.title == "一般公共预算支出情况总表"


def test_a_form_filled_in_twice_is_two_tables() -> None:
    first = ("项目名称|甲", "一级指标|二级指标", "产出指标|数量指标", "效益指标|社会效益指标")
    second = ("项目名称|乙", *first[1:])
    caption = ("项目支出绩效目标表",)
    assert len(read((caption, grid(1, first)), (caption, grid(2, second)))) == 2


def test_another_height_another_title_or_the_same_heads_are_another_table() -> None:
    other = ("表6", "政府性基金支出表", "单位：万元")
    own = ("一般公共预算支出表", "编制部门：示例局")
    for caption, page in (
        (REST, grid(2, RIGHT, 107)),
        (other, grid(2, RIGHT)),
        (other, grid(2, LEFT)),
        (own, grid(2, RIGHT)),
        (("支出决算表",), grid(2, RIGHT)),
    ):
        assert len(read((CAPTION, grid(1, LEFT)), (caption, page))) == 2


def test_forms_of_one_layout_are_two_tables() -> None:
    first = (
        "项目名称|维修|金额|3.00",
        "一级指标|二级指标|三级指标|指标值",
        "产出指标|数量指标|次数|3",
        "效益指标|社会效益|人数|9",
    )
    second = (
        "项目名称|培训|金额|5.00",
        "一级指标|二级指标|三级指标|指标值",
        "产出指标|数量指标|场次|2",
        "效益指标|社会效益|学员|7",
    )
    title = ("项目支出绩效目标表",)
    assert len(read((title, grid(1, first)), (title, grid(2, second)))) == 2
