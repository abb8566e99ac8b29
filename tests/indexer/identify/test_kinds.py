from __future__ import annotations

import pytest

from indexer.identify.kinds import fiscal_year, kind_of, years
from indexer.witnesses import Witnesses


def said(
    cover: tuple[str, ...] = (),
    headings: tuple[str, ...] = (),
    captions: tuple[str, ...] = (),
    paragraphs: tuple[str, ...] = (),
    cells: tuple[str, ...] = (),
) -> Witnesses:
    return Witnesses(cover, headings, captions, paragraphs, cells, None, None)


@pytest.mark.parametrize(
    ("witnesses", "kind"),
    [
        (said(("某局", "2024年部门预算公开")), "部门预算"),
        (said(("某市2025年区级单位预算",)), "单位预算"),
        (said(("某局2024年度部门决算",)), "部门决算"),
        # a notice of the 三公 expenses alone is of the body that speaks
        (said(("某县水利局2023年度“三公”经费决算公开说明",)), "部门决算"),
        (said(("某县种苗站2024年“三公”经费预算公开",)), "单位预算"),
        (said(("浦江县2024年县级“三公”经费预算汇总情况",)), "其他"),
        # a whole government's
        (said(("浦江县2024年财政预算",)), "其他"),
        (said(("浦江县2024年预算公开",)), "其他"),
        (said(("浦江县2024年预算公开", "预算主管部门：浦江县林业局")), "部门预算"),
        (said(("某中心2023年度单位决算公开",)), "单位决算"),
        # neither 部门 nor 单位 in the title of a body that publishes
        (said(("某县公安局2019年决算公开报告",)), "部门决算"),
        (said(("某县某管理处2021年度决算公开说明",)), "单位决算"),
        (said(("某县召开2024年部门预算编制工作会议",)), "其他"),
        (said((), ("第二部分 2017年部门预算情况说明",)), "部门预算"),
        (said((), ("一、加强部门预算管理",)), "其他"),
        (said(("某县公安局2019年预算编制会议",)), "其他"),
        (said(("公告通知", "某县法院2021年度部门决算")), "部门决算"),
        (said(("某县财政局关于部门预算管理办法的通知",)), "其他"),
        (said((), ("第二部分 2022年部门（单位）预算公开表",)), "部门预算"),
        (said(("某局（本级）2021年预算公开",)), "单位预算"),
        (said(("某局2021年预算公开",), ("第二部分 2021年部门预算公开表",)), "部门预算"),
        (
            said(("某局2021年预算公开",), (), ("2021年预算单位收入预算总表", "编制单位：某局")),
            "单位预算",
        ),
        # the tables are believed before the title
        (
            said(
                ("某局2023年部门决算",),
                (),
                ("部门收入预算总表", "部门支出预算总表"),
                cells=("预算数", "预算数"),
            ),
            "部门预算",
        ),
        # a title with both words is of the accounts
        (
            said(
                (),
                ("第二部分 部门决算表",),
                ("一般公共预算财政拨款支出决算表", "收入决算表"),
                cells=("预算数", "决算数"),
            ),
            "部门决算",
        ),
        (said(("关于做好2024年部门预算公开工作的通知",)), "其他"),
        (said(("某区养老服务规划",), ("一、总体要求",)), "其他"),
        (said(), "其他"),
    ],
)
def test_kind_of(witnesses: Witnesses, kind: str) -> None:
    assert kind_of(witnesses) == kind


@pytest.mark.parametrize(
    ("witnesses", "year"),
    [
        (said(("某局", "2024 年部门预算公开")), 2024),
        (said((), ("第一部分 概况", "一、关于某局2022年收支预算情况")), 2022),
        # a stale cover loses against the headings
        (
            said(("某局2023年预算",), tuple(f"{n}、关于2024年收支" for n in "一二三四五六七八九")),
            2024,
        ),
        # headings that compare or count up to a year are not asked
        (said((), ("一、与2023年相比", "二、截至2023年底资产", "三、2024年预算")), 2024),
        (said((), (), ("（2021年）",)), 2021),
        (said(paragraphs=("2020年，本单位预算收支如下。", "2019年工作总结")), 2020),
        (said(("某局",), ("概况",)), None),
    ],
)
def test_fiscal_year(witnesses: Witnesses, year: int | None) -> None:
    assert fiscal_year(witnesses) == year


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2024 年度预算比2023年增加", [2024]),
        ("截至 2023 年底", []),
        ("2023年底", []),
        ("2024年2月25日", []),
        ("12024年", []),
        ("2022年和2023年", [2022, 2023]),
    ],
)
def test_years(text: str, found: list[int]) -> None:
    assert years(text) == found
