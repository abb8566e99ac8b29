import pytest

from archive.nearest import nearest

ROWS = [
    "2101599-离休人员医疗费",
    "2101599-长期护理保险工作经费",
    "2101502-医疗基金监管工作经费",
    "合计",
]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("2101599-长期护理保险工作经费", "2101599-长期护理保险工作经费"),
        ("2101599-长期护理保险工作费", "2101599-长期护理保险工作经费"),
        ("21015-99-离休人员医疗费", "2101599-离休人员医疗费"),
        ("国防支出", None),
    ],
)
def test_nearest(wanted: str, found: str | None) -> None:
    assert nearest(wanted, ROWS) == found
