"""What government web pages print around a paper.

The block of 索引号, 发文机构, 发布日期 above it is set as a table, but it speaks of the page: it
becomes lines (``发布日期：2024-02-19``), and where a page repeats it, it comes once.  What
stands below the paper (打印本页, 上一篇：…, ICP备) goes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from indexer.pages import Grid, Line, Page

FEWEST_LABELS = 2
MOST_APART = 2
"""A label, its value, the next label; a value may be blank."""
MOST_CELLS = 40

_MARKS = " \t\u3000•·|[]【】<>《》"
_PAGE_END = re.compile(
    r"(?:上一[篇条页则]|下一[篇条页则]|分享(?:到)?|责任编辑|编辑|审核|技术支持|主办(?:单位)?|承办(?:单位)?|网站标识码"
    r"|版权所有|联系我们|网站地图|友情链接|相关(?:链接|文章|附件|阅读)|扫一扫)\s*(?:[：:|]|$)"
    r"|.*(?:打印本?[页文]|关闭(?:窗口|本页)?|返回(?:顶部|首页)|收藏本页)[】\]\s]*$"
    r"|.*(?:ICP备|公网安备|版权所有|Copyright)|$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"索\s*引\s*号|(?:发文|发布|公开|成文|生成|印发|废止|生效|有效)(?:机构|机关|单位|部门|日期|时间|文号|字号)"
    r"|(?:公开|信息)(?:方式|形式|范围|时限|类别|分类|类型|名称|来源)|主题(?:分类|词)|组配分类|体裁分类"
    r"|文\s*号|标\s*题|名\s*称|关键词|有\s*效\s*性|(?:信息)?内容概述|责任部门|浏览次数"
)
_LABELLED = re.compile(rf"(?:{_LABEL.pattern})\s*[：:]")
_OF_THE_PAGE = re.compile(r"索\s*引\s*号|发文|发布|主题(?:分类|词)|组配分类|公开(?:方式|形式|时限)")


def without_page_ends(pages: Sequence[Page]) -> list[Page]:
    """The pages without what a web page prints below the paper: print, share, the papers
    before and after, who keeps the site.  Only the last lines, and none of a drawn page."""
    kept = list(pages)
    while kept:
        items = list(kept[-1].items)
        while items and _is_page_end(items[-1]):
            items.pop()
        kept[-1] = replace(kept[-1], items=tuple(items))
        if items or len(kept) == 1:
            return kept
        kept.pop()
    return kept


def _is_page_end(item: Line | Grid) -> bool:
    if not isinstance(item, Line) or item.place.box is not None:
        return False
    return _PAGE_END.match(item.text.strip(_MARKS)) is not None


def without_metadata_tables(pages: Sequence[Page]) -> list[Page]:
    """The pages with their metadata blocks as lines, each block once."""
    seen: set[tuple[str, ...]] = set()
    seen_lines: set[tuple[str, ...]] = set()
    kept = []
    for page in pages:
        items: list[Line | Grid] = []
        for item in page.items:
            lines = metadata_lines(item) if isinstance(item, Grid) else None
            if lines is None:
                items.append(item)
                continue
            texts = tuple(line.text for line in lines)
            items.extend([] if texts in seen else lines)
            seen.add(texts)
        kept.append(replace(page, items=tuple(_without_repeats(items, seen_lines))))
    return kept


def _without_repeats(items: Sequence[Line | Grid], seen: set[tuple[str, ...]]) -> list[Line | Grid]:
    """The items without blocks of metadata lines (索引号：…) that were printed before."""
    kept: list[Line | Grid] = []
    for says, run in groupby(items, key=_says_metadata):
        block = list(run)
        texts = tuple(item.text.strip() for item in block if isinstance(item, Line))
        if says and len(block) >= FEWEST_LABELS and texts in seen:
            continue
        seen.update({texts} if says else ())
        kept.extend(block)
    return kept


def _says_metadata(item: Line | Grid) -> bool:
    return isinstance(item, Line) and _LABELLED.match(item.text.strip()) is not None


def metadata_lines(grid: Grid) -> list[Line] | None:
    """A metadata block as lines of label and value; ``None`` for any other grid."""
    cells = [cell for cell in grid.cells if cell.text.strip()]
    texts = [cell.text.strip().rstrip("：: ") for cell in cells]
    labels = [at for at, text in enumerate(texts) if _LABEL.fullmatch(text)]
    about_page = sum(1 for at in labels if _OF_THE_PAGE.search(texts[at]))
    if len(cells) > MOST_CELLS or about_page < FEWEST_LABELS or not labels or labels[0]:
        return None
    if any(after - before > MOST_APART for before, after in pairwise(labels)):
        return None
    ends = [*labels[1:], len(texts)]
    return [
        Line(
            f"{texts[at]}：{' '.join(texts[at + 1 : end])}",
            cells[at].place,
            new_paragraph=True,
        )
        for at, end in zip(labels, ends, strict=True)
    ]
