from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.readers.markdown import clean_inline, clean_line


@pytest.mark.parametrize(
    ("printed", "text", "level", "bold"),
    [
        ("## 第一部分 概况", "第一部分 概况", 2, False),
        ("#### **第四部分 名词解释**", "第四部分 名词解释", 4, True),
        ("- 一、主要职能", "一、主要职能", None, False),
        ("- 24 -", "- 24 -", None, False),
        ("- 3", "- 3", None, False),
        ("#标签", "#标签", None, False),
        ("项目支出绩效目标表  ", "项目支出绩效目标表", None, False),
        ("二、**一般公共预算**:包括", "二、一般公共预算:包括", None, False),
        ("七、**“三公”经费**:指", "七、“三公”经费:指", None, False),
        ("联系人：张**，李**", "联系人：张**，李**", None, False),
        ("账号 6501**********12", "账号 6501**********12", None, False),
        ("---", "", None, False),
    ],
)
def test_lines_lose_their_marks(printed: str, text: str, level: int | None, bold: bool) -> None:
    cleaned, is_open = clean_line(printed)
    assert (cleaned.text, cleaned.heading_level, cleaned.bold) == (text, level, bold)
    assert not is_open


def test_bold_may_go_over_two_lines() -> None:
    first, is_open = clean_line("**某局 2021 年预算")
    assert (first.text, first.bold, is_open) == ("某局 2021 年预算", True, True)
    second, is_open = clean_line("公开**", bold_open=is_open)
    assert (second.text, second.bold, is_open) == ("公开", True, False)


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("<p>根据《通知》</p>", "根据《通知》"),
        ("<自治区关于印发《方案》的通知>", "<自治区关于印发《方案》的通知>"),
        ("第一<br/>第二", "第一\n第二"),
        ("费用  $6*10*(320+180)=3$  万元", "费用  6*10*(320+180)=3  万元"),
        (r"覆盖率 $\geq 95\%$", "覆盖率 ≥95%"),
        (r"$12\times 5$ 元", "12×5 元"),
        ("225人*12*5=13500元", "225人*12*5=13500元"),
        ("价格 $5", "价格 $5"),
        (r"1\. 房屋", "1. 房屋"),
        ("&lt;=3次&nbsp;", "<=3次"),
        ("见[附件](http://example.org/a.pdf)", "见附件"),
        ("[2010](2号)", "[2010](2号)"),
        ("![](images/a.png)", ""),
        (">=95%", ">=95%"),
        ("2024__年__月", "2024__年__月"),
    ],
)
def test_inline_marks(printed: str, text: str) -> None:
    assert clean_inline(printed) == text


@given(st.text("预算张.，、（）0123456789%≥*= ", max_size=40))
def test_nothing_but_marks_and_spaces_is_lost(text: str) -> None:
    def kept(some: str) -> str:
        return "".join(character for character in some if character not in "* ")

    assert kept(clean_inline(text)) == kept(text)


@pytest.mark.parametrize(
    "piece", ["**a ", "$1", "[", "](", "<p ", "<", "\\text{", "&#1", "#", "`*"]
)
def test_hostile_lines_take_no_quadratic_time(piece: str) -> None:
    clean_line(piece * 100_000)
