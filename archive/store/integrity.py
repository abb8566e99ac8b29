"""SQLite's own judgement of the archive file."""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database


def integrity_problems(db: Database) -> list[str]:
    """What ``integrity_check`` and ``foreign_key_check`` report, as sentences in Chinese."""
    try:
        damage = [line for (line,) in db.execute("PRAGMA integrity_check") if line != "ok"]
        broken = db.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        return [f"数据库无法读取（{error}）：请从备份恢复，或重新入库。"]
    problems = [f"数据库损坏（{line}）：请从备份恢复，或重新入库。" for line in damage]
    problems += [
        f"数据表 {table} 的第 {rowid} 行指向 {parent} 中不存在的记录：请重新入库。"
        for table, rowid, parent, _ in broken
    ]
    return problems
