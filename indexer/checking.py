"""The rules over the archive: at ingest with last year's disclosure, and all again.

``indexer.checks`` knows records only; what it needs of other years is fetched here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from archive.model import Disclosure
from archive.store import Store
from indexer.checks import beside, checked

_BATCH = 40  # disclosures of one task, and of one transaction
_FEWEST_FOR_WORKERS = 2 * _BATCH
_HELD = 4  # disclosures in memory: two kinds of two years


def beside_years(store: Store, disclosure: Disclosure) -> Disclosure:
    """A new disclosure with what last year's says of it; next year's is told of it at once.

    The store's transaction for next year's comes first, so that an ingest that is killed
    before the new disclosure is stored does both again.
    """
    after = store.of_other_year(disclosure.document, 1)
    if after is not None:
        store.put_findings([beside(store.disclosure(after), disclosure)])
    before = store.of_other_year(disclosure.document, -1)
    return beside(disclosure, store.disclosure(before)) if before else disclosure


def check_all(
    store: Store,
    folder: Path,
    ids: Sequence[str],
    *,
    workers: int | None = None,
    on_progress: Callable[[int], None] | None = None,
) -> Iterator[Disclosure]:
    """Run all rules again on these documents and store what they find.

    Nothing is extracted anew.  ``folder`` is the archive's, which each worker process
    opens for itself; ``workers`` is all cores when ``None``.  Gives the disclosures without
    their tables and texts, in order; ``on_progress`` is told how many each step did.
    """
    workers = workers or len(os.sched_getaffinity(0))
    batches = [ids[at : at + _BATCH] for at in range(0, len(ids), _BATCH)]
    for outcomes in _batches(store, folder, batches, workers):
        store.put_findings(outcome.found for outcome in outcomes if outcome.is_new)
        if on_progress:
            on_progress(len(outcomes))
        yield from (outcome.found for outcome in outcomes)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """A disclosure's identity with its findings and counts, which is all that is kept of it.

    ``is_new`` is false where the store holds the very same.
    """

    found: Disclosure
    is_new: bool


def _batches(
    store: Store, folder: Path, batches: Sequence[Sequence[str]], workers: int
) -> Iterator[list[_Outcome]]:
    if workers == 1 or sum(map(len, batches)) < _FEWEST_FOR_WORKERS:
        for batch in batches:
            yield list(_outcomes(store, batch))
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = iter(batches)
        running = [pool.submit(_in_worker, folder, b) for b in islice(waiting, 2 * workers)]
        while running:
            yield running.pop(0).result()
            running += [pool.submit(_in_worker, folder, b) for b in islice(waiting, 1)]


def _in_worker(folder: Path, ids: Sequence[str]) -> list[_Outcome]:
    with Store.open(folder) as store:
        return list(_outcomes(store, ids))


def _outcomes(store: Store, ids: Sequence[str]) -> Iterator[_Outcome]:
    """What the rules find in each; last year's is read once, for itself and for the year after.

    The years of an agency follow each other in ``Store.documents``, the newest first.
    """
    with store.snapshot():
        read = lru_cache(_HELD)(store.disclosure)
        for id_ in ids:
            disclosure = read(id_)
            before = store.of_other_year(disclosure.document, -1)
            found = checked(disclosure, read(before) if before else None)
            yield _Outcome(
                Disclosure(found.document, findings=found.findings, checks=found.checks),
                (found.findings, found.checks) != (disclosure.findings, disclosure.checks),
            )
