from __future__ import annotations

import pytest

from indexer.loose.names import with_printed_names

LAYOUT = (
    ("项目", "科目编码"),
    ("项目", "科目名称"),
    ("本年支出", "合计"),
    ("本年支出", "商品和服务支出"),
    ("本年支出", "资本性支出（基本建设）"),
)


def leaves(lines: list[str]) -> str | None:
    named = with_printed_names(LAYOUT, lines)
    return named and " ".join("/".join(path) for path in named[2:])


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ["项目 本年支出", "科目编码 科目名称 合计 商品和服务支出 资本性支出（基本建设）"],
            "本年支出/合计 本年支出/商品和服务支出 本年支出/资本性支出（基本建设）",
            id="as known",
        ),
        pytest.param(
            ["项目 本年支出", "科目编码 科目名称 合计 商品服务支出 资本性支出(基本建设)"],
            "本年支出/合计 本年支出/商品服务支出 本年支出/资本性支出(基本建设)",
            id="other words and brackets",
        ),
        pytest.param(
            ["项目 全年支出", "科目编码 科目名称 合计 商品 和服务支出 资本性支出（基本建设）"],
            "全年支出/合计 全年支出/商品和服务支出 全年支出/资本性支出（基本建设）",
            id="a parent's other name; a cell over two words",
        ),
        pytest.param(
            ["项目 本年支出 商品和 资本性支出", "科目编码 科目名称 合计 服务支出 （基本建设）"],
            "本年支出/合计 本年支出/商品和服务支出 本年支出/资本性支出（基本建设）",
            id="torn apart, to the letter",
        ),
        pytest.param(
            ["项目 本年支出 商品 资本性支出", "科目编码 科目名称 合计 服务支出 （基建）"],
            None,
            id="torn apart, in other words",
        ),
        pytest.param(
            ["项目 本年支出", "科目编码 科目名称 合计 债务 资本性支出（基本建设）"],
            None,
            id="another head",
        ),
    ],
)
def test_the_printed_names_count(lines: list[str], expected: str | None) -> None:
    assert leaves(lines) == expected
