"""What a disclosure is, and of which year: 部门预算 of 2024, 单位决算 of 2023.

Budget or accounts is told by the tables before the title, for pages titled 决算 that hold a
budget are published; department or unit is told by the title before the labels.  A year
counts where the disclosure speaks of itself: on the cover, in headings and captions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from archive.model import Kind
from archive.regions import naming_of
from indexer.identify.disclosers import discloser, labelled
from indexer.witnesses import Witnesses

COVER_WEIGHT = 4
FEWEST_TABLES = 2
SHORTEST_TITLE = 7
"""Shorter lines are the names of a page's columns (公告通知)."""
LONGEST_RANGE = 8
"""So far before a year stands the word that makes it one compared with (比 2023 年)."""

_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*年(?!\s*(?:底|末|\d{1,2}\s*月))")
_RANGE = re.compile(r"(?:截至|截止|比|较|与|同)\s*$")
_CARRIED_OUT = re.compile(r"度?[^，。；\d]{0,8}(?:预算)?执行(?:情况|数|结果)")
_BUDGET = "预算"
_ACCOUNTS = "决算"
_SCOPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "部门",
        re.compile(
            r"部门[（(]单位[)）]|(?:部门)(?:\d{4}年度?)?(?:[预决]算|收[支入]|支出|财务|财政)|主管部门|编制部门"
        ),
    ),
    (
        "单位",
        re.compile(
            r"(?<!部门[（(])(?:单位)(?:\d{4}年度?)?(?:[预决]算|收[支入]|支出|财务|财政)|预算单位|编制单位|本级"
        ),
    ),
)
_GOVERNMENT = re.compile(
    r"预算执行情况|预算[（(]草案[)）]|财政(?:总|收支)?[预决]算|(?<!人民)政府(?:总)?[预决]算|本级(?:总)?[预决]算"
)
_OF_A_BODY = re.compile(r"部门|单位")
_OF_GOVERNMENT_BY_LEVEL = re.compile(r"汇总|全(?:省|市|州|县|区|旗)|[省市州县区旗]本?级")
_OF_REGION = re.compile(r"(?:19|20)\d\d年(?:度)?(?:总)?(?:[预决]算|财政)")
_THREE_PUBLIC = re.compile(r"三公[”\"’」』]?\s*经费")
_SPEAKERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("部门", re.compile(r"[我本]部门|部门名称|[我本](?:局|委|厅|办)")),
    ("单位", re.compile(r"[我本](?:单位|校|院|站|中心|馆|所)|单位名称")),
)
_DEPARTMENT = re.compile(
    r"(?:局|委|委员会|办公室|厅|政府|街道办事处|党组|法院|检察院|工会|团委|妇联)$"
)
_SELF = re.compile(r"(?:部门|单位|预算|决算|收支|财政|公开)")
_NO_DISCLOSURE = re.compile(
    r"(?:的?(?:通知|意见|办法|批复|复函|细则|条例|方案|公告|通报|函)|工作总结)$"
)
_DISCLOSES = re.compile(
    r"(?:19|20)\d\d年度?[^，。]{0,6}[预决]算(?:信息|情况)?(?:公开|公示)?(?:情况|编制)?(?:说明|报告|书)?$"
)
_TITLE_ENDS = re.compile(
    r"(?:[预决]算|三公.*(?:公开|公示|说明|报告|情况|信息|汇总|表)"
    r"|[预决]算.*(?:公开|公示|说明|报告|报表|情况|信息|草案|安排|汇总|表|书))"
    r"(?:[（(][^（()）]{1,12}[)）]|[-—_]\S{1,12})?(?:\.\w{3,4})?$"
)
_CHAPTER = re.compile(
    r"第\S{1,3}部分.*[预决]算|(?:[预决]算|三公).*(?:说明|情况|安排)$|(?:19|20)\d\d年.*[预决]算.*表$"
)
_STATUTORY = re.compile(
    r"收[支入]|支出|[预决]算|[“\"]?三公[”\"]?|结转结余|绩效目标|国有资本|政府性基金"
)


def kind_of(said: Witnesses) -> Kind:
    """The kind of the disclosure; 其他 for a file that discloses no budget."""
    account = _account(said)
    is_by_title = _is_three_public(said) or _is_titled_disclosure(said)
    scope = _scope(said) or (_speaker(said) if is_by_title else None)
    if account is None or not _discloses(said) or is_of_government(said.cover):
        return "其他"
    if scope == "单位":
        return "单位预算" if account == _BUDGET else "单位决算"
    return "部门预算" if account == _BUDGET else "部门决算"


def fiscal_year(said: Witnesses) -> int | None:
    """The year that cover, headings and captions name most; ``None`` when none does.

    The cover wins against scattered mentions, not against a majority of the headings; one
    that names another kind of disclosure than the tables are has no more say than these.
    """
    weight = 1 if _cover_is_stale(said) else COVER_WEIGHT
    votes: Counter[int] = Counter()
    for text in (*said.cover, "".join(said.cover)):
        votes.update(dict.fromkeys(_own_years(text)[:1], weight))
    for text in (*said.headings, *said.captions):
        votes.update(_own_years(text)[:1])
    if not votes:
        for text in said.paragraphs:
            votes.update(year for year in years(text)[:1] if _SELF.search(text))
    return max(votes, key=lambda year: (votes[year], year), default=None)


