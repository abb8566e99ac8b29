"""Names of agencies: one name for an agency however it is printed.

A printed name loses what is no part of it (（本级）, （部门）, （盖章）, spaces); the table
``archive/data/agencies.csv`` (alias, canonical), which the keeper may edit, then says under
which name the archive keeps it.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from archive.fold import fold
from archive.regions import naming_of

_ADDITIONS = re.compile(
    r"[（(](?:本级|本部|本部门|部门|单位|机关|盖章|公章|签章|汇总|部门汇总|[^（()）]{0,4}公开)[)）]"
)
_CODE = re.compile(
    r"\s*[\[【(（]\s*\d{3,}\s*[\])】）][-_—]?"
    r"|(?:^|(?<=[：:]))\s*(?:\d{3,}(?:\s*[-_—]|\s)|\d{6,}(?=[^\d]{3}))"
)
_SHORT_CODE = re.compile(r"^\d{3,5}(?=\D)")
_OWN_LEVEL = re.compile(r"(?<=[局委厅办院部会])(?:局|委|厅|办|院)?本级$")
_SECOND_NAME = re.compile(
    r"(?<=[局委会办厅院校心队])[（(][^（()）]{2,30}(?:局|委员会|办公室|厅|院|校|中心|队)[)）]$"
)
_SEAL = re.compile(r"(?:盖章|公章)[：:]?$")
_EDGES = " \t　:：,，。.、;；*-—_"


def cleaned(printed: str) -> str:
    """The name itself: ``上海市财政局（单位）`` → ``上海市财政局``, without a second name."""
    name = _without_code(re.sub(r"\s+", "", _CODE.sub("", printed)))
    name = _SEAL.sub("", _ADDITIONS.sub("", name).strip(_EDGES))
    return _OWN_LEVEL.sub("", _SECOND_NAME.sub("", name)).strip(_EDGES)


def _without_code(name: str) -> str:
    """The name without a short code right before it.

    Numbers name agencies too (131团, 101中学), so a bare one is a code only before a name
    that begins with its region.
    """
    rest = _SHORT_CODE.sub("", name)
    naming = naming_of(rest) if rest != name else None
    return rest if naming is not None and naming.start == 0 else name


def canonical(printed: str) -> str:
    """The name under which the archive keeps the agency."""
    name = cleaned(printed)
    return _aliases().get(fold(name), name)


def key(printed: str) -> str:
    """Equal for names of one agency, whichever form of its region they print.

    ``昌吉州医疗保障局`` and ``昌吉回族自治州医疗保障局`` have one key.
    """
    name = canonical(printed)
    naming = naming_of(name)
    if naming is None:
        return fold(name)
    return naming.region.code + fold(name[: naming.start] + name[naming.end :])


@cache
def _aliases() -> dict[str, str]:
    text = files("archive").joinpath("data", "agencies.csv").read_text(encoding="utf-8")
    return {fold(row["alias"]): row["canonical"] for row in csv.DictReader(text.splitlines())}
