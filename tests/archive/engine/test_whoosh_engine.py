"""What the index on disk survives: other writers, readers in between, damage, rebuilding."""

from __future__ import annotations

import gc
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.engine import Entry, IndexBusy, whoosh_engine
from archive.engine.packed import pack, unpack
from archive.engine.whoosh_engine import LAYOUT, WhooshEngine
from archive.errors import StoreDamaged
from archive.query import Everything, Term

ROOT = Path(__file__).parents[3]


def entry(identifier: str, body: str = "医疗保障基金监管") -> Entry:
    return Entry(identifier, "部门预算", "", "", body, (), None, None, 2024, "部门预算")


# Whoosh leaves open the files that it could not read, until they are collected.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    yield
    gc.collect()
    gc.collect()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[WhooshEngine]:
    opened = WhooshEngine.open(tmp_path / "index")
    opened.add([entry("a"), entry("b")])
    yield opened
    opened.close()


@pytest.fixture
def folder(engine: WhooshEngine, tmp_path: Path) -> Path:
    return tmp_path / "index"


def live(folder: Path) -> Path:
    return folder / (folder / "CURRENT").read_text().split()[0]


def test_what_one_adds_another_finds(engine: WhooshEngine, folder: Path) -> None:
    other = WhooshEngine.open(folder)
    assert other.ids() == {"a", "b"}
    engine.add([entry("c", "新内容")])
    assert other.matching(Term("新内容")) == {"c"}
    other.remove(["a"])
    assert engine.ids() == {"b", "c"}
    other.close()


def test_rebuilding_swaps_under_readers(engine: WhooshEngine, folder: Path) -> None:
    before = live(folder)

    def entries() -> Iterator[Entry]:
        assert engine.ids() == {"a", "b"}  # the live one answers meanwhile
        yield entry("c", "重建之后")

    WhooshEngine.rebuild(folder, entries())
    assert engine.ids() == {"c"}
    assert engine.matching(Term("重建之后")) == {"c"}
    assert not before.exists()
    assert [path.name for path in folder.glob("index-*")] == [live(folder).name]


def test_a_failed_rebuild_leaves_the_live_index(engine: WhooshEngine, folder: Path) -> None:
    def entries() -> Iterator[Entry]:
        yield entry("c")
        raise RuntimeError("lost")

    with pytest.raises(RuntimeError, match="lost"):
        WhooshEngine.rebuild(folder, entries())
    assert engine.ids() == {"a", "b"}
    WhooshEngine.rebuild(folder, [entry("d")])
    assert engine.ids() == {"d"}
    assert len(list(folder.glob("index-*"))) == 1


def test_a_failed_addition_changes_nothing(engine: WhooshEngine) -> None:
    broken = entry("c")
    object.__setattr__(broken, "fiscal_year", object())
    with pytest.raises(TypeError):
        engine.add([entry("a", "改过"), broken])
    assert engine.ids() == {"a", "b"}
    assert engine.matching(Term("改过")) == frozenset()
    engine.add([entry("c")])
    assert engine.ids() == {"a", "b", "c"}


