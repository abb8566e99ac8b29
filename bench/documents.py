"""Documents to measure with: the samples with other figures, and disclosures of any length."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bench.render_docx import to_docx
from bench.render_pdf import to_pdf
from samples.compose import compose
from samples.facts import SampleDisclosure, load_facts
from samples.parts import Head, Heading, Paragraph, Part, TablePart
from samples.render_web import write_html, write_text
from samples.render_xlsx import write_xlsx

PAGES_A_CHAPTER = 10
ROWS_A_PAGE = 26
"""What a page of bench.render_pdf holds."""

_HEADER = (
    (Head("功能分类科目编码", columns=3), Head("科目名称", rows=2), Head("合计", rows=2),
     Head("其中", columns=3)),
    (Head("类"), Head("款"), Head("项"), Head("基本支出"), Head("项目支出"), Head("上年结转")),
)  # fmt: skip
_STEMS = str.maketrans("0123456789", "甲乙丙丁戊己庚辛壬癸")
_SENTENCES = (
    "本年预算按照有保有压、突出重点的原则编制，人员经费按实有人数核定，公用经费按定额核定。",
    "与上年相比有增有减，主要是项目进度不同，具体情况见下表，各项支出均已纳入预算管理。",
)


def _to_pdf(parts: list[Part]) -> bytes:
    return to_pdf(parts)[0]


def _by_file(write: Callable[[list[Part], Path], None]) -> Callable[[list[Part]], bytes]:
    """A writer to files as one to bytes."""

    def render(parts: list[Part]) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "made"
            write(parts, path)
            return path.read_bytes()

    return render


FORMATS: dict[str, Callable[[list[Part]], bytes]] = {
    "pdf": _to_pdf,
    "docx": to_docx,
    "xlsx": _by_file(write_xlsx),
    "html": _by_file(write_html),
    "txt": _by_file(write_text),
}


def varied(format_: str, number: int) -> bytes:
    """Variation ``number`` of a sample: another agency and year, other figures."""
    samples = load_facts()
    return FORMATS[format_](compose(_varied(samples[number % len(samples)], number)))


def _varied(facts: SampleDisclosure, number: int) -> SampleDisclosure:
    def other(fen: int) -> int:
        return fen + 10_000 * number

    projects = tuple(
        replace(p, amount=p.amount + 10_000 * number, goods=p.goods + 10_000 * number)
        for p in facts.projects
    )
    return replace(
        facts,
        agency=facts.agency.replace("示例", "示例" + str(number).translate(_STEMS), 1),
        year=2010 + number % 15,
        basic={code: other(fen) for code, fen in facts.basic.items()},
        economic={code: other(fen) for code, fen in facts.economic.items()},
        projects=projects,
    )


def long(pages: int) -> list[Part]:
    """A disclosure of about so many pages: chapters of a page of text and a table of nine."""
    parts: list[Part] = [Heading(0, "昌吉市示例财政局2024年部门预算公开")]
    left = pages
    chapter = 0
    while left > 0:
        chapter += 1
        size = min(PAGES_A_CHAPTER, left)
        left -= size
        parts += _chapter(chapter, max(1, size - 1) * ROWS_A_PAGE)
    return parts


def _chapter(number: int, rows: int) -> list[Part]:
    paragraphs = [Paragraph(_SENTENCES[at % 2] * 3) for at in range(6)]
    caption = (f"表{number}", f"2024年第{number}类支出预算总表", "单位：万元")
    return [
        Heading(1, f"第{number}部分 支出情况说明"),
        Heading(2, "一、总体情况"),
        *paragraphs,
        TablePart(caption, _HEADER, tuple(_row(number, at) for at in range(rows))),
    ]


def _row(chapter: int, at: int) -> tuple[str, ...]:
    basic, project, carried = 100 + at * 7 % 900, 50 + (at * 13 + chapter) % 700, at % 5
    item = f"{at % 99 + 1:02}"
    return (
        f"{201 + at // 99 % 30}",
        f"{chapter % 99 + 1:02}",
        item,
        f"第{at + 1}项支出",
        f"{basic + project + carried}.00",
        f"{basic}.00",
        f"{project}.00" if at % 3 else "",
        f"{carried}.00" if carried else "",
    )
