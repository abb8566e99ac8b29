"""What rests on a policy as CSV, XLSX and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from archive.amounts import FEN_PER_UNIT
from archive.export import safe
from archive.model import Target
from archive.policies.near import WHY
from archive.policies.page import PolicyPage, target_path
from archive.policies.records import Item, Policy
from archive.policies.reliances import RelierKind
from archive.spreadsheets import Value, csv_pieces, workbook

Json = dict[str, Any]

KIND_NAMES: dict[RelierKind, str] = {
    "project": "项目",
    "indicator": "绩效指标",
    "row": "表格行",
    "table": "表",
    "section": "正文",
}
_HEAD = (
    "文号", "预算年度", "单位", "文件", "文件类别", "依据处", "名称", "金额（元）", "计入合计",
    "文号所在", "引用标题", "链接",
)  # fmt: skip
_AMOUNT = _HEAD.index("金额（元）")
_COUNTED, _NOT_COUNTED = "是", "否"
_END = "]}"
LAYOUT = 1
"""To be raised when the same items give other files."""
_PIECE = 65_536


def items_csv(policy: Policy, items: Iterable[Item], base: str) -> Iterator[bytes]:
    """The items as CSV, in pieces; links begin with ``base``."""
    return csv_pieces(_HEAD, _rows(policy, items, base))


def items_xlsx(policy: Policy, items: Iterable[Item], base: str) -> Iterator[bytes]:
    """The items as a workbook, in pieces once all of it is written to a temporary file."""
    with workbook(_HEAD, _rows(policy, items, base), "引用", amount=_AMOUNT) as file:
        while piece := file.read(_PIECE):
            yield piece


def items_json(page: PolicyPage, items: Iterable[Item]) -> Iterator[bytes]:
    """What :func:`page_json` tells, as UTF-8 JSON in pieces."""
    whole = json.dumps(page_json(page, ()), ensure_ascii=False)
    yield whole[: -len(_END)].encode()  # the items are told last
    for count, item in enumerate(items):
        text = json.dumps(_item_json(item), ensure_ascii=False)
        yield f",\n{text}".encode() if count else text.encode()
    yield f"{_END}\n".encode()


def page_json(page: PolicyPage, items: Iterable[Item]) -> Json:
    """A policy with everything that rests on it; amounts in integer fen."""
    return {
        "policy": policy_json(page.policy),
        "titles": [{"title": t.title, "mentions": t.mentions} for t in page.titles],
        "totals": [
            {
                "year": total.year,
                "reliances": total.reliances,
                "agencies": total.agencies,
                "amounts": total.amounts,
                "fen": total.fen,
            }
            for total in page.totals
        ],
        "together": [{"normal": t.policy.normal, "times": t.times} for t in page.together],
        "near": [{"normal": n.policy.normal, "why": WHY[n.kind]} for n in page.near],
        "conflicts": [conflict.sentence for conflict in page.compared.conflicts],
        "same_title": [one.normal for one in page.compared.namesakes],
        "reliances": [_item_json(item) for item in items],
    }


def policy_json(policy: Policy) -> Json:
    """A policy as the register tells it."""
    return {
        "normal": policy.normal,
        "issuer": policy.issuer,
        "body": policy.body,
        "level": policy.level,
        "year": policy.year,
        "number": policy.number,
        "title": policy.title,
        "reliances": policy.reliances,
        "documents": policy.documents,
        "amounts": policy.amounts,
        "fen": policy.fen,
    }


def places_said(item: Item) -> str:
    """Where in the disclosure the number is printed."""
    tables = dict(item.tables)
    names = (place_name(place, tables) for place in item.places)
    return "、".join(dict.fromkeys(names))


def place_name(place: Target, tables: dict[str, str]) -> str:
    """A place in a few words: 项目说明, 正文, or the table's name."""
    if place.kind in ("table", "row"):
        return tables.get(place.id, place.id)
    return "项目说明" if place.kind == "project" else "正文"


def _rows(policy: Policy, items: Iterable[Item], base: str) -> Iterator[list[Value]]:
    for item in items:
        document = item.document
        texts = (policy.normal, str(document.fiscal_year or ""), document.agency or "",
                 document.title, document.kind, KIND_NAMES[item.kind], item.name)  # fmt: skip
        yield [
            *map(safe, texts),
            None if item.fen is None else Decimal(item.fen) / FEN_PER_UNIT["元"],
            _COUNTED if item.counted else _NOT_COUNTED,
            safe(places_said(item)),
            safe("；".join(item.titles)),
            base.rstrip("/") + target_path(document, item.target),
        ]


def _item_json(item: Item) -> Json:
    return {
        "document": item.document.id,
        "agency": item.document.agency,
        "year": item.document.fiscal_year,
        "disclosure": item.document.title,
        "kind": item.kind,
        "name": item.name,
        "fen": item.fen,
        "counted": item.counted,
        "titles": list(item.titles),
        "printed_in": [target_path(item.document, place) for place in item.places],
        "rows": [target_path(item.document, row) for row in item.rows],
        "indicators": [{"table": g.table, "count": g.indicators} for g in item.goals],
        "url": target_path(item.document, item.target),
    }
