from __future__ import annotations

import pytest

from indexer.identify.disclosers import discloser, labelled
from indexer.witnesses import Witnesses


def said(
    cover: tuple[str, ...] = (),
    headings: tuple[str, ...] = (),
    captions: tuple[str, ...] = (),
    signature: str | None = None,
) -> Witnesses:
    return Witnesses(cover, headings, captions, (), (), signature, None)


@pytest.mark.parametrize(
    ("witnesses", "agency"),
    [
        (
            said(("某某市2025年区级部门预算", "预算主管部门：某某区人民政府某某街道办事处")),
            "某某区人民政府某某街道办事处",
        ),
        (said(("某市规划和自然", "资源局", "2024年度部门决算")), "某市规划和自然资源局"),
        (said(("某县林业局", "2024年部门预算公开")), "某县林业局"),
        # a name that holds 元, or a number of its own; an amount is none
        (
            said(("广元市朝天区水利局2023年部门预算", "部门：广元市朝天区水利局")),
            "广元市朝天区水利局",
        ),
        (said((), ("元谋县林业局2023年部门预算",)), "元谋县林业局"),
        (said(("某市第101中学2023年单位预算",)), "某市第101中学"),
        (said((), (), ("编制单位：某市第2中心小学",)), "某市第2中心小学"),
        (said((), (), ("编制单位：收入12万元中心", "填报单位：3个处")), None),
        (said((), (), ("编制部门：某县林业局(本级) 单位：万元",)), "某县林业局"),
        (
            said((), (), ("编制部门（单位）：  某县林业局     单位：万元", "单位：万元")),
            "某县林业局",
        ),
        (said((), ("第一部分 某县林业局概况",)), "某县林业局"),
        (said((), ("第一部分 2024年某县林业局部门概况",)), "某县林业局"),
        (said((), ("某县林业局（单位）主要职能",)), "某县林业局"),
        (said((), ("一、关于某县林业局2024年收支预算情况的总体说明",)), "某县林业局"),
        (said(signature="某县林业局"), "某县林业局"),
        # the forms of one name vote together, the form printed most wins
        (
            said((), (), ("编制部门：伊犁州财政局",) * 2 + ("编制部门：伊犁哈萨克自治州财政局",)),
            "伊犁州财政局",
        ),
        # one wrong heading does not outvote the rest
        (
            said(
                (),
                (
                    "某市规划局2024年度部门决算表",
                    "第一部分 某市某区规划局概况",
                    "第三部分 某市某区规划局2024年度说明",
                ),
            ),
            "某市某区规划局",
        ),
        # 关于 behind the name, 局本级, a second name in brackets
        (said(("某镇人民政府关于2022年部门决算公开情况的说明",)), "某镇人民政府"),
        (said(("某县林业局局本级2022年度部门决算",)), "某县林业局"),
        (said(("某县林业局（某县草原局）2022年度部门决算",)), "某县林业局"),
        # a line above the title does not become part of a name that is whole
        (said(("网站首页", "浦江县林业局2022年度部门决算")), "浦江县林业局"),
        (said(("先进单位", "国家甲等医院", "2022年度浦江县医院单位决算")), "浦江县医院"),
        (said(("目录", "公开"), ("一、主要职能", "名词解释"), ("单位：万元",)), None),
        (said(), None),
    ],
)
def test_discloser(witnesses: Witnesses, agency: str | None) -> None:
    assert discloser(witnesses) == agency


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("编制部门：某局 单位：万元", "某局"),
        ("预算单位：上海市财政局", "上海市财政局"),
        ("部门名称（盖章）：某局", "某局"),
        ("单位：万元", None),
        ("某局", None),
    ],
)
def test_labelled(text: str, name: str | None) -> None:
    assert (labelled(text) or None) == name