HOLD = """
import sys
from whoosh.util.filelock import FileLock
lock = FileLock(sys.argv[1])
assert lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_writer_waits_and_then_says_why(engine: WhooshEngine, folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", HOLD, str(folder / "LOCK")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdin
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        impatient = WhooshEngine(folder, patience=0.2)
        with pytest.raises(IndexBusy, match="正被另一个进程写入"):
            impatient.add([entry("c")])
        with pytest.raises(IndexBusy):
            WhooshEngine.rebuild(folder, [], patience=0.2)
        assert impatient.ids() == {"a", "b"}  # reading is not writing
        threading.Timer(0.3, holder.stdin.close).start()
        engine.add([entry("c")])
    assert impatient.ids() == {"a", "b", "c"}
    impatient.close()


def test_a_seeded_random_gives_no_two_segments_one_name(engine: WhooshEngine) -> None:
    for number in range(3):
        random.seed(1)
        engine.add([entry(f"c{number}")])
    assert len(engine.ids()) == 5


def test_threads_read_while_one_writes(engine: WhooshEngine) -> None:
    failures: list[BaseException] = []
    done = threading.Event()

    def reads() -> None:
        try:
            while not done.is_set():
                assert {"a", "b"} <= engine.matching(Term("基金监管"))
                assert engine.search(Everything(), 5)
        except BaseException as error:
            failures.append(error)

    readers = [threading.Thread(target=reads) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(6):
        engine.add([entry(f"c{number}")])
    done.set()
    for reader in readers:
        reader.join()
    assert not failures
    assert len(engine.ids()) == 8


def toc(folder: Path) -> Path:
    return next(live(folder).glob("*.toc"))


def segment(folder: Path) -> Path:
    return next(live(folder).glob("*.seg"))


DAMAGES = {
    "no pointer's target": lambda folder: (folder / "CURRENT").write_text(f"index-9 {LAYOUT}"),
    "garbled pointer": lambda folder: (folder / "CURRENT").write_bytes(b"\xff\x00"),
    "pointer out of the folder": lambda folder: (folder / "CURRENT").write_text(f"../x {LAYOUT}"),
    "another layout": lambda folder: (folder / "CURRENT").write_text("index-1 whoosh-0"),
    "empty table of contents": lambda folder: toc(folder).write_bytes(b""),
    "garbled table of contents": lambda folder: toc(folder).write_bytes(b"garbage" * 20),
    "no table of contents": lambda folder: toc(folder).unlink(),
    "no segment": lambda folder: segment(folder).unlink(),
    "empty segment": lambda folder: segment(folder).write_bytes(b""),
    "garbled segment": lambda folder: segment(folder).write_bytes(b"garbage" * 2000),
    "cut segment": lambda folder: segment(folder).write_bytes(segment(folder).read_bytes()[:500]),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_opens_empty_and_can_be_filled(
    damage: str, engine: WhooshEngine, folder: Path
) -> None:
    engine.close()
    DAMAGES[damage](folder)
    opened = WhooshEngine.open(folder)
    assert opened.ids() == frozenset()
    assert opened.search(Everything(), 10) == []
    assert opened.trouble
    assert "reindex" in opened.trouble
    opened.add([entry("c")])
    assert opened.ids() == {"c"}
    assert opened.trouble is None
    WhooshEngine.rebuild(folder, [entry("d")])
    assert opened.ids() == {"d"}
    opened.close()


def test_a_new_index_is_no_trouble(tmp_path: Path) -> None:
    opened = WhooshEngine.open(tmp_path / "not" / "there")
    assert opened.trouble is None
    assert opened.ids() == frozenset()
    opened.close()


def test_a_removed_index_is_an_empty_one(engine: WhooshEngine, folder: Path) -> None:
    for path in live(folder).iterdir():
        path.unlink()
    assert engine.ids() == frozenset()
    assert engine.trouble


def test_damage_met_while_reading_is_told(
    engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise EOFError

    monkeypatch.setattr("archive.engine.snapshot.Snapshot.matching", broken)
    with pytest.raises(StoreDamaged, match="reindex"):
        engine.matching(Term("医保"))


KILLED = """
import os, sys, threading, time
from pathlib import Path
from archive.engine import Entry
from archive.engine.whoosh_engine import WhooshEngine
folder, delay = Path(sys.argv[1]), float(sys.argv[2])
engine = WhooshEngine.open(folder)
print("open", flush=True)
threading.Thread(target=lambda: (time.sleep(delay), os._exit(9))).start()
for number in range(10_000):
    engine.add([Entry(f"n{number}", "题", "", "", "医疗保障" * 50, (), None, None, 2024, "其他")])
"""


@pytest.mark.parametrize("delay", [0.05, 0.11, 0.17])
def test_killed_while_writing(delay: float, engine: WhooshEngine, folder: Path) -> None:
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", KILLED, str(folder), str(delay)],
        cwd=ROOT,
        check=False,
        capture_output=True,
    )
    reopened = WhooshEngine.open(folder)
    assert reopened.trouble is None
    assert {"a", "b"} <= reopened.ids()
    assert reopened.matching(Term("医疗保障")) == reopened.ids()
    reopened.add([entry("after")])
    assert "after" in reopened.ids()
    reopened.close()


def test_small_segments_are_merged_and_the_deleted_left_out(
    engine: WhooshEngine, folder: Path
) -> None:
    for number in range(20):
        engine.add([entry(f"n{number}", f"第{number:03}次写入")])
        engine.remove([f"n{number - 10}"])
    assert len(list(live(folder).glob("*.seg"))) <= 10
    assert engine.ids() == {"a", "b", *(f"n{number}" for number in range(10, 20))}
    for number in range(10, 20):
        assert engine.matching(Term(f"第{number:03}次写入")) == {f"n{number}"}
    assert engine.matching(Term("第003次")) == frozenset()
    assert engine.matching(Term("医疗保障基金")) == {"a", "b"}


def test_rebuilding_in_several_commits(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whoosh_engine, "WRITTEN_AT_ONCE", 3)
    WhooshEngine.rebuild(folder, [entry(f"e{number}") for number in range(7)])
    assert len(list(live(folder).glob("*.seg"))) == 3
    opened = WhooshEngine.open(folder)
    assert opened.matching(Term("基金监管")) == {f"e{number}" for number in range(7)}
    opened.close()


@given(
    st.lists(
        st.tuples(st.integers(0, 2**31), st.integers(1, 255)), min_size=1, unique_by=lambda p: p[0]
    )
)
def test_postings_are_unpacked_as_they_were_packed(pairs: list[tuple[int, int]]) -> None:
    numbers, counts = (np.array(values) for values in zip(*sorted(pairs), strict=True))
    found = unpack(pack(numbers.astype(np.int64), counts.astype(np.uint8)))
    assert [part.tolist() for part in found] == [numbers.tolist(), counts.tolist()]


@pytest.mark.parametrize("data", [b"", b"\x09ab", b"\x01abc", b"\x12ab"])
def test_garbled_postings_are_told(data: bytes) -> None:
    with pytest.raises(EOFError):
        unpack(data)
