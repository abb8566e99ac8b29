import pytest

from archive.model import Cell, Row, Table
from archive.table_names import table_name


def performance(*texts: str) -> Table:
    cells = tuple(Cell(column, text) for column, text in enumerate(texts))
    return Table(
        "绩效", None, "项目支出绩效目标表", None, None, (), (Row("r", 0, None, "", cells),)
    )


@pytest.mark.parametrize(
    ("table", "name"),
    [
        (Table("表7", 7, "项目支出表", None, None, (), ()), "表7 项目支出表"),
        (Table("_", None, "", None, None, (), ()), "未命名表"),
        (performance("项目名称", "稽核费", "项目负责人"), "项目支出绩效目标表：稽核费"),
        (performance("预算单位", "某局", "项目名称", "稽核费"), "项目支出绩效目标表：稽核费"),
        (performance("预算单位", "某局", "项目名称"), "项目支出绩效目标表"),
        (performance("一级指标", "二级指标"), "项目支出绩效目标表"),
    ],
)
def test_table_name(table: Table, name: str) -> None:
    assert table_name(table) == name
