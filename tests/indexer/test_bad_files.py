"""Good files among bad ones, through real workers: each bad one costs only itself."""

from __future__ import annotations

import html
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from app import create_app, main
from archive.archive import Archive
from archive.model import Disclosure
from archive.store import Failure
from indexer.extract import extract
from indexer.pipeline import Summary, ingest
from indexer.workers.limits import Limits
from tests.indexer import bad_files as bad

SAMPLES = Path(__file__).parents[2] / "samples" / "files"
LIMITS = Limits(seconds=6, seconds_per_mebibyte=0, patience=10.0, memory=400 << 20, size=16 << 20)
HARD = {"time", "memory", "crash"}  # which of them comes first is the machine's affair

pytestmark = pytest.mark.xdist_group("bad files")  # one ingest for all

Make = Callable[[], bytes]

REFUSED: dict[str, tuple[Make, set[str], str]] = {
    "cut.pdf": (bad.truncated_pdf, {"unreadable"}, "已损坏.*重新下载"),
    "secret.pdf": (bad.encrypted_pdf, {"unreadable"}, "已加密.*密码"),
    "empty.pdf": (bytes, {"unreadable"}, "空的.*重新下载"),
    "junk.pdf": (bad.junk, {"unreadable"}, "请核对原件"),
    "header-and-junk.pdf": (bad.junk_behind_a_header, {"unreadable"}, "已损坏.*重新下载"),
    "scan.pdf": (bad.scanned_pdf, {"unreadable"}, "第1页是扫描图像.*OCR.*其余 499 页"),
    "unmapped.pdf": (bad.font_without_characters, {"unreadable"}, "第1页的字体没有文字编码"),
    "tree.pdf": (bad.deep_page_tree, {"unreadable"}, "第1页已损坏.*重新下载"),
    "own-content.pdf": (bad.content_of_itself, {"unreadable"}, "第1页的内容流缺失.*重新下载"),
    "doubling.pdf": (bad.forms_that_double, HARD, "另存|拆分"),
    "inflating.pdf": (bad.inflating_pdf, HARD, "另存|拆分"),
    "bomb.docx": (bad.bomb_docx, {"unreadable"}, "document.xml.*压缩炸弹.*重新下载"),
    "bomb.xlsx": (bad.bomb_xlsx, {"unreadable"}, "sheet1.xml.*压缩炸弹.*重新下载"),
    "merged.xlsx": (bad.merged_xlsx, {"limit"}, "17179869185 个单元格.*删去"),
    "million-cells.html": (bad.million_cells_html, HARD, "另存|拆分"),
    "many.html": (bad.many_paragraphs_html, HARD, "另存|拆分"),
    "large.txt": (partial(bad.long_line, 17), {"limit"}, "超过 16 MB.*拆分"),
    "nul.txt": (bad.nul_text, {"unreadable"}, "请核对原件"),
}
"""Name: what is in it, the kinds of failure that it may be, and what the reason says."""

SURVIVED: dict[str, tuple[Make, str, str]] = {
    "kids.pdf": (bad.kids_cycle, "Budget 2024", ""),
    "count.pdf": (bad.million_pages_claimed, "Budget 2024", ""),
    "own-form.pdf": (bad.form_that_draws_itself, "Budget 2024", ""),
    "own-length.pdf": (bad.length_of_itself, "Budget 2024", ""),
    "own-xref.pdf": (bad.xref_loop, "Budget 2024", ""),
    "nested.docx": (partial(bad.nested_docx, 20), "前言.*结尾.*最里面", ""),
    "abyss.docx": (partial(bad.nested_docx, 3000), "前言", "嵌套过深.*另存"),
    "far-apart.xlsx": (bad.far_apart_xlsx, "收入合计.*35.06", ""),
    "div.html": (partial(bad.nested_html, "div"), "开头一段.*概况.*末尾一段", "嵌套过深"),
    "font.html": (partial(bad.nested_html, "font"), "开头一段.*概况.*末尾一段", "嵌套过深"),
    "li.html": (partial(bad.nested_html, "ul><li"), "开头一段.*概况.*末尾一段", "嵌套过深"),
    "spans.html": (bad.spanning_html, "开头一段.*合计", "表格过大"),
    "line.txt": (partial(bad.long_line, 1), "35.06万元", ""),
}
"""Name: what is in it, what must be found of it, and the problem that must be told."""

PRINTED = "昌吉市示例局2024年部门预算公开\n一、单位概况\n本单位负责医疗保障工作。\n"
TRADITIONAL = "示例局2024年度部門預算公開\n一、單位概況\n本單位負責醫療保障工作，預算總額如下。\n"
TEXTS: dict[str, tuple[bytes, str]] = {
    "国标.txt": (PRINTED.encode("gb18030"), "本单位负责医疗保障工作"),
    "宽字符.txt": (PRINTED.encode("utf-16"), "本单位负责医疗保障工作。"),
    "大端无标记.txt": (PRINTED.encode("utf-16-be"), "本单位负责医疗保障工作。"),
    "大五码.txt": (TRADITIONAL.encode("big5"), "本單位負責醫療保障工作"),
    "含空格 的 名字.txt": ((PRINTED + "一。").encode(), "本单位负责医疗保障工作。"),
    "换\n行.txt": ((PRINTED + "二。").encode(), "本单位负责医疗保障工作。"),
    "下级/没有后缀": ((PRINTED + "三。").encode(), "本单位负责医疗保障工作。"),
}


