"""Where the ink of a PDF comes from: PDFium first, pdfminer.six where PDFium fails.

The stages behind see only :class:`Ink`; another library would be one more reading here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.readers.pdf.ink import UNREADABLE, BrokenPage, Ink, Unopened, WrongPassword
from indexer.readers.pdf.pdfium import PdfiumFile
from indexer.readers.pdf.pdfminer import PdfminerFile

MOST_UNREADABLE = 0.2
"""A page with a larger share of unknown glyphs is not text."""
ASK_AGAIN = 0.01
"""A page with a larger share of them is read by the second library too."""

_MOJIBAKE = range(0x80, 0x100)
_SIGNS = frozenset("·×÷°±§«»µ¥£¢©®²³¹¼½¾–\xa0\xad")


@dataclass(frozen=True, slots=True)
class Fault:
    """A page that neither library reads, with the reason of each."""

    number: int
    reason: str


class Source:
    """A PDF file opened for reading page by page.

    Raises :class:`WrongPassword` and :class:`Unopened`.
    """

    def __init__(self, data: bytes) -> None:
        self._first: PdfiumFile | None = None
        self._second: PdfminerFile | None = None
        self._failed = ""
        try:
            self._second = PdfminerFile(data)
        except (Unopened, WrongPassword) as error:
            self._failed = str(error)
        try:
            self._first = PdfiumFile(data)
        except Unopened as error:
            if self._second is None:
                raise Unopened(self._failed) from error
        opened = self._first or self._second
        self.pages = opened.pages if opened else 0
        self.title = self._first.title if self._first else None

    def inks(self) -> Iterator[Ink | Fault]:
        """The pages in order, each freed before the next is read."""
        for number in range(1, self.pages + 1):
            yield self._ink(number)

    def close(self) -> None:
        """Free the document."""
        if self._first is not None:
            self._first.close()

    def _ink(self, number: int) -> Ink | Fault:
        # Where they count pages otherwise, one has dropped a broken page: number 5 of the
        # one is not number 5 of the other.
        agreed = self._second if self._second and self._second.pages == self.pages else None
        damage = agreed.damage(number) if agreed else None
        first, fault = _read(self._first, number)
        if first is None or not is_plausible(first):
            second, also = _read(agreed, number)
            if second is not None and (first is None or _is_better(second, first)):
                first = second
            fault = fault or also or self._failed
        return Fault(number, fault) if first is None else replace(first, damage=damage)


def _read(file: PdfiumFile | PdfminerFile | None, number: int) -> tuple[Ink | None, str]:
    if file is None:
        return None, ""
    try:
        return file.ink(number), ""
    except BrokenPage as error:
        return None, str(error)


def is_plausible(ink: Ink) -> bool:
    """Whether a reading needs no second: it has text that is text, or shows a picture."""
    if not ink.chars:
        return bool(ink.pictures or ink.curves)
    return unreadable_share(ink) <= ASK_AGAIN


def _is_better(second: Ink, first: Ink) -> bool:
    if not second.chars:
        return False
    return not first.chars or unreadable_share(second) < unreadable_share(first)


def unreadable_share(ink: Ink) -> float:
    """The share of a page's glyphs that have no character, or one that cannot be meant.

    GBK bytes read as Latin-1 (ÉÏº£ÊÐ) are what old converters leave of Chinese text.
    """
    counted = Counter(char.text for char in ink.chars)
    printed = {text: count for text, count in counted.items() if not text.isspace()}
    wrong = sum(
        count
        for text, count in printed.items()
        if text == UNREADABLE or (ord(text[0]) in _MOJIBAKE and text not in _SIGNS)
    )
    return wrong / max(sum(printed.values()), 1)
