"""Who published what for which year: the identity of a disclosure.

What the disclosure prints of itself decides; metadata of the file are weak witnesses, used
only where nothing is printed; the file's name is the last one for a title.  What nothing
decides stays ``None``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import PurePath

from archive.model import Document, Kind
from archive.regions import Region, naming_of, region_of
from indexer.blocks import Block
from indexer.captions import is_title
from indexer.identify.disclosers import discloser, labelled
from indexer.identify.kinds import fiscal_year, is_of_government, kind_of, years
from indexer.pages import Pages
from indexer.witnesses import Witnesses, cover_of, is_date, iso_date, witnesses

ID_LETTERS = 12
LONGEST_TITLE = 80
MOST_TITLE_LINES = 4
EDGE_PARAGRAPHS = 12
METADATA_YEARS = (-1, 2)

_ABOUT_BUDGET = re.compile(r"[预决]算|三公|绩效")
_REST_OF_TITLE = re.compile(r"(?:信息)?(?:公开|公示|说明|报告)|[（(].*[)）]")
_NO_TITLE = re.compile(r"(?:附件|附)\s*\d{0,2}\s*[：:]?|目\s*录|.{0,6}[：:]|——.*")
_DATED = re.compile(
    r"(?:发布|公开|公布|发文|成文|印发|编制|填报)(?:日期|时间)\s*[：:]?\s*(?P<day>.+)"
)
_DATED_BY_PAGE = (
    re.compile(r"(?:发布|公开|公布)\s*(?:日期|时间)[\s\]】|：:]*(?P<day>(?:19|20)\d\d[年./-].+)"),
    re.compile(r"(?:日期|时间)[\s\]】|：:]*(?P<day>(?:19|20)\d\d[年./-].+)"),
    re.compile(r"(?P<day>(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2})\s*\d{0,2}:?"),
)
_FILE_SUFFIX = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et)$", re.IGNORECASE)
_AMOUNT = re.compile(r"\d\s*[万亿]?元|[：:，,]$")
_PART = re.compile(r"第\S{1,3}部分[：:]?\s*")


def identify(blocks: Sequence[Block], pages: Pages, name: str, sha256: str) -> Document:
    """The document record of a file: title, agency, region, year, kind, date of publication.

    ``name`` is the file's name, ``sha256`` the hex digest of its bytes.
    """
    said = witnesses(blocks)
    agency = discloser(said)
    year = fiscal_year(said)
    kind = kind_of(said)
    region = _region(agency, said)
    return Document(
        id=sha256[:ID_LETTERS],
        title=_title(said, agency, year, kind, pages) or PurePath(name).stem,
        agency=agency,
        region=region.path if region else None,
        fiscal_year=year,
        kind=kind,
        published_on=_published_on(said, pages, year),
        sha256=sha256,
        media_type=pages.media_type,
        source_name=name,
    )


def speaks_for_government(blocks: Sequence[Block]) -> bool:
    """Whether a file discloses the money of a whole government, not of one body."""
    return is_of_government(cover_of(blocks))


def _title(
    said: Witnesses, agency: str | None, year: int | None, kind: Kind, pages: Pages
) -> str | None:
    """The title on the cover with its agency, else one made of agency, year and kind."""
    printed = printed_title(said.cover, agency)
    if printed:
        printed = _FILE_SUFFIX.sub("", printed)
        return printed if kind == "其他" else _with_agency(printed, agency)
    if agency and year and kind != "其他":
        return f"{agency}{year}年{kind}"
    headed = (_PART.sub("", line) for line in said.headings if _is_title(line))
    titles = (line for line in said.captions if is_title(line))
    lines = (line for line in said.cover if line[-1:] not in ("：", ":"))
    first = next(lines, next(headed, next(titles, None)))
    return pages.title.strip() if pages.title and pages.title.strip() else first


def printed_title(cover: Sequence[str], agency: str | None) -> str | None:
    """The lines of the cover that are the title, joined: the fewest that hold the agency.

    A short rest (公开) is part of it.
    """
    lines = [line for line in cover if not _is_aside(line)]
    windows = [
        (start, end)
        for size in range(1, MOST_TITLE_LINES + 1)
        for start, end in zip(range(len(lines)), range(size, len(lines) + 1), strict=False)
    ]
    titles = [w for w in windows if _is_title("".join(lines[w[0] : w[1]]))]
    whole = [w for w in titles if w[1] - w[0] == 1 and _names_whole(lines[w[0]], agency)]
    with_agency = [w for w in titles if agency and agency in "".join(lines[w[0] : w[1]])]
    for start, end in [*whole, *with_agency, *titles][:1]:
        rest = lines[end : end + 1]
        short = bool(rest) and _REST_OF_TITLE.fullmatch(rest[0]) is not None
        return "".join(lines[start : end + 1] if short else lines[start:end])
    return None


def _names_whole(line: str, agency: str | None) -> bool:
    """Whether a title begins with the agency, or with the region that its name begins with,
    so that a line of the agency above it is not its beginning."""
    if agency is None or line.startswith(agency):
        return agency is not None
    title = line.removeprefix("关于")
    region = naming_of(title)
    return region is not None and region.start == 0 and agency.startswith(title[: region.end])


def _is_aside(line: str) -> bool:
    return bool(labelled(line) or is_date(line) or _NO_TITLE.fullmatch(line))


def _is_title(text: str) -> bool:
    return (
        0 < len(text) <= LONGEST_TITLE
        and _ABOUT_BUDGET.search(text) is not None
        and _AMOUNT.search(text) is None
        and bool(years(text))
    )


def _with_agency(title: str, agency: str | None) -> str:
    """The title with the agency in the place of its bare region, where it names no agency.

    ``上海市2025年市级单位预算`` of 上海市财政局 → ``上海市财政局2025年市级单位预算``.
    """
    if agency is None or agency in title:
        return title
    region = naming_of(title)
    if region and region.start == 0 and re.match(r"\s*(?:19|20)\d\d", title[region.end :]):
        return agency + title[region.end :]
    return title if not re.match(r"(?:19|20)\d\d", title) else agency + title


def _region(agency: str | None, said: Witnesses) -> Region | None:
    """The region that the agency's name tells, else the one that most titles name."""
    if agency and (naming := naming_of(agency)):
        return _deeper(agency[naming.end :], naming.region)
    titles = [*said.cover, *said.headings]
    named = Counter(region for region in map(region_of, titles) if region)
    around = named.most_common(1)[0][0] if named else None
    return region_of(agency, within=around) or around if agency else around