def years(text: str) -> list[int]:
    """The years that a text names, but for those it compares with or counts up to."""
    return [
        int(match["year"])
        for match in _YEAR.finditer(text)
        if not _RANGE.search(text, max(0, match.start() - LONGEST_RANGE), match.start())
    ]


def _own_years(text: str) -> list[int]:
    """The years of a title, those of a budget carried out only where it names no other.

    ``2024年预算执行情况和2025年预算草案`` is of 2025.
    """
    named = years(text)
    told = {
        int(match["year"])
        for match in _YEAR.finditer(text)
        if _CARRIED_OUT.match(text, match.end())
    }
    return [year for year in named if year not in told] or named


def _cover_is_stale(said: Witnesses) -> bool:
    """Whether the cover says 决算 above tables of a 预算, or the other way round."""
    printed = _title_account([*said.cover, "".join(said.cover)])
    return printed is not None and _account(said) not in (printed, None)


def is_of_government(cover: Sequence[str]) -> bool:
    """Whether the title on the cover is that of a whole government's budget or accounts.

    So is one of the 三公 expenses of all its departments together (县级…汇总), and one that
    names nobody but a region (浦江县2024年预算公开).
    """
    title = "".join(cover)
    if _THREE_PUBLIC.search(title) and _OF_GOVERNMENT_BY_LEVEL.search(title):
        return True
    if _OF_A_BODY.search(title):
        return False
    naming = naming_of(title)
    by_region = naming is not None and _OF_REGION.match(title, naming.end) is not None
    return by_region or _GOVERNMENT.search(title) is not None


def _is_three_public(said: Witnesses) -> bool:
    """Whether the title is that of a notice of the 三公 expenses alone."""
    return _THREE_PUBLIC.search("".join(said.cover)) is not None


def _is_titled_disclosure(said: Witnesses) -> bool:
    """Whether an agency's title ends as disclosures' do: 某局2019年决算公开报告."""
    titled = any(_DISCLOSES.search(line) for line in (*said.cover, "".join(said.cover)))
    return titled and discloser(said) is not None


def _speaker(said: Witnesses) -> str | None:
    """部门 or 单位 as a notice calls itself (我局, 我单位), else by what the discloser is."""
    for text in said.paragraphs:
        for scope, pattern in _SPEAKERS:
            if pattern.search(text):
                return scope
    agency = discloser(said)
    if agency is None:
        return None
    return "部门" if _DEPARTMENT.search(agency) else "单位"


def _account(said: Witnesses) -> str | None:
    """预算 or 决算: what most tables are titled and headed, else what the title says."""
    tables = Counter(filter(None, map(_table_account, said.captions)))
    tables.update(cell[:2] for cell in said.cells if cell in ("预算数", "决算数"))
    title = _title_account([*said.cover, "".join(said.cover)])
    if tables[_BUDGET] != tables[_ACCOUNTS] and sum(tables.values()) >= FEWEST_TABLES:
        return _BUDGET if tables[_BUDGET] > tables[_ACCOUNTS] else _ACCOUNTS
    return title or _title_account(said.headings)


def _table_account(caption: str) -> str | None:
    """A title with both (一般公共预算…支出决算表) is of the accounts."""
    if not re.search(r"表(?:[（(].*)?$", caption):
        return None
    if _ACCOUNTS in caption:
        return _ACCOUNTS
    return _BUDGET if _BUDGET in caption else None


def _title_account(texts: Iterable[str]) -> str | None:
    counts: Counter[str] = Counter()
    for text in texts:
        counts[_ACCOUNTS] += _ACCOUNTS in text
        counts[_BUDGET] += _BUDGET in text and _ACCOUNTS not in text
    if not any(counts.values()):
        return None
    return _ACCOUNTS if counts[_ACCOUNTS] >= counts[_BUDGET] else _BUDGET


def _scope(said: Witnesses) -> str | None:
    """部门 or 单位: by the title on the cover, then by its labels (预算主管部门：…), then by
    headings, titles and labels together."""
    titles = [line for line in said.cover if labelled(line) is None]
    for lines in (titles, said.cover):
        cover = _scopes([*lines, "".join(lines)])
        if cover and len(set(cover.values())) == len(cover):
            return cover.most_common(1)[0][0]
    rest = _scopes([*said.headings, *said.captions])
    return rest.most_common(1)[0][0] if rest else None


def _scopes(texts: Sequence[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for text in texts:
        for scope, pattern in _SCOPES:
            if pattern.search(text):
                counts[scope] += 1
                break
    return counts


def _discloses(said: Witnesses) -> bool:
    """Whether there are a disclosure's tables, or its title and no other kind of paper."""
    tables = sum(1 for text in said.captions if _table_account(text) or _is_statutory(text))
    if tables >= FEWEST_TABLES:
        return True
    titles = [*said.cover, "".join(said.cover), *said.headings[:1]]
    if any(len(title) >= SHORTEST_TITLE and _NO_DISCLOSURE.search(title) for title in titles):
        return False
    told = _scope(said) is not None or _is_three_public(said) or _is_titled_disclosure(said)
    is_titled = any(_TITLE_ENDS.search(line) for line in (*said.cover, "".join(said.cover)))
    has_chapters = any(_CHAPTER.search(heading) for heading in said.headings)
    return told and (is_titled or has_chapters)


def _is_statutory(caption: str) -> bool:
    return caption.endswith("表") and _STATUTORY.search(caption) is not None
