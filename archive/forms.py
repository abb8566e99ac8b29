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
from archive.regions import naming_of

Stage = Literal["budget", "accounts", "performance", "government"]
Layout = tuple[tuple[str, ...], ...]

_NUMBER = re.compile(
    r"^(?:(?:部门|单位|财决|财预|公开|预算|决算)*(?:附|报)?表(?:\d+(?:-\d+)?|[一二三四五六七八九十]+(?!般))"
    r"|(?:部门|单位|财决|财预|公开|预算|决算)*(?:公开|预算|决算|财决|财预)\d+(?:-\d+)?表|\d{1,2}(?=[:、.]|[一-鿿](?<!年)))[:、.]?"
)
_YEAR = re.compile(r"^.*?(?:19|20)\d\d年(?:度)?|^.*?二[〇○零]..年(?:度)?")
_WHOSE = re.compile(r"^(?:预算|本)?(?:部门\(单位\)|部门及单位|部门|单位)(?:预算|决算)?(?=.{4})")
_CONTINUED = re.compile(r"\((?:续表?|本级|汇总|空表|部门|单位|公开|试行|\d{4}年度?)\)$|续表$")
_TITLE = re.compile(r"表(?:\([^()]*\)|\d*)?$")
_LEVEL_OF_GOVERNMENT = re.compile(
    r"全(?:省|市|州|县|区|旗|镇|乡)|[省市州县区旗镇乡]本?级|(?<!\()本级|(?<!人民)政府一般"
)
_OF_A_BODY = re.compile(r"部门|单位|财政拨款")
_AFTER_REGION = re.compile(
    r"(?:(?:19|20)\d\d年|(?:一般)?公共预算|公共财政|政府性基金|国有资本|社会保险|[“\"]三公|税收返还|转移支付)"
)


@dataclass(frozen=True, slots=True)
class Form:
    """One statutory form.

    ``ambiguous`` says that a department prints a table of like title; ``sides`` names its
    side-by-side halves from left to right, empty for a plain table; ``layouts`` its known
    columns, each as header texts from the outermost inwards.
    """

    name: str
    stage: Stage
    ambiguous: bool
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


def form_of(title: str, *, of_government: bool = False) -> str | None:
    """The name of the form that a table title stands for, ``None`` when it is no known one.

    ``form_of("表8：2024年部门（单位）一般公共预算“三公”经费支出情况表")`` →
    ``财政拨款“三公”经费支出情况表``.  A text that is no title (it must end in 表) has none.
    ``of_government`` says that the disclosure is a whole government's; a title can say so
    too (浦江县2024年一般公共预算支出表).  Its tables are never a department's.
    """
    bare = _bare(title)
    if not _TITLE.search(bare):
        return None
    whole = _CONTINUED.sub("", bare)
    known = _candidates(of_government or names_government(title))
    for form in known:
        if whole in form.titles:
            return form.name
    return next((form.name for form in known if _has_words(form, whole)), None)


def names_government(title: str) -> bool:
    """Whether a title speaks of a whole government's money: 全县…, 县级…, 浦江县2024年….

    One that speaks of departments, units or their appropriations does not.
    """
    text = fold(title)
    if _OF_A_BODY.search(_CONTINUED.sub("", text)):
        return False
    if _LEVEL_OF_GOVERNMENT.search(_CONTINUED.sub("", text)):
        return True
    naming = naming_of(text)
    return naming is not None and _AFTER_REGION.match(text, naming.end) is not None


def _candidates(of_government: bool) -> tuple[Form, ...]:
    """The forms that a title can stand for."""
    if of_government:
        return tuple(form for form in forms() if form.stage in ("government", "performance"))
    return tuple(form for form in forms() if not form.ambiguous)


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
        ambiguous=record.get("ambiguous", False),
        titles=tuple(dict.fromkeys(_bare(title) for title in titles)),
        words=tuple(tuple(fold(word) for word in group) for group in record.get("words", ())),
        without=tuple(fold(word) for word in record.get("without", ())),
        sides=cast("tuple[Side, ...]", tuple(record.get("sides", ()))),
        layouts=tuple(
            tuple(tuple(column.split("/")) for column in layout)
            for layout in record.get("columns", ())
        ),
    )