@dataclass(frozen=True, slots=True)
class Run:
    folder: Path
    archive: Archive
    summary: Summary

    def failure(self, name: str) -> Failure:
        (found,) = (f for f in self.summary.failed if f.source_name == name)
        return found

    def held(self, name: str) -> Disclosure:
        store = self.archive.store
        documents = store.documents(include_superseded=True)
        (id_,) = (d.id for d in documents if d.source_name == name)
        return store.disclosure(id_)


def said(disclosure: Disclosure) -> str:
    """All that a disclosure says, on one line."""
    texts = [f"{section.heading} {section.text}" for section in disclosure.sections]
    cells = [
        " ".join([row.label, *(cell.printed for cell in row.cells)])
        for table in disclosure.tables
        for row in table.rows
    ]
    return " ".join([*texts, *cells]).replace("\n", " ")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    root = tmp_path_factory.mktemp("bad")
    folder = root / "files"
    shutil.copytree(SAMPLES, folder / "good")
    made = {name: make() for name, (make, *_) in (REFUSED | SURVIVED).items()}
    for name, data in (made | {name: data for name, (data, _) in TEXTS.items()}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (folder / "good" / "around").symlink_to(folder)
    (folder / "itself.txt").symlink_to(folder / "itself.txt")
    with Archive.open(root / "archive") as archive:
        yield Run(folder, archive, ingest(archive, [folder], workers=2, limits=LIMITS))


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_reason_that_says_what_to_do(run: Run, name: str) -> None:
    _, kinds, reason = REFUSED[name]
    failure = run.failure(name)
    assert failure.kind in kinds, failure
    assert re.search(reason, failure.reason), failure.reason
    assert name not in failure.reason, "it stands beside the reason already"


@pytest.mark.parametrize("name", SURVIVED)
def test_harm_that_costs_nothing_or_a_part(run: Run, name: str) -> None:
    _, kept, problem = SURVIVED[name]
    disclosure = run.held(name)
    assert re.search(kept, said(disclosure)), said(disclosure)[:300]
    assert re.search(problem, "".join(disclosure.problems))
    assert bool(disclosure.problems) == bool(problem)


@pytest.mark.parametrize("name", TEXTS)
def test_texts_in_other_encodings_and_names(run: Run, name: str) -> None:
    disclosure = run.held(name.replace("\n", "\\x0a"))
    assert TEXTS[name][1] in said(disclosure)
    assert disclosure.problems == ()


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_good_files_come_through_whole(run: Run, path: Path) -> None:
    name = f"good/{path.name}"
    assert run.held(name) == extract(path.read_bytes(), name)


def test_nothing_else_became_of_the_files(run: Run) -> None:
    assert {f.source_name for f in run.summary.failed} == {*REFUSED, "itself.txt"}
    assert run.summary.added == len(SURVIVED) + len(TEXTS) + len(list(SAMPLES.iterdir()))
    assert run.archive.verify() == []


def test_again_parses_no_bad_file_twice_unless_asked(run: Run) -> None:
    unusable = Limits(seconds=1, seconds_per_mebibyte=0, memory=64 << 20, size=LIMITS.size)
    again = ingest(run.archive, [run.folder], workers=1, limits=unusable, retry_failed=False)
    assert (again.added, again.replaced) == (0, 0)
    assert again.unchanged == run.summary.added
    assert again.failed == run.summary.failed


def test_the_web_page_tells_each_failure(run: Run) -> None:
    page = create_app(run.archive).test_client().get("/failures").get_data(as_text=True)
    shown = html.unescape(page)
    for failure in run.summary.failed:
        assert f"<dt>{failure.source_name}</dt><dd>{failure.reason}</dd>" in shown


@pytest.mark.parametrize(
    ("locale", "counts", "told"),
    [
        ("zh_CN.UTF-8", "新增 1，未变 0，更新 0，失败 3", "  b.pdf: PDF 文件已加密"),
        ("en_US.UTF-8", "added 1, unchanged 0, replaced 0, failed 3", "  b.pdf: cannot be read"),
    ],
)
def test_the_command_line_tells_each_failure(
    tmp_path: Path, locale: str, counts: str, told: str
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.txt").write_text(PRINTED, encoding="utf-8")
    (folder / "b.pdf").write_bytes(bad.encrypted_pdf())
    (folder / "c.docx").write_bytes(bad.bomb_docx())
    (folder / "d.pdf").write_bytes(b"")
    command = ["--archive", str(tmp_path / "archive"), "ingest", str(folder), "--workers", "1"]
    environment = {"LC_ALL": locale}
    done = CliRunner(env=environment).invoke(main, command)
    assert done.exit_code == 1
    assert counts in done.output
    assert told in done.output
    for reason in ("请用密码打开后另存", "疑为压缩炸弹", "文件是空的（0 字节）"):
        assert reason in done.output


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_files_and_folders_that_may_not_be_read(tmp_path: Path) -> None:
    for name in ("a.txt", "locked/b.txt", "c.txt"):
        path = tmp_path / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PRINTED + name, encoding="utf-8")
    (tmp_path / "files" / "a.txt").chmod(0)
    (tmp_path / "files" / "locked").chmod(0)
    try:
        with Archive.open(tmp_path / "archive") as archive:
            summary = ingest(archive, [tmp_path / "files"], workers=1)
    finally:
        (tmp_path / "files" / "locked").chmod(0o700)
    assert summary.added == 1
    assert [(f.source_name, f.kind) for f in summary.failed] == [
        ("a.txt", "unreadable"),
        ("locked", "unreadable"),
    ]
    assert all("权限" in failure.reason for failure in summary.failed)
