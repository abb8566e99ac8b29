"""One measurement of search in a process of its own, for bench.search.

``python -m bench.search_run build|ask|http|add|hostile FOLDER [...]``.
"""

from __future__ import annotations

import http.client
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Generic, TypeVar
from urllib.parse import quote, urlencode

from app import create_app
from archive.archive import Archive
from archive.engine import Entry
from archive.engine.whoosh_engine import WhooshEngine
from archive.entries import entry_of
from archive.model import Disclosure
from archive.query import parse
from archive.search import search
from archive.search.answer import answer
from archive.search.rows import find_rows
from archive.store import Store
from bench.corpus import corpus
from bench.measure import ROOT, peak, tell
from bench.queries import Asked, held_in, query_classes
from bench.rivals import RIVALS, Fts5, Tantivy
from cli.serving import warm

QUERIES = 60
EXTRACTOR = 1
DEEP = 499 * 10
HOSTILE = {
    "10,000 characters": "医疗保障基金监管工作经费" * 850,
    "10,000 words": "医疗 保障 " * 1_700,
    "500 ORs": " OR ".join(f"{year}年{word}" for year in range(100) for word in "预收支项绩"),
    "300 amounts": " OR ".join(f"金额:{i * 7 + 1}万..{i * 7 + 3}万" for i in range(300)),
    "bare *": "*",
    "1,000 brackets": "(" * 1_000 + "预算",
    "NUL": "预算\0医保",
    "lone surrogate": "预算\ud800医保",
}


Made = TypeVar("Made")


def main(what: str, folder: str, *arguments: str) -> None:
    """Tell what was measured."""
    TASKS[what](Path(folder), *arguments)


class Apart(Generic[Made]):
    """An iterable that knows how long it took to make what it gave."""

    def __init__(self, made: Iterable[Made]) -> None:
        self._made = iter(made)
        self.seconds = 0.0

    def __iter__(self) -> Iterator[Made]:
        while True:
            began = time.perf_counter()
            one = next(self._made, None)
            self.seconds += time.perf_counter() - began
            if one is None:
                return
            yield one


def seconds(run: Callable[[Iterable[Made]], object], made: Iterable[Made]) -> float:
    """How long it takes by the clock, without the making of what it is given."""
    given = Apart(made)
    began = time.perf_counter()
    run(given)
    return time.perf_counter() - began - given.seconds


def build(folder: Path, count: str) -> None:
    """The store, then the index."""
    with Store.open(folder) as store:
        store.db.execute("PRAGMA synchronous = OFF")

        def put_all(disclosures: Iterable[Disclosure]) -> None:
            for disclosure in disclosures:
                store.put(disclosure, 1, EXTRACTOR)
            store.paid(store.owed())

        stored = seconds(put_all, corpus(int(count)))
        rows = store.overview().rows
    entries = map(_entry, corpus(int(count)))
    indexed = seconds(lambda given: WhooshEngine.rebuild(folder / "index", given), entries)
    tell(
        store=stored,
        index=indexed,
        rows=rows,
        store_size=megabytes(folder / "archive.sqlite3"),
        index_size=megabytes(folder / "index"),
        peak=peak(),
    )


def build_rival(folder: Path, name: str, ours: str) -> None:
    """The entries of our archive in another engine."""
    with Store.open(Path(ours)) as store:
        entries = (_entry(store.disclosure(id_)) for id_ in store.document_ids())
        indexed = seconds(lambda given: RIVALS[name]().build(folder, given), entries)
    tell(index=indexed, index_size=megabytes(folder), peak=peak())


def _entry(disclosure: Disclosure) -> Entry:
    return entry_of(disclosure, superseded=False)


def ask(folder: Path) -> None:
    """Each class through the engine, and as a whole answer of :mod:`archive.search`."""
    with Archive.open(folder) as archive:
        opened = time.perf_counter()
        engine = archive.engine
        opened = time.perf_counter() - opened
        engine.search(parse("预热").query, 10)
        measured = {"open": opened * 1000}
        for name, asked in asked_of(archive.store).items():
            for layer, run in _layers(archive, asked[0].kind).items():
                measured |= percentiles(f"{layer}/{name}", run, asked)
        page = parse("预算").query
        measured |= percentiles(
            "engine/page 1", lambda _: engine.search(page, 10), [Asked("")] * 20
        )
        measured |= percentiles(
            "engine/page 500", lambda _: engine.search(page, 10, DEEP), [Asked("")] * 20
        )
        tell(**measured, memory=peak())


def _layers(archive: Archive, kind: str) -> dict[str, Callable[[Asked], object]]:
    """What answers queries of that kind, by layer; the words' engine where it alone does."""
    store, engine = archive.store, archive.engine

    def whole(asked: Asked) -> object:
        return search(store, engine, asked.text)

    def words(asked: Asked) -> object:
        query = parse(asked.text).query
        return engine.candidates(query).count, engine.search(query, 10)

    if kind in {"words", "filters"}:
        return {"engine": words, "answer": whole}
    if kind == "rows":

        def rows(asked: Asked) -> object:
            found = find_rows(store, engine, parse(asked.text).query)
            return found.total, found.page("relevance", 10)

        return {"engine": rows}
    if kind == "facets":
        return {
            "engine": lambda asked: answer(store, engine, asked.text, limit=0).facets("documents")
        }
    if kind == "suggestions":
        from archive.suggest.offered import suggest  # noqa: PLC0415

        return {"engine": lambda asked: suggest(store, asked.text)}
    if kind == "total":
        return {"engine": lambda asked: engine.candidates(parse(asked.text).query).count}
    return {"engine": whole}


def asked_of(store: Store) -> dict[str, list[Asked]]:
    """The queries to ask of an archive."""
    return query_classes(QUERIES, held_in(store))


