"""What is asked of generated disclosures: query classes, each of distinct queries.

Words are drawn from disclosures of the very archive that is asked: a name that it does not
hold would measure something else.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from archive.model import Disclosure
from archive.store import Store
from bench.corpus import SEED, vocabulary

SAMPLED = 200
"""Disclosures from which words are drawn."""
CLASSES = (
    "rare word", "common word", "two words", "three words", "rare and common word", "phrase",
    "part of a figure", "misspelt name", "word and filters", "rows, words and amount", "facets",
    "suggestions", "policy number", "total count",
)  # fmt: skip
COMMON = (
    "预算", "支出", "收入", "基本支出", "项目支出", "财政拨款", "行政运行", "住房公积金",
    "一般公共预算", "绩效目标", "工资福利支出", "人员经费", "委托业务费", "政府采购",
    "机关运行经费", "三公经费", "公务接待费", "办公费", "差旅费", "单位资金", "合计",
    "部门预算", "绩效评价", "结转资金",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A query: ``text`` as typed, ``words`` of which all are sought, or one ``phrase``.

    ``kind`` tells what answers it: words of disclosures, rows, facets, suggestions.
    """

    text: str
    words: tuple[str, ...] = ()
    phrase: str = ""
    kind: str = "words"


def held_in(store: Store) -> list[Disclosure]:
    """Disclosures of an archive, from all over it."""
    ids = store.document_ids()
    return [store.disclosure(id_) for id_ in ids[:: -(-len(ids) // SAMPLED)]]


def query_classes(count: int, held: Sequence[Disclosure]) -> dict[str, list[Asked]]:
    """Each of :data:`CLASSES` with so many queries, the same every time."""
    chosen = random.Random(SEED)
    makers: tuple[Callable[[], Asked], ...] = (
        lambda: _words(_project(chosen, held)),
        lambda: _words(chosen.choice(COMMON)),
        lambda: _words(*chosen.choice(list(combinations(COMMON, 2)))),
        lambda: _words(*chosen.choice(list(combinations(COMMON, 3)))),
        lambda: _words(_project(chosen, held)[:6], chosen.choice(COMMON)),
        lambda: _phrase(_part(chosen, held)),
        lambda: _words(_figure(chosen, held)),
        lambda: Asked(_misspelt(chosen, _project(chosen, held)), kind="misspelt"),
        lambda: _filtered(chosen, held),
        lambda: _rows(chosen),
        lambda: Asked(chosen.choice(COMMON), kind="facets"),
        lambda: Asked(_project(chosen, held)[:3], kind="suggestions"),
        lambda: Asked(_policy(chosen, held), kind="policy"),
        lambda: Asked(" ".join(chosen.sample(COMMON, 2)), kind="total"),
    )
    return {name: _distinct(make, count) for name, make in zip(CLASSES, makers, strict=True)}


def _distinct(make: Callable[[], Asked], count: int) -> list[Asked]:
    """As many as there are, in so many tries, when the class has fewer."""
    return list(dict.fromkeys(make() for _ in range(20 * count)))[:count]


def _words(*words: str) -> Asked:
    return Asked(" ".join(words), words)


def _phrase(text: str) -> Asked:
    return Asked(f'"{text}"', phrase=text)


def _project(chosen: random.Random, held: Sequence[Disclosure]) -> str:
    return chosen.choice(chosen.choice(held).projects).name


def _misspelt(chosen: random.Random, name: str) -> str:
    """A name with one of its characters taken for another: found nowhere as it stands."""
    at = chosen.randrange(len(name))
    return name[:at] + chosen.choice("鑫淼焱垚犇骉") + name[at + 1 :]


def _part(chosen: random.Random, held: Sequence[Disclosure]) -> str:
    """Four to ten characters of any paragraph."""
    section = chosen.choice([s for s in chosen.choice(held).sections if s.text])
    line = chosen.choice(section.text.split("\n"))
    size = min(chosen.randint(4, 10), len(line))
    start = chosen.randint(0, len(line) - size)
    return line[start : start + size].replace('"', "").replace("“", "").replace("”", "")


def _figure(chosen: random.Random, held: Sequence[Disclosure]) -> str:
    table = chosen.choice([t for t in chosen.choice(held).tables if t.unit and t.rows])
    cells = [cell.printed for row in table.rows for cell in row.cells if len(cell.printed) > 4]
    return chosen.choice(cells)[1:] if cells else "12.34"


def _filtered(chosen: random.Random, held: Sequence[Disclosure]) -> Asked:
    place = (chosen.choice(held).document.region or "").split("/")[0]
    year = chosen.choice(vocabulary()["years"])
    return Asked(f"{chosen.choice(COMMON)} 年度:{year} 地区:{place}", kind="filters")


def _rows(chosen: random.Random) -> Asked:
    low = chosen.choice([1, 10, 50, 100, 200])
    word = chosen.choice(["离休", "住房公积金", "行政运行", "信息化", "基本工资", "培训", "宣传"])
    return Asked(f"金额:{low}万..{low * chosen.choice([2, 5, 10])}万 {word}", kind="rows")


def _policy(chosen: random.Random, held: Sequence[Disclosure]) -> str:
    return next(c.normal for c in chosen.choice(held).citations if c.normal)
