"""Tables of loose rows as the tests write them, and as they print again."""

from __future__ import annotations

from archive.amounts import to_fen
from archive.model import Cell, Column, Row, RowRole, Table

INCOME = (
    ("总计",),
    ("财政拨款（补助）", "财政拨款（补助）小计"),
    ("财政拨款（补助）", "一般公共预算"),
    ("财政拨款（补助）", "上级一般公共预算安排的转移支付"),
    ("财政专户",),
    ("单位资金",),
    ("财政拨款结转",),
)
SPENDING = (("支出预算", "合计"), ("支出预算", "基本支出"), ("支出预算", "项目支出"))
CARRIED = (
    ("总计",),
    ("财政拨款", "合计"),
    ("财政拨款", "基本支出", "人员经费"),
    ("财政拨款", "基本支出", "公用经费"),
    ("财政拨款", "项目支出"),
    ("非财政拨款", "合计"),
    ("非财政拨款", "基本支出"),
    ("非财政拨款", "项目支出"),
)


def table_of(
    paths: tuple[tuple[str, ...], ...], text: str, *, form: str | None = None, unit: str = "万元"
) -> Table:
    """A table of loose rows, one a line: code or role, then figures; ``_`` is a known blank."""
    rows = [row_of(number, line, unit) for number, line in enumerate(text.strip().splitlines())]
    label = Column(("科目名称",), "label")
    amounts = tuple(Column(path) for path in paths)
    return Table("表", None, "表", form, unit, (label, *amounts), tuple(rows))


def row_of(number: int, line: str, unit: str, first: int = 1) -> Row:
    head, *figures = line.split()
    roles: dict[str, RowRole] = {"总计": "total", "合计": "total", "单位": "agency"}
    role = roles.get(head, "item")
    cells = tuple(
        Cell(first + at, figure, to_fen(figure, unit))
        for at, figure in enumerate(figures)
        if figure != "_"
    )
    code = head if head.isdecimal() else None
    return Row(f"{number}-{head}", number, code, head, cells, role=role)


def printed(table: Table) -> str:
    """The table again, one row a line, ``?`` after a doubtful figure."""
    lines = []
    amounts = [at for at, column in enumerate(table.columns) if column.role == "amount"]
    for row in table.rows:
        at = {cell.column: cell for cell in row.cells}
        figures = [
            at[column].printed + ("" if at[column].certain else "?") if column in at else "_"
            for column in amounts
        ]
        lines.append(" ".join([row.label, *figures]))
    return "\n".join(lines)


def text_of(lines: str) -> str:
    return "\n".join(" ".join(line.split()) for line in lines.strip().splitlines())
