"""The contents list (目录) against what is printed: its tables, and its years."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from archive.forms import form, form_of
from archive.model import ContentsEntry, FindingPlace, Target
from indexer.checks.case import Case, unnumbered
from indexer.checks.complete import first_section, missing_forms, unknown_table
from indexer.checks.outcome import HOLDS, Outcome, State, undecidable
from indexer.checks.words import quoted

_FEWEST_TABLES = 3
_TABLE = re.compile(r"表(?:[（(][^（()）]*[)）])?$")
_PART = re.compile(
    r"(?:部门|单位|公开|\d年度?)(?:预算|决算|预决算)(?:公开)?(?:报|附)?表$|附表$|报表$"
)
_YEAR = re.compile(r"(20\d\d)年(?:度)?")


def tables(case: Case) -> Iterator[Outcome]:
    """Each table of the list is printed, and each statutory one printed is listed."""
    entries = [e for e in case.disclosure.contents if _names_table(e)]
    if len(entries) < _FEWEST_TABLES:
        return
    titles = {unnumbered(table.title) for table in case.disclosure.tables}
    printed = {table.form for table in case.disclosure.tables if table.form}
    told_elsewhere = missing_forms(case)
    listed: set[str | None] = set()
    for entry in entries:
        known = form_of(unnumbered(entry.text))
        listed.add(known)
        if known in printed or unnumbered(entry.text) in titles:
            yield HOLDS
        elif known not in told_elsewhere:
            yield _absent(case, entry, known)
    yield from _unlisted(case, listed)


def _names_table(entry: ContentsEntry) -> bool:
    bare = unnumbered(entry.text)
    return bool(_TABLE.search(bare)) and not _PART.search(bare)


def _absent(case: Case, entry: ContentsEntry, known: str | None) -> Outcome:
    if known is None:
        return undecidable("目录所列的表不是已知的表名，不能确定是哪一张")
    if case.disclosure.problems or unknown_table(case):
        return undecidable("有的页没有读出，或有一张表不能认出是哪一张法定表")
    return Outcome(
        State.DIFFERS,
        f"目录列有{quoted(entry.text)}，正文里却没有这张表。",
        entry.text,
        "未见",
        (_place(case, entry),),
    )


def _unlisted(case: Case, listed: set[str | None]) -> Iterator[Outcome]:
    seen = set(listed)
    missing = []
    for table in case.disclosure.tables:
        known = form(table.form)
        if known is None or known.stage not in ("budget", "accounts") or known.name in seen:
            continue
        seen.add(known.name)
        missing.append(table)
    if missing:
        first = f"《{missing[0].title}》" + (f"等 {len(missing)} 张表" if missing[1:] else "")
        yield Outcome(
            State.DIFFERS,
            f"正文印有{first}，目录却没有列出。",
            "列入目录",
            "未列",
            tuple(FindingPlace(Target("table", t.id), t.title) for t in missing),
        )


def years(case: Case) -> Iterator[Outcome]:
    """A heading of the list names the year that it names where it is printed."""
    of_titles = _years_of_titles(case)
    own = case.disclosure.document.fiscal_year
    stale: dict[tuple[int, int], list[ContentsEntry]] = defaultdict(list)
    for entry in case.disclosure.contents:
        told = _years(entry.text)
        if not told:
            continue
        title = of_titles.get(_key(entry.text))
        right = title or ({own} if own else set())
        if right & told:
            yield HOLDS
        elif title is None or not right:
            yield undecidable("正文没有同名的标题，不能确定年度")
        else:
            stale[min(told), max(right)].append(entry)
    for (told_year, title_year), entries in stale.items():
        yield Outcome(
            State.DIFFERS,
            f"目录的{quoted(entries[0].text)}{_and_more(entries)}写的是{told_year}年，"
            f"而正文相应的标题属于{title_year}年：目录可能沿用了旧稿。",
            f"{title_year}年",
            f"{told_year}年",
            tuple(_place(case, entry) for entry in entries),
        )


def _and_more(entries: list[ContentsEntry]) -> str:
    return f"等 {len(entries)} 条" if entries[1:] else ""


def _years_of_titles(case: Case) -> dict[str, set[int]]:
    """The years that headings and table titles name, by the title without them."""
    found: dict[str, set[int]] = defaultdict(set)
    headings = [section.heading for section in case.disclosure.sections]
    for title in (*headings, *(table.title for table in case.disclosure.tables)):
        found[_key(title)] |= _years(title)
    return found


def _place(case: Case, entry: ContentsEntry) -> FindingPlace:
    return FindingPlace(Target("section", first_section(case)), entry.text)


def _key(text: str) -> str:
    return _YEAR.sub("", unnumbered(text))


def _years(text: str) -> set[int]:
    return {int(year) for year in _YEAR.findall(re.sub(r"\s", "", text))}
