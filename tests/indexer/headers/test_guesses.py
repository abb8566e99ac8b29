"""Headers whose merged cells a converter lost: read right, or not told for sure."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.headers import Header, header_of
from indexer.lattice import PrintedCell, PrintedLine

DESCRIPTIONS = [
    ("科目编码", "科目名称"),
    ("项目",),
    ("单位名称",),
    ("功能分类科目编码", "科目名称"),
]
TOTALS = ["合计", "小计"]
LEAVES = ["基本支出", "项目支出", "一般公共预算", "政府性基金", "决算数", "人员经费"]
GROUPS = ["本年支出", "财政拨款", "年初预算数", "本年收入", "上年结转", "资金来源"]

Tree = list[tuple[str, list[str]]]


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[str], Tree]:
    """Heads of codes and names, then heads of amounts with the heads below each, if any."""
    described = list(draw(st.sampled_from(DESCRIPTIONS)))
    count = draw(st.integers(1, 4))
    names = draw(st.permutations(GROUPS))
    groups = []
    for name in names[:count]:
        size = draw(st.integers(0, 3))
        leaves = draw(st.lists(st.sampled_from(LEAVES), min_size=size, max_size=size, unique=True))
        total = draw(st.sampled_from([[], *([each] for each in TOTALS)]))
        groups.append((name, [*total, *leaves] if len(leaves) > 1 else []))
    return described, groups


def paths(described: list[str], groups: Tree) -> list[tuple[str, ...]]:
    amounts = [
        (name, *leaf) for name, below in groups for leaf in [[each] for each in below] or [[]]
    ]
    return [*((text,) for text in described), *amounts]


def lines(described: list[str], groups: Tree, *, collapsed: bool) -> list[PrintedLine]:
    """Header and two rows; ``collapsed`` prints a head over columns as one cell."""
    width = len(paths(described, groups))
    top, bottom, column = [], [], 0
    for at, (name, below) in enumerate([*((text, []) for text in described), *groups]):
        top.append(PrintedCell(at if collapsed else column, name))
        bottom += [PrintedCell(column + each, leaf) for each, leaf in enumerate(below)]
        column += max(len(below), 1)
    head = [PrintedLine(tuple(top), 0, len(top) if collapsed else width)]
    if bottom:
        head.append(PrintedLine(tuple(bottom), 1, width))
    texts = ["201", "一般公共服务支出"][-len(described) :] + ["1.00"] * (width - len(described))
    row = PrintedLine(tuple(PrintedCell(at, text) for at, text in enumerate(texts)), 2, width)
    return [*head, row]


def is_right(header: Header, described: list[str], groups: Tree) -> bool:
    return list(header.paths) == paths(described, groups)


@given(trees())
@settings(max_examples=300)
def test_cells_in_their_own_columns_tell_the_header(tree: tuple[list[str], Tree]) -> None:
    printed = lines(*tree, collapsed=False)
    header = header_of(printed, printed[-1].extent, exact=True)
    assert header.is_sure
    assert is_right(header, *tree)


@given(trees())
@settings(max_examples=300)
def test_a_header_that_lost_its_columns_is_right_or_unsure(tree: tuple[list[str], Tree]) -> None:
    printed = lines(*tree, collapsed=True)
    header = header_of(printed, printed[-1].extent, exact=False)
    assert is_right(header, *tree) or not header.is_sure
