"""New reliances on a policy as an Atom feed (RFC 4287).

Entries come in the order in which the archive took the documents in, the last first.  Ids
are made of number, document and part, and so are the same in every archive.  Atom demands a
time of update and the archive keeps no clock: it is the day of publication, or, where the
disclosure prints none, the first day of its fiscal year, and the entry then says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from archive.amounts import spoken
from archive.model import Document
from archive.policies.export import KIND_NAMES
from archive.policies.page import agency_of, target_path
from archive.policies.records import Item, Policy

MOST_ENTRIES = 50
_ATOM = "http://www.w3.org/2005/Atom"
_UNTIMED = "1970-01-01T00:00:00Z"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def policy_path(normal: str) -> str:
    """The path of a policy's page."""
    return f"/policies/{quote(normal)}"


def feed(policy: Policy, items: Sequence[Item], base: str) -> bytes:
    """The feed of these items, the newest first; links begin with ``base``."""
    base = base.rstrip("/")
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})  # type: ignore[dict-item]
    page = base + policy_path(policy.normal)
    _add(root, "title", f"依据 {policy.normal} 的新增事项")
    _add(root, "id", _urn("policy", policy.normal))
    _add(root, "updated", max((_updated(i.document) for i in items), default=_UNTIMED))
    _link(root, page, "alternate")
    _link(root, f"{page}.atom", "self")
    _add(etree.SubElement(root, f"{{{_ATOM}}}author"), "name", "明细 Mingxi")
    for item in items:
        _entry(root, policy, item, base)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _entry(root: etree._Element, policy: Policy, item: Item, base: str) -> None:
    document = item.document
    entry = etree.SubElement(root, f"{{{_ATOM}}}entry")
    amount = f"，{spoken(item.fen)}" if item.fen is not None else ""
    _add(entry, "title", f"{agency_of(document)}：{item.name}{amount}")
    target = (item.target.kind, item.target.id, item.target.row or "")
    _add(entry, "id", _urn("reliance", policy.normal, document.id, *target))
    _add(entry, "updated", _updated(document))
    author = etree.SubElement(entry, f"{{{_ATOM}}}author")
    _add(author, "name", agency_of(document))
    _link(entry, base + target_path(document, item.target), "alternate")
    _add(entry, "summary", _summary(item))


def _summary(item: Item) -> str:
    document = item.document
    year = f"{document.fiscal_year}年" if document.fiscal_year else "年度不详"
    undated = "" if document.published_on else "。原件未载明公布日期，更新时间以预算年度首日代替"
    return f"{document.title}（{year}，{KIND_NAMES[item.kind]}）{undated}"


def _updated(document: Document) -> str:
    if document.published_on:
        return f"{document.published_on}T00:00:00+08:00"
    return f"{document.fiscal_year}-01-01T00:00:00+08:00" if document.fiscal_year else _UNTIMED


def _urn(*parts: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, 'mingxi/' + '/'.join(map(quote, parts)))}"


def _add(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{_ATOM}}}{name}").text = _NOT_XML.sub("", text)


def _link(parent: etree._Element, href: str, rel: str) -> None:
    etree.SubElement(parent, f"{{{_ATOM}}}link", {"href": href, "rel": rel})