def _deeper(rest: str, around: Region) -> Region:
    """The division that the rest of a name tells inside the first one: 某市公安局某区分局."""
    inside = region_of(rest, within=around)
    return inside if inside and inside != around and around.holds(inside) else around


def _published_on(said: Witnesses, pages: Pages, year: int | None) -> str | None:
    """The closing date, else one with a label at an edge or on the cover, else metadata."""
    if said.closing_date:
        return said.closing_date
    edges = [*said.paragraphs[:EDGE_PARAGRAPHS], *said.paragraphs[-EDGE_PARAGRAPHS:]]
    for text in edges:
        if (match := _DATED.match(text.strip())) and (day := iso_date(match["day"])):
            return day
    for pattern in _DATED_BY_PAGE:
        for text in said.around:
            if (match := pattern.search(text)) and (day := iso_date(match["day"])):
                return day
    for text in said.cover:
        if is_date(text):
            return iso_date(text)
    return _plausible(pages.published_on, year)


def _plausible(day: str | None, year: int | None) -> str | None:
    """A metadata date, if it is one and near the fiscal year."""
    try:
        found = date.fromisoformat(day or "")
    except ValueError:
        return None
    before, after = METADATA_YEARS
    if year is None or year + before <= found.year <= year + after:
        return found.isoformat()
    return None
