"""An archive with one of everything that a page can show: the samples and three files more.

The further files are made from a sample: one whose converter dropped blank cells, so that
cells are doubtful and totals do not add up; one with a table of 1,500 rows; one that is
damaged and cannot be read.
"""

from __future__ import annotations

import re
from pathlib import Path

from archive.archive import Archive
from archive.keeper import Keeper
from indexer.pipeline import ingest

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples" / "files"
SOURCE = "korla-sample-2024-budget.html"
AGENCY = "库尔勒市示例医疗保障服务中心"
DUMP, DUMP_AGENCY = "putuo-sample-2023-final-accounts.txt", "上海市普陀区示例规划事务中心"
DOUBTFUL = "上海市普陀区示例测绘中心"
LONG = "和静县示例医疗保障中心"
PASSWORD = "a-long-password-of-tests"
DAMAGED = "damaged.pdf"
LONG_ROWS = 1500
_BLANKS = re.compile(r"(?<=\S)\t{2,}(?=\S)|\t+$", re.M)
_TABLE_3 = re.compile(r"(<p align=\"center\">表3</p>.*?)(<tr><td>.*?)(</table>)", re.S)


def showcase(folder: Path) -> Archive:
    """Fill a new archive at ``folder``; the caller closes it."""
    made = folder / "made"
    made.mkdir(parents=True)
    (made / "doubtful.txt").write_bytes(_doubtful())
    (made / "long.html").write_bytes(_long())
    (made / DAMAGED).write_bytes(b"%PDF-1.7\n%damaged\n" + bytes(range(256)))
    archive = Archive.open(folder / "archive")
    ingest(archive, [SAMPLES, made], workers=1)
    archive.store.set_fact("notice", "示例数据")
    Keeper(archive.folder).set_password(PASSWORD)
    return archive


def _doubtful() -> bytes:
    """The sample without its blank cells, and with a part that no longer fits its total."""
    text = (SAMPLES / DUMP).read_text(encoding="utf-8").replace(DUMP_AGENCY, DOUBTFUL)
    return _BLANKS.sub("\t", text.replace("\t86.10", "\t86.40")).encode()


def _long() -> bytes:
    """The sample with a table 3 of 1,500 projects."""
    rows = "".join(
        f"<tr><td>210</td><td>15</td><td>{number % 90 + 10:02}</td>"
        f"<td>基层医疗保障经办服务第{number:04}号站点工作经费</td>"
        f"<td>{number * 300:,}</td><td>{number * 200:,}</td><td>{number * 100:,}</td></tr>\n"
        for number in range(1, LONG_ROWS + 1)
    )
    text = (SAMPLES / SOURCE).read_bytes().decode("gb18030").replace(AGENCY, LONG)
    return _TABLE_3.sub(rf"\g<1>{rows}\g<3>", text).encode("gb18030")
