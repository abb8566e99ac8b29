"""The words that printed headers and labels use."""

from __future__ import annotations

import re

from indexer.lattice import squeeze

TOTAL = re.compile(r"(?:合计|总计)[：:]?$|^(?:收入|支出)总计?$|^小计$")
CODE_HEAD = re.compile(r"编码$|^[类款项]$|^类?款项?$|^类款$|科目代码$")
LABEL_HEAD = re.compile(
    r"^(?:项目|科目|支出功能分类|功能分类|支出经济分类|经济分类|收入|支出|内容)$"
    r"|科目名称$|^功能分类名称$|^科目\(?名称\)?$|支出内容$|^项目\(按.*分类\)$|^预算科目$"
)
NAME_HEAD = re.compile(r"(?:分类)?(?:科目)?名称$")
BODY_HEAD = re.compile(
    r"^(?:预算)?(?:单位|部门|部门\(单位\)|单位\(部门\)|机构)名称$|^(?:预算|项目)单位$"
)
WORD_HEAD = re.compile(
    r"(?:名称|单位|部门|机构|类型|类别|分类|品目|乡镇|街道|地区|事项|内容|股室)$|^(?:采购)?项目$|^(?:采购)?目录$"
)
PROJECT_HEAD = re.compile(r"^项目名称$|^项目\(?名称\)?$")


def is_total(text: str) -> bool:
    """Whether a header or label says 合计, 总计 or 小计."""
    return bool(TOTAL.search(squeeze(text)))


def is_description(text: str) -> bool:
    """Whether a folded header text heads codes, labels or project names, not amounts."""
    return any(head.search(text) for head in (CODE_HEAD, LABEL_HEAD, PROJECT_HEAD, NAME_HEAD))
