import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.fold import fold, fold_lines, fold_with_offsets
from archive.script import simplified, simplified_forms

SAME = [
    ("新医保发〔2023〕48号", "新医保发(2023)48号"),
    ("新医保发【2023】４８号", "新医保发[2023]48号"),
    ("新医保发﹝2023﹞48 号", "新医保发（2023）48号"),
    ("收 入 总 计", "收入总计"),
    ("ＤＲＧ付费", "drg付费"),
    ("“三公”经费", "「三公」经费".replace("「", '"').replace("」", '"')),
    ("≧95%", "≥95％"),
    ("１，２３４．５", "1,234.5"),
    ("長期護理保險工作經費", "长期护理保险工作经费"),
    ("臺灣後勤裏乾淨於", "台湾后勤里干净于"),
    ("薴", "苎"),
    ("二○二四年", "二〇二四年"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_that_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("48号", "49号"), ("人员经费", "公用经费"), ("0", "—")])
def test_spellings_that_differ(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_every_traditional_character_folds_as_its_simplified_form() -> None:
    for traditional, simple in simplified_forms().items():
        assert fold(chr(traditional)) == fold(simple)
        assert simplified(simple) == simple


@given(st.text(max_size=60))
def test_offsets_lead_back_to_the_original(text: str) -> None:
    folded, offsets = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(offsets) == len(folded) + 1
    assert offsets == sorted(offsets)
    for index, character in enumerate(folded):
        assert character in fold(text[offsets[index]])


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_lines_are_folded_one_by_one(text: str) -> None:
    assert fold_lines(text) == "\n".join(map(fold, text.split("\n")))
