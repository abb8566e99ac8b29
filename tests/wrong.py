"""An archive of two disclosures that hold wrong figures, made from samples by changing them."""

from __future__ import annotations

from pathlib import Path

from archive.archive import Archive
from indexer.pipeline import ingest

SAMPLES = Path(__file__).parents[1] / "samples" / "files"
ACCOUNTS, AGENCY = "putuo-sample-2023-final-accounts.txt", "上海市普陀区示例规划事务中心"
BUDGET = "korla-sample-2024-budget.html"
RIGHT, WRONG = "86.10", "89.10"
"""A figure of the accounts, in the table and the text, and what the table now prints."""


def wrong(folder: Path) -> Archive:
    """Fill a new archive at ``folder``; the caller closes it."""
    made = folder / "made"
    made.mkdir(parents=True)
    text = (SAMPLES / ACCOUNTS).read_text(encoding="utf-8")
    (made / "accounts.txt").write_text(text.replace(f"\t{RIGHT}", f"\t{WRONG}", 1), "utf-8")
    (made / BUDGET).write_bytes((SAMPLES / BUDGET).read_bytes())
    archive = Archive.open(folder / "archive")
    ingest(archive, [made], workers=1)
    archive.store.set_fact("notice", "示例数据")
    return archive
