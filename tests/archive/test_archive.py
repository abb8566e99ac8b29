"""The index follows the store, whatever happens in between; verify sees what is wrong."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from archive.archive import Archive, EngineSeat
from archive.engine import Engine, Entry
from archive.engine.memory import MemoryEngine
from archive.entries import entry_of
from archive.errors import StoreDamaged
from archive.lock import Busy
from archive.model import (
    Cell,
    Citation,
    Column,
    Disclosure,
    Document,
    Indicator,
    Project,
    Row,
    Section,
    Table,
    Target,
)
from archive.store.connection import writing


class FailingEngine(MemoryEngine):
    """Breaks down in the middle of its work when told to."""

    fails_at: str | None = None

    def add(self, entries: Iterable[Entry]) -> None:
        given = list(entries)
        if any(entry.id == self.fails_at for entry in given):
            raise OSError("disk full")
        super().add(given)


@pytest.fixture
def engine() -> FailingEngine:
    return FailingEngine()


@pytest.fixture
def archive(tmp_path: Path, engine: FailingEngine) -> Iterator[Archive]:
    with Archive.open(tmp_path, seat_of(engine)) as opened:
        yield opened


def seat_of(engine: MemoryEngine) -> EngineSeat:
    def rebuild(folder: Path, entries: Iterable[Entry]) -> None:
        fresh = list(entries)
        engine.remove(engine.ids())
        engine.add(fresh)

    return EngineSeat(lambda folder: engine, rebuild)


def keep(archive: Archive, text: str, agency: str = "某市医疗保障局") -> str:
    data = text.encode()
    sha256 = archive.originals.keep(data)
    assert sha256 == hashlib.sha256(data).hexdigest()
    disclosure = Disclosure(
        Document(
            id=sha256[:12],
            title=text,
            agency=agency,
            region=None,
            fiscal_year=2024,
            kind="部门预算",
            published_on=None,
            sha256=sha256,
            media_type="text/plain",
            source_name=f"{text}.txt",
        )
    )
    archive.store.put(disclosure, size=len(data), extractor=1)
    return disclosure.document.id


def test_owed_is_indexed_once(archive: Archive) -> None:
    ids = {keep(archive, "甲", "甲局"), keep(archive, "乙", "乙局")}
    assert archive.catch_up() == 2
    assert archive.engine.ids() == ids
    assert archive.catch_up() == 0
    assert archive.verify() == []


def test_owed_stays_owed_when_the_engine_fails(archive: Archive, engine: FailingEngine) -> None:
    engine.fails_at = keep(archive, "甲")
    with pytest.raises(OSError, match="disk full"):
        archive.catch_up()
    assert archive.store.owed() == [engine.fails_at]
    engine.fails_at = None
    assert archive.catch_up() == 1
    assert archive.verify() == []


def test_entries_of_documents_that_are_gone_are_removed(archive: Archive) -> None:
    archive.engine.add([entry_of(Disclosure(document("0" * 12)), superseded=False)])
    assert archive.owe_differences() == 1
    archive.catch_up()
    assert archive.engine.ids() == frozenset()


def test_superseded_version_is_marked_in_the_index(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    added: dict[str, bool] = {}

    def note(entries: Iterable[Entry]) -> None:
        added.update({entry.id: entry.superseded for entry in entries})

    monkeypatch.setattr(archive.engine, "add", note)
    first = keep(archive, "第一版")
    archive.catch_up()
    second = keep(archive, "第二版")
    archive.catch_up()
    assert added == {first: True, second: False}


def test_reindex_fills_from_the_store_alone(archive: Archive, engine: FailingEngine) -> None:
    ids = {keep(archive, "甲", "甲局"), keep(archive, "乙", "乙局")}
    archive.engine.add([entry_of(Disclosure(document("0" * 12)), superseded=False)])
    assert archive.reindex() == 2
    assert engine.ids() == ids
    assert archive.store.owed() == []


def test_only_one_thread_writes(archive: Archive) -> None:
    refused: list[BaseException] = []

    def write() -> None:
        try:
            archive.catch_up()
        except Busy as error:
            refused.append(error)

    with archive.writing():
        archive.catch_up()  # the same thread may
        other = threading.Thread(target=write)
        other.start()
        other.join()
    assert len(refused) == 1
    archive.catch_up()


def test_writer_sweeps_what_a_killed_one_left(archive: Archive) -> None:
    path = archive.originals.path(keep_original(archive)).with_name(".part-x")
    path.write_bytes(b"half")
    archive.catch_up()
    assert not path.exists()


def keep_original(archive: Archive) -> str:
    return archive.originals.keep(b"original")


def test_whoosh_is_the_engine_unless_another_is_named(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        id = keep(archive, "长期护理保险工作经费")
        archive.catch_up()
        assert archive.engine.ids() == {id}
        archive.reindex()
        assert archive.engine.ids() == {id}
        assert archive.verify() == []
    with Archive.open(tmp_path) as again:
        assert again.engine.ids() == {id}


# verify


def test_verify_sees_lost_and_damaged_originals(archive: Archive) -> None:
    lost, damaged = keep(archive, "甲", "甲局"), keep(archive, "乙", "乙局")
    archive.catch_up()
    for id, harm in ((lost, Path.unlink), (damaged, spoil)):
        held = archive.store.document(id)
        assert held
        harm(archive.originals.path(held.sha256))
    problems = archive.verify()
    assert [problem.part for problem in problems] == ["originals", "originals"]
    assert "缺少原件" in str(problems[0])
    assert "已损坏" in str(problems[1])


def spoil(path: Path) -> None:
    path.chmod(0o644)
    path.write_bytes(b"spoilt")


def test_verify_compares_index_and_store(archive: Archive) -> None:
    id = keep(archive, "甲")
    assert "尚未编入索引" in str(*archive.verify())
    archive.catch_up()
    archive.engine.remove([id])
    archive.engine.add([entry_of(Disclosure(document("0" * 12)), superseded=False)])
    lacking, stray = archive.verify()
    assert id in lacking.message
    assert "0" * 12 in stray.message


def test_verify_reports_an_index_that_does_not_open(tmp_path: Path) -> None:
    def broken(folder: Path) -> Engine:
        raise StoreDamaged("索引文件已损坏")

    with Archive.open(tmp_path, EngineSeat(broken, lambda folder, entries: None)) as archive:
        (problem,) = archive.verify()
    assert (problem.part, "reindex" in problem.message) == ("index", True)


def test_verify_reports_a_broken_reference(archive: Archive) -> None:
    keep(archive, "甲")
    archive.catch_up()
    archive.store.db.execute("PRAGMA foreign_keys = OFF")
    with writing(archive.store.db):
        archive.store.db.execute("UPDATE documents SET superseded_by = 'nothing'")
    (problem,) = archive.verify()
    assert problem.part == "store"
    assert "documents" in problem.message


# entries


def document(id: str = "1" * 12) -> Document:
    return Document(
        id=id,
        title="某州医疗保障局2022年部门预算公开",
        agency="某州医疗保障局",
        region="某州",
        fiscal_year=2022,
        kind="部门预算",
        published_on=None,
        sha256=id.ljust(64, "0"),
        media_type="text/plain",
        source_name="a.txt",
    )


WHOLE = Disclosure(
    document(),
    sections=(Section("一", 2, "一、主要职能", "贯彻法规。\n拟订政策。"),),
    tables=(
        Table(
            id="表7",
            number=7,
            title="项目支出情况表",
            form="一般公共预算项目支出情况表",
            unit="万元",
            columns=(Column(("科目编码",), "code"), Column(("财政拨款\n（补助）", "小计"))),
            rows=(
                Row(
                    "a",
                    0,
                    "2101599",
                    "其他医疗保障管理事务支出",
                    (Cell(1, "10.00", 10000000), Cell(2, "详见\n附件")),
                    project="长期护理保险工作经费",
                ),
                Row("b", 1, None, "合计", (Cell(1, "10.00", 10000000),), role="total"),
            ),
            notes=("备注：无。",),
        ),
    ),
    projects=(
        Project(
            id="p",
            name="基金监管经费",
            amount_fen=None,
            amount_printed=None,
            agency=None,
            period=None,
            basis=None,
            people=None,
            citations=(),
            fields=(("绩效目标", "全年检查"),),
        ),
    ),
    indicators=(
        Indicator("表9", "参保扩面", "产出指标", "数量指标", "检查次数", "≥", "12", "次", "10"),
    ),
    citations=(
        Citation("新医保发[2023]48号", "新医保发〔2023〕48号", None, Target("section", "一")),
        Citation("某通知", None, "某通知", Target("section", "一")),
    ),
)


def test_entry_holds_all_that_is_printed_in_its_place() -> None:
    entry = entry_of(WHOLE, superseded=True)
    assert entry.names.splitlines() == [
        "某州医疗保障局2022年部门预算公开",
        "某州医疗保障局",
        "基金监管经费",
        "长期护理保险工作经费",
        "参保扩面",
    ]
    assert entry.labels.splitlines() == [
        "项目支出情况表",
        "表7",
        "科目编码",
        "财政拨款（补助）",
        "小计",
        "其他医疗保障管理事务支出",
        "合计",
    ]
    assert entry.body.splitlines() == [
        "一、主要职能",
        "贯彻法规。",
        "拟订政策。",
        "单位：万元",
        "2101599",
        "10.00",
        "详见附件",
        "备注：无。",
        "产出指标",
        "数量指标",
        "检查次数",
        "≥12次",
        "绩效目标：全年检查",
        "新医保发[2023]48号",
        "某通知",
    ]
    assert entry.citations == ("新医保发〔2023〕48号",)
    assert (entry.id, entry.fiscal_year, entry.superseded) == ("1" * 12, 2022, True)
