"""The judged queries: what people type, and the disclosure that they should see first.

``judged.csv`` was written from what the documents say, not from what the program finds:
``document`` names the expected first hit (several, parted by |, are equally good),
``place`` the kinds that its first place may have, where that matters.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archive.search import search

if TYPE_CHECKING:
    from archive.archive import Archive

LEAST_QUERIES = 60
LEAST_MRR = 0.9
LEAST_PLACES = 0.9
LOOKED_AT = 10
TITLE = "judged queries"


@dataclass(frozen=True, slots=True)
class Judged:
    query: str
    documents: tuple[str, ...]
    places: tuple[str, ...]


def judged() -> list[Judged]:
    with (Path(__file__).parents[1] / "judged.csv").open(encoding="utf-8", newline="") as file:
        return [
            Judged(row["query"], tuple(row["document"].split("|")), tuple(row["place"].split("|")))
            for row in csv.DictReader(file)
        ]


@pytest.fixture(scope="module")
def both(
    real_archive: Archive, sample_archive: Archive, tmp_path_factory: pytest.TempPathFactory
) -> Archive:
    """The real documents and the samples in one archive."""
    from archive.archive import Archive
    from indexer.version import EXTRACTOR

    together = Archive.open(tmp_path_factory.mktemp("both"))
    for one in (real_archive, sample_archive):
        for id_ in one.store.document_ids():
            together.store.put(one.store.disclosure(id_), 1, EXTRACTOR)
    together.catch_up()
    return together


@pytest.mark.real
def test_the_right_disclosure_comes_first(
    both: Archive, record_property: Callable[[str, object], None]
) -> None:
    queries = judged()
    assert len(queries) >= LEAST_QUERIES
    names = {Path(d.source_name).stem for d in both.store.documents(include_superseded=True)}
    assert names >= {name for one in queries for name in one.documents}
    gains, places, missed = [], [], []
    for one in queries:
        hits = search(both.store, both.engine, one.query, limit=LOOKED_AT).hits
        found = [Path(hit.document.source_name).stem for hit in hits]
        rank = next((at for at, name in enumerate(found, 1) if name in one.documents), None)
        gains.append(1 / rank if rank else 0.0)
        if rank != 1:
            missed.append(f"{one.query}: {rank}, first {found[:1]}")
        if any(one.places) and rank == 1:
            places.append(bool(hits[0].places) and hits[0].places[0].kind in one.places)
    mrr, in_place = sum(gains) / len(gains), sum(places) / len(places)
    record_property(
        f"report:{TITLE}",
        f"MRR {mrr:.3f} over {len(queries)} queries; first at once {gains.count(1.0)}; "
        f"first place of the judged kind {sum(places)} of {len(places)}",
    )
    assert mrr >= LEAST_MRR, "\n".join(missed)
    assert in_place >= LEAST_PLACES
