"""What a query wants to be shown of a disclosure that matches it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.amounts import is_figure, plain
from archive.model import Document
from archive.query.tree import AmountRange, Field, FieldName, Query, wanted, wanted_texts
from archive.segment import loosened

MOST_WORDS = 20
"""Words that places and excerpts are chosen by: no place shows more of them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words to be found in labels and text, and the conditions that rows can meet.

    ``figures`` are those of the words that are printed amounts, without thousands
    separators; ``exact`` and ``near`` are normal forms of document numbers.
    """

    words: tuple[str, ...]
    figures: tuple[str, ...]
    tables: tuple[str, ...]
    codes: tuple[str, ...]
    amounts: tuple[AmountRange, ...]
    exact: tuple[str, ...]
    near: tuple[str, ...]

    @property
    def amount(self) -> tuple[int | None, int | None] | None:
        """The range that holds all the amounts asked for, ``None`` when none is."""
        if not self.amounts:
            return None
        lows = [amount.low_fen for amount in self.amounts]
        highs = [amount.high_fen for amount in self.amounts]
        low = None if None in lows else min(x for x in lows if x is not None)
        high = None if None in highs else max(x for x in highs if x is not None)
        return low, high

    def words_beyond(self, document: Document) -> tuple[str, ...]:
        """The words that say more than which disclosure it is."""
        identity = loosened(f"{document.title}\n{document.agency}\n{document.region}")
        return tuple(word for word in self.words if loosened(word) not in identity)

    def words_inside(self, document: Document) -> tuple[str, ...]:
        """The words that say more than which disclosure it is, or all if none does."""
        return self.words_beyond(document) or self.words


def wanted_of(query: Query, exact: tuple[str, ...], near: tuple[str, ...]) -> Wanted:
    """What this query wants; ``exact`` are the document numbers in the archive that it
    names, ``near`` those near to them."""
    codes = _values(query, "code")
    names = (*_values(query, "project"), *(code for code in codes if not code.isdigit()))
    words = tuple(dict.fromkeys((*wanted_texts(query), *names)))[:MOST_WORDS]
    return Wanted(
        words=words,
        figures=tuple(plain(word).replace(",", "") for word in words if is_figure(word)),
        tables=_values(query, "table"),
        codes=tuple(code for code in codes if code.isdigit()),
        amounts=tuple(leaf for leaf in wanted(query) if isinstance(leaf, AmountRange)),
        exact=exact,
        near=near,
    )


def document_numbers(query: Query) -> tuple[str, ...]:
    """The document numbers that a match may cite."""
    return _values(query, "doc_no")


def _values(query: Query, name: FieldName) -> tuple[str, ...]:
    leaves = (leaf for leaf in wanted(query) if isinstance(leaf, Field) and leaf.name == name)
    return tuple(dict.fromkeys(leaf.value for leaf in leaves))


def worth(words: Sequence[str], label: str) -> float:
    """How much of the words a label holds, up to 1, and up to 1 more for nothing else; all
    of them loosened."""
    held = sum(len(word) for word in words if word in label)
    if not held:
        return 0.0
    covered = held / sum(map(len, words))
    return covered * (1 + min(held / len(label), 1.0))
