"""One SQLite connection a thread, and the two kinds of transaction."""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from archive.errors import ArchiveError, StoreDamaged
from archive.lock import Busy
from archive.store import key_figures, labels, listings, masking, reliances
from archive.store.schema import migrations

_BUSY_SECONDS = 60.0

_EVERY_CONNECTION = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",  # a commit survives power loss, in WAL too
)


class Connections:
    """The connections of one archive file, opened as threads first ask for them.

    They may be closed from any thread; that of a thread that has ended is closed when the
    next one is opened.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._guard = threading.Lock()
        self._open: dict[int, tuple[weakref.ref[threading.Thread], Database]] = {}
        self._seen = threading.local()

    def current(self) -> Database:
        """The calling thread's connection, which masks what the archive masks now."""
        database = self._of_thread()
        if not database.conn.in_transaction:
            (version,) = database.conn.execute("PRAGMA data_version").fetchone()
            if getattr(self._seen, "version", None) != version:
                masking.lay(database)
                self._seen.version = version
        return database

    def _of_thread(self) -> Database:
        thread = threading.current_thread()
        with self._guard:
            found = self._open.get(id(thread))
            if found and found[0]() is thread:
                return found[1]
            self._close_ended()
            database = connect(self._path)
            self._open[id(thread)] = (weakref.ref(thread), database)
            self._seen.version = None
            return database

    def close(self) -> None:
        """Close all connections, whoever opened them."""
        with self._guard:
            for _, database in self._open.values():
                database.close()
            self._open.clear()

    def _close_ended(self) -> None:
        for key, (thread, database) in list(self._open.items()):
            alive = thread()
            if alive is None or not alive.is_alive():
                database.close()
                del self._open[key]


def connect(path: Path) -> Database:
    """A connection to the archive file at ``path``, made and migrated where needed.

    Raises :class:`StoreDamaged` when the file is no archive or cannot be opened, and
    :class:`archive.lock.Busy` when another process does not finish bringing it up to date.
    """
    connection = sqlite3.connect(
        path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        database = Database(connection)
        for pragma in _EVERY_CONNECTION:
            database.execute(pragma)
        with _upgrading(path):
            _migrate(database)
            _derive(database)
    except sqlite3.DatabaseError as error:
        connection.close()
        if isinstance(error, sqlite3.OperationalError):
            message = f"无法打开档案数据库 {path}（{error}）：请检查磁盘空间和文件权限。"
        else:
            message = f"{path} 不是完好的档案数据库（{error}）：请从备份恢复，或重新入库。"
        raise StoreDamaged(message) from error
    except BaseException:
        connection.close()
        raise
    return database


@contextmanager
def _upgrading(path: Path) -> Iterator[None]:
    """A block that brings an archive up to date, as another process may be doing now."""
    try:
        yield
    except Busy as busy:
        message = (
            f"档案 {path.parent} 正由另一个进程升级，还没有完成：请等几分钟再试。"
            "（Another process is upgrading the archive: try again in a few minutes.）"
        )
        raise Busy(message) from busy


def _migrate(database: Database) -> None:
    if not migrations.pending(database):
        return
    database.enable_wal()
    with writing(database):  # others may be opening the same new archive: one at a time
        migrations.apply(database)


def _derive(database: Database) -> None:
    for derived, fill in (
        (labels, labels.refold),
        (reliances, reliances.fill),
        (key_figures, key_figures.fill),
        (listings, listings.fill),
    ):
        if derived.is_stale(database):
            with writing(database):
                if derived.is_stale(database):  # no other has done it meanwhile
                    fill(database)


@contextmanager
def writing(database: Database) -> Iterator[None]:
    """A transaction that writes: all of the block, or nothing of it.

    It takes the write lock at once, so that it cannot fail half-way for another writer, and
    reads what is printed.  Raises :class:`archive.lock.Busy` when another does not let go of
    that lock, and :class:`ArchiveError` when the disk is full or cannot be written.
    """
    masking.lift(database)
    try:
        database.execute("BEGIN IMMEDIATE")
        yield
        database.execute("COMMIT")
    except sqlite3.OperationalError as error:
        database.rollback()
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise Busy("档案数据库正由另一个进程写入：请等它结束后再试。") from error
        message = f"无法写入档案数据库（{error}）：请检查磁盘空间和文件权限。"
        raise ArchiveError(message) from error
    except BaseException:
        database.rollback()
        raise
    finally:
        masking.lay(database)


@contextmanager
def snapshot(database: Database) -> Iterator[None]:
    """A block whose reads all see one state of the archive; may be nested."""
    if database.conn.in_transaction:
        yield
        return
    database.execute("BEGIN")
    try:
        yield
    finally:
        database.rollback()
