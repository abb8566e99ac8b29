"""Who publishes the disclosure: the agency that its cover, captions and headings name most.

Names of one agency in different forms (昌吉州…, 昌吉回族自治州…) vote together; the form
printed most often wins, the longer one among equals.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from archive.agencies import canonical, cleaned, key
from archive.regions import naming_of
from indexer.witnesses import Witnesses

SHORTEST = 3
LONGEST = 50

_LABEL = re.compile(
    r"(?:(?:编制|填报|编报|填表|预算|决算|公开|主管|申报|发布|制作)*(?:部门|单位|机构)"
    r"(?:[（(](?:单位|部门|盖章|公章)[)）])*(?:名称)?(?:[（(](?:盖章|公章)[)）])?)\s*[：:]\s*(?P<name>.+)"
)
_PUBLISHES = re.compile(r"发布")
"""Who put the page on the web; often the government's office."""
_LABELS_IN_CELLS = {"主管部门": 3, "预算部门": 3, "填报单位": 3, "实施单位": 1, "项目单位": 1}
_OWN_UNIT = re.compile(r"\s*(?:金额)?单位\s*[：:]\s*(?:人民币)?[百千万亿]*元.*$")
_NO_NAME = re.compile(r"万元|人民币|预算|决算|[%％：:]|(?<![第\d])\d|^无$")
_ABOUT = re.compile(r"关于(?P<name>[^，。；]{3,40}?)(?:19|20)\d\d\s*年")
_YEAR_FIRST = re.compile(
    r"(?:19|20)\d\d\s*年度?(?P<name>[^，。；]{3,40}?)(?:部门|单位|[预决]算|概况|$)"
)
_TITLED = re.compile(
    r"(?:第\S{1,3}部分\s*)?(?:(?:19|20)\d\d\s*年度?)?(?P<name>(?:[^，。；\d]|(?<=第)\d{1,4}){3,40}?)"
    r"(?:[（(](?:部门|单位|本级|汇总)[)）])?(?:关于)?(?:部门|单位)?"
    r"(?:(?:19|20)\d\d\s*年|主要职[能责]|机构设置|概况|基本情况)"
)
_ENDING = re.compile(
    r"(?:局|委|委员会|办公室|办|厅|部|院|中心|处|所|站|队|总队|支队|大队|会|馆|校|学院|大学|中学|小学|"
    r"幼儿园|医院|政府|办事处|联合会|联|协会|学会|集团|公司|机关|法院|检察院|社|园|场|组|室|库|台|中队|"
    r"街道|镇|乡|管委会|分局|党委|工会|团委|妇联|政协|人大|银行|基金会|疗养院|事务所|监狱|博物馆)$"
)


@dataclass(frozen=True, slots=True)
class Vote:
    """One mention of a possible discloser; ``weight`` says how much its place counts."""

    name: str
    weight: int


COVER_LABEL, COVER, COVER_LINE, SIGNATURE, CAPTION, HEADING = 12, 6, 5, 5, 2, 1


def discloser(said: Witnesses) -> str | None:
    """The agency under its canonical name, ``None`` when no witness names one."""
    votes = [vote for vote in _votes(said) if _is_name(vote.name)]
    votes = votes or [vote for vote in _votes_of_cells(said) if _is_name(vote.name)]
    weights: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for vote in votes:
        agency = key(vote.name)
        weights[agency] += vote.weight
        forms[agency][canonical(vote.name)] += vote.weight
    if not weights:
        return None
    best = max(weights, key=lambda agency: (weights[agency], len(agency)))
    return max(forms[best], key=lambda form: (forms[best][form], len(form)))


def labelled(text: str) -> str | None:
    """The agency that a line names after a label: 编制部门：…, 预算主管部门：…."""
    match = _LABEL.fullmatch(_OWN_UNIT.sub("", text).strip())
    return cleaned(match["name"]) if match else None


def _votes(said: Witnesses) -> Iterator[Vote]:
    whole = [] if any(map(_is_whole, said.cover)) else ["".join(said.cover)]
    for text in dict.fromkeys((*said.cover, *whole)):
        if name := labelled(text):
            yield Vote(name, CAPTION if _PUBLISHES.match(text.strip()) else COVER_LABEL)
        else:
            yield from _weighted(_named(text), COVER)
            yield Vote(cleaned(text), COVER_LINE)
    for text in said.around:
        if name := labelled(text):
            yield Vote(name, CAPTION)
    if said.signature:
        yield Vote(cleaned(said.signature), SIGNATURE)
    for text in said.captions:
        if name := labelled(text):
            yield Vote(name, CAPTION)
    for text in said.headings:
        yield from _weighted(_named(text), HEADING)


def _is_whole(line: str) -> bool:
    """Whether a line of the cover names an agency from its region on, so that nothing of the
    name stands on the line above."""
    namings = (naming_of(name) for name in _named(line))
    return any(naming is not None and naming.start == 0 for naming in namings)


def _votes_of_cells(said: Witnesses) -> Iterator[Vote]:
    """The agencies that a form names in its cells: 主管部门 before 实施单位."""
    texts = [text for text in said.cells if text]
    for label, name in pairwise(texts):
        if label in _LABELS_IN_CELLS:
            yield Vote(cleaned(name), _LABELS_IN_CELLS[label])


def _weighted(names: Iterable[str], weight: int) -> Iterator[Vote]:
    return (Vote(name, weight) for name in names)


def _named(text: str) -> list[str]:
    """The agency in a title or heading: 关于X2024年…, X概况, X2024年部门预算."""
    compact = re.sub(r"\s+", "", text)
    if match := _ABOUT.search(compact):
        return [cleaned(match["name"])]
    names = [cleaned(match["name"]) for p in (_TITLED, _YEAR_FIRST) if (match := p.search(compact))]
    return [name for name in names if _is_name(name)][:1]


def _is_name(name: str) -> bool:
    """Whether a text can be an agency's name."""
    return (
        SHORTEST <= len(name) <= LONGEST
        and _NO_NAME.search(name) is None
        and _ENDING.search(name) is not None
    )