def ask_rival(folder: Path, name: str, ours: str) -> None:
    """The classes of words alone, top ten and count as our engine gives both."""
    with Store.open(Path(ours)) as store:
        classes = asked_of(store)
    rival: Fts5 | Tantivy = RIVALS[name]()
    rival.open(folder)
    measured: dict[str, float] = {}
    for title, asked in classes.items():
        if asked[0].kind == "words":
            measured |= percentiles(
                f"engine/{title}", lambda one: (rival.top(one), rival.count(one)), asked
            )
    tell(**measured, memory=peak())


def http_run(folder: Path) -> None:
    """Each class as a page of the web application, by one client that keeps its connection:
    by the clock, and the processor time that the server takes."""
    measured: dict[str, float] = {}
    with Store.open(folder) as store:
        classes = asked_of(store)
    with serving(folder) as (connection, server):
        fetch(connection, "/search?q=" + quote("预热"))
        for name, asked in classes.items():
            clock, processor = [], []
            for one in asked:
                began, used = time.perf_counter(), processor_seconds(server)
                fetch(connection, _path(one))
                clock.append((time.perf_counter() - began) * 1000)
                processor.append((processor_seconds(server) - used) * 1000)
            measured |= middle_and_tail(f"http/{name}", clock)
            measured |= middle_and_tail(f"server/{name}", processor)
    tell(**measured)


def processor_seconds(process: int) -> float:
    """The processor time of all threads of a process so far, to the nanosecond."""
    threads = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(one.read_text(encoding="ascii").split()[0]) for one in threads) / 1e9


def _path(asked: Asked) -> str:
    text = quote(asked.text)
    if asked.kind == "suggestions":
        return f"/suggest.json?q={text}"
    return f"/search?q={text}&in=rows" if asked.kind == "rows" else f"/search?q={text}&stay=1"


class serving:  # noqa: N801 - a context manager, read as a verb
    """The application over a folder in another process, and a connection to it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> tuple[http.client.HTTPConnection, int]:
        command = [sys.executable, "-W", "ignore", "-u", "app.py", "--archive", str(self._folder)]
        self._server = subprocess.Popen(
            [*command, "serve", "--port", str(_free_port())],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._server.stdout
        line = self._server.stdout.readline()
        found = re.search(r":(\d+)/", line)
        assert found, line
        connection = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=60)
        for _ in range(100):  # the address is told before the server listens
            try:
                connection.connect()
                break
            except ConnectionRefusedError:
                time.sleep(0.05)
        return connection, self._server.pid

    def __exit__(self, *_: object) -> None:
        self._server.terminate()
        self._server.wait()
        if self._server.stdout:
            self._server.stdout.close()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def fetch(connection: http.client.HTTPConnection, path: str) -> bytes:
    connection.request("GET", path)
    response = connection.getresponse()
    body = response.read()
    if response.status != http.client.OK:
        raise RuntimeError(f"{response.status} for {path}")
    return body


def add(folder: Path) -> None:
    """Seconds until a disclosure just stored is found, by an engine that is open."""
    with Archive.open(folder) as archive:
        (new,) = corpus(1, seed=len(archive.store.document_ids()))
        name = new.projects[0].name
        before = archive.engine.matching(parse(name).query)
        began = time.perf_counter()
        archive.store.put(new, 1, EXTRACTOR)
        archive.catch_up()
        found = archive.engine.matching(parse(name).query)
        taken = time.perf_counter() - began
    if new.document.id not in found - before:
        raise RuntimeError("what was added is not found")
    tell(seconds=taken)


def hostile(folder: Path) -> None:
    """The slowest of three whole pages for each hostile query; each must have a notice."""
    measured = {}
    with Archive.open(folder) as archive:
        client = create_app(archive).test_client()
        warm(archive)
        for name, text in HOSTILE.items():
            if not search(archive.store, archive.engine, text).notices:
                raise RuntimeError(f"no notice for {name}")
            asked = urlencode({"q": text, "stay": 1}, errors="surrogatepass")
            taken = []
            for _ in range(3):
                began = time.thread_time()
                response = client.get(f"/search?{asked}")
                taken.append(time.thread_time() - began)
            if response.status_code != http.client.OK:
                raise RuntimeError(f"{response.status_code} for {name}")
            measured[name] = max(taken) * 1000
    tell(**measured)


def percentiles(
    name: str,
    run: Callable[[Asked], object],
    asked: list[Asked],
    clock: Callable[[], float] = time.thread_time,
) -> dict[str, float]:
    """Milliseconds, the median and the 95th of a hundred: of the processor, which other work
    on the machine does not lengthen, or by the clock where several processes answer."""
    return middle_and_tail(name, list(timed(run, asked, clock)))


def middle_and_tail(name: str, milliseconds: list[float]) -> dict[str, float]:
    """The median and the 95th of a hundred."""
    taken = sorted(milliseconds)
    return {f"{name}/p50": taken[len(taken) // 2], f"{name}/p95": taken[int(len(taken) * 0.95)]}


def timed(
    run: Callable[[Asked], object], asked: list[Asked], clock: Callable[[], float]
) -> Iterator[float]:
    for one in asked:
        began = clock()
        run(one)
        yield (clock() - began) * 1000


def megabytes(path: Path) -> float:
    """The size of a file, or of all files below a folder."""
    paths = [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]
    return sum(p.stat().st_size for p in paths) / 1_000_000


TASKS: dict[str, Callable[..., None]] = {
    "build": build,
    "build-rival": build_rival,
    "ask": ask,
    "ask-rival": ask_rival,
    "http": http_run,
    "add": add,
    "hostile": hostile,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
