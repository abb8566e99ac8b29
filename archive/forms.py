"""The statutory forms: which table a title stands for, whatever its number or province.

The forms, the titles that provinces print for them and the column layouts that they
prescribe are data, in ``archive/data/forms.toml``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

from archive.fold import fold
from archive.model import Side

Stage = Literal["budget", "accounts", "performance", "government"]
Layout = tuple[tuple[str, ...], ...]

_NUMBER = re.compile(
    r"^(?:(?:公开|预算|决算)?(?:附)?表(?:\d+(?:-\d+)?|[一二三四五六七八九十]+(?!般))"
    r"|(?:公开|预算|决算)\d+(?:-\d+)?表|\d{1,2}(?=[:、.]|[一-鿿](?<!年)))[:、.]?"
)
_YEAR = re.compile(r"^.*?(?:19|20)\d\d年(?:度)?|^.*?二[〇○零]..年(?:度)?")
_WHOSE = re.compile(r"^(?:预算|本)?(?:部门\(单位\)|部门及单位|部门|单位)(?:预算|决算)?(?=.{4})")
_CONTINUED = re.compile(r"\((?:续表?|本级|汇总|空表|部门|单位|公开|试行|\d{4}年度?)\)$|续表$")
_TITLE = re.compile(r"表(?:\([^()]*\)|\d*)?$")


@dataclass(frozen=True, slots=True)
class Form:
    """One statutory form.

    ``sides`` names its side-by-side halves from left to right, empty for a plain table;
    ``layouts`` its known columns, each as header texts from the outermost inwards.
    """

    name: str
    stage: Stage
    titles: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]
    sides: tuple[Side, ...]
    layouts: tuple[Layout, ...]


@cache
def forms() -> tuple[Form, ...]:
    """All known forms, in the order in which titles are tried."""
    text = files("archive").joinpath("data/forms.toml").read_text(encoding="utf-8")
    return tuple(_form(record) for record in tomllib.loads(text)["form"])


def form_of(title: str) -> str | None:
    """The name of the form that a table title stands for, ``None`` when it is no known one.

    ``form_of("表8：2024年部门（单位）一般公共预算“三公”经费支出情况表")`` →
    ``财政拨款“三公”经费支出情况表``.  A text that is no title (it must end in 表) has none.
    """
    bare = _bare(title)
    if not _TITLE.search(bare):
        return None
    whole = _CONTINUED.sub("", bare)
    for form in forms():
        if whole in form.titles:
            return form.name
    return next((form.name for form in forms() if _has_words(form, whole)), None)


def form(name: str | None) -> Form | None:
    """The form of that name."""
    return next((known for known in forms() if known.name == name), None)


def layouts(name: str | None) -> tuple[Layout, ...]:
    """The known column layouts of a form, empty when none is known."""
    found = form(name)
    return found.layouts if found else ()


def _bare(title: str) -> str:
    """The folded title without number, agency, year and 部门/单位 in front."""
    text = _NUMBER.sub("", fold(title))
    dated = _YEAR.sub("", text)
    text = dated if _TITLE.search(dated) and len(dated) > 2 else text
    return _WHOSE.sub("", text)


def _has_words(form: Form, bare: str) -> bool:
    if not form.words or any(word in bare for word in form.without):
        return False
    return all(any(word in bare for word in group) for group in form.words)


def _form(record: dict[str, Any]) -> Form:
    name = record["name"]
    titles = [name, *record.get("titles", ())]
    return Form(
        name=name,
        stage=record["stage"],
        titles=tuple(dict.fromkeys(_bare(title) for title in titles)),
        words=tuple(tuple(fold(word) for word in group) for group in record.get("words", ())),
        without=tuple(fold(word) for word in record.get("without", ())),
        sides=cast("tuple[Side, ...]", tuple(record.get("sides", ()))),
        layouts=tuple(
            tuple(tuple(column.split("/")) for column in layout)
            for layout in record.get("columns", ())
        ),
    )
