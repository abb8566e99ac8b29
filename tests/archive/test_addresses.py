import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.addresses import (
    column_ids,
    distinct,
    document_id,
    document_path,
    document_slug,
    row_path,
    slug,
    table_path,
)
from archive.model import Document

DOCUMENT = Document(
    id="0123456789ab",
    title="昌吉州医疗保障局2022年部门预算公开",
    agency="昌吉州医疗保障局",
    region=None,
    fiscal_year=2022,
    kind="部门预算",
    published_on=None,
    sha256="0123456789ab" + "0" * 52,
    media_type="text/plain",
    source_name="a.txt",
)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("2101599", "长期护理保险工作经费"), "2101599-长期护理保险工作经费"),
        (("210", None, "卫生 健康"), "210-卫生健康"),
        (("收  入  总  计",), "收入总计"),
        (("a/b?c#d",), "a-b-c-d"),
        (("（一）项目",), "一-项目"),
        (("",), ""),
        (("医" * 60,), "医" * 40),
    ],
)
def test_slug(parts: tuple[str | None, ...], expected: str) -> None:
    assert slug(*parts) == expected


def test_equal_ids_are_told_apart_in_order() -> None:
    assert distinct(["a", "b", "a", "", "a"]) == ["a", "b", "a~2", "_", "a~3"]


@given(st.lists(st.text(alphabet="ab~2", max_size=3), max_size=12))
def test_distinct_ids_are_distinct(ids: list[str]) -> None:
    made = distinct(ids)
    assert len(set(made)) == len(made) == len(ids)


def test_only_the_last_part_of_a_slug_names_the_document() -> None:
    assert document_slug(DOCUMENT) == "昌吉州医疗保障局-2022-部门预算-0123456789ab"
    assert document_id(document_slug(DOCUMENT)) == DOCUMENT.id
    assert document_id("anything-at-all-0123456789ab") == DOCUMENT.id
    assert document_id("0123456789ab") == DOCUMENT.id
    assert document_id("表7") is None


def test_paths_are_percent_encoded() -> None:
    assert document_path(DOCUMENT).isascii()
    assert table_path(DOCUMENT, "表7").endswith("/t/%E8%A1%A87")
    path = row_path(DOCUMENT, "表7", "a&b", "c=d")
    assert path.endswith("?row=a%26b&cell=c%3Dd#a%26b")


def test_columns_are_named_by_their_headers() -> None:
    paths = [("支出", "合计"), ("支出", "基本支出"), ("支出", "合计")]
    assert column_ids(paths) == ["支出-合计", "支出-基本支出", "支出-合计~2"]
