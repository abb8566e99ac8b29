"""The column layouts that statutory forms are known to have, of all provinces.

Those of ``archive/data/forms.toml`` and ``archive/data/form_columns.toml`` together.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from archive.fold import fold
from archive.forms import Layout, forms, layouts
from archive.model import Column
from archive.printed import HeaderCell, header_cells

_CODE_PARTS = frozenset({"类", "款", "项"})
_CODE_HEAD = "科目编码"


def known_layouts(form: str | None) -> tuple[Layout, ...]:
    """The layouts of a form, empty when none is known; those whose codes stand in a column a
    part also with the whole code in one."""
    own = (*layouts(form), *(layout for name, layout in _more_layouts() if name == form))
    return _with_whole_codes(own)


def _with_whole_codes(own: Sequence[Layout]) -> tuple[Layout, ...]:
    """The layouts, and each with one column for 类款项, below its head or as 科目编码."""
    joined = (more for layout in own for more in _codes_joined(layout))
    return tuple(dict.fromkeys((*own, *joined)))


def _codes_joined(layout: Layout) -> tuple[Layout, ...]:
    parts = [path for path in layout if path[-1] in _CODE_PARTS and len(path) > 1]
    if not parts:
        return ()
    heads = dict.fromkeys((parts[0][:-1], (*parts[0][:-2], _CODE_HEAD)))
    rest = tuple(path for path in layout if path not in parts)
    return tuple((head, *rest) for head in heads if layout[: len(parts)] == tuple(parts))


@cache
def all_layouts() -> tuple[Layout, ...]:
    """The layouts of all forms."""
    own = (layout for form in forms() for layout in form.layouts)
    return _with_whole_codes((*own, *(layout for _, layout in _more_layouts())))


def is_known(paths: Sequence[tuple[str, ...]]) -> bool:
    """Whether some form has just these header paths."""
    return tuple(tuple(map(fold, path)) for path in paths) in _folded_layouts()


@cache
def known_headers(columns: int) -> tuple[tuple[tuple[HeaderCell, ...], ...], ...]:
    """The header rows of all layouts of so many columns."""
    return tuple(
        header_cells([Column(path) for path in layout])
        for layout in all_layouts()
        if len(layout) == columns
    )


@cache
def _folded_layouts() -> frozenset[Layout]:
    return frozenset(tuple(tuple(map(fold, path)) for path in layout) for layout in all_layouts())


@cache
def _more_layouts() -> tuple[tuple[str, Layout], ...]:
    text = files("archive").joinpath("data/form_columns.toml").read_text(encoding="utf-8")
    return tuple(
        (record["form"], tuple(tuple(column.split("/")) for column in record["columns"]))
        for record in tomllib.loads(text)["layout"]
    )
