"""A policy's reliances as files and as a feed."""

from __future__ import annotations

import csv
import io
import json

from lxml import etree
from openpyxl import load_workbook

from archive.policies.export import items_csv, items_json, items_xlsx, page_json
from archive.policies.feed import feed
from archive.policies.page import policy_page
from archive.store import Store
from archive.store.resting import Resting
from tests.archive.policies.made import CARE, NUMBER, in_project, items_of, known, project, put


def test_exports_hold_every_item_and_run_no_formula(store: Store) -> None:
    name = "=HYPERLINK(1)\x0b"
    put(store, [in_project(name), in_project(CARE)], [project(name, 150), project(CARE, None)])
    policy = known(store)
    text = b"".join(items_csv(policy, items_of(store), "http://host/")).decode("utf-8-sig")
    head, *rows = list(csv.reader(io.StringIO(text, newline="")))
    first, second = (dict(zip(head, row, strict=True)) for row in rows)
    assert first["名称"].startswith("'=") and first["金额（元）"] == "1.5"
    assert (second["金额（元）"], second["计入合计"]) == ("", "否")
    assert second["链接"].startswith("http://host/d/")
    data = b"".join(items_xlsx(policy, items_of(store), "http://host/"))
    sheet = load_workbook(io.BytesIO(data))["引用"]
    assert [row[7] for row in sheet.iter_rows(min_row=2, values_only=True)] == [1.5, None]
    page = policy_page(store, NUMBER)
    record = page_json(page, items_of(store))
    assert json.loads(b"".join(items_json(page, items_of(store)))) == record
    assert [one["fen"] for one in record["reliances"]] == [150, None]


def test_the_feed_is_atom_with_stable_ids(store: Store) -> None:
    put(store, [in_project(CARE)], [project(CARE, 1)], published_on="2024-02-01")
    put(store, [in_project("名\x0b称")], [project("名\x0b称", 2)], number=2, agency="乙局")
    policy = known(store)
    newest = Resting(store.db, policy).newest(10)
    data = feed(policy, newest, "http://host/")
    atom = {"a": "http://www.w3.org/2005/Atom"}
    root = etree.fromstring(data)
    for parent in [root, *root.findall("a:entry", atom)]:
        for needed in ("id", "title", "updated", "author/a:name"):
            assert parent.findtext(f"a:{needed}", namespaces=atom), needed
    entries = root.findall("a:entry", atom)
    assert [e.findtext("a:updated", namespaces=atom) for e in entries] == [
        "2024-01-01T00:00:00+08:00",
        "2024-02-01T00:00:00+08:00",
    ]
    said = [e.findtext("a:summary", namespaces=atom) or "" for e in entries]
    assert ["未载明公布日期" in text for text in said] == [True, False]
    ids = [e.findtext("a:id", namespaces=atom) for e in entries]
    assert len(set(ids)) == 2
    assert feed(policy, newest, "http://host/") == data
