"""The printed line that shows best why a disclosure matches, its matches marked by spans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.fold import fold_with_offsets
from archive.segment import loosened, without_quotes

WIDTH = 120
_LEAD = 24
_MOST_WINDOWS = 50
_CUT = "…"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of one line; each of ``spans`` is a match ``text[start:end]``, in order."""

    text: str
    spans: tuple[Span, ...] = ()


def snippet(line: str, words: Sequence[str]) -> Snippet:
    """The line, cut around its matches where it is long; ``words`` as they were typed."""
    line = " ".join(line.split())
    spans = matches(line, words)
    if len(line) <= WIDTH:
        return Snippet(line, tuple(spans))
    start = _window(spans, len(line))
    end = min(start + WIDTH, len(line))
    before, after = _CUT if start else "", _CUT if end < len(line) else ""
    shift = len(before) - start
    return Snippet(
        before + line[start:end] + after,
        tuple((a + shift, min(b, end) + shift) for a, b in spans if a >= start and a < end),
    )


def matches(text: str, words: Sequence[str]) -> list[Span]:
    """Where the words stand in ``text``, width and quotation marks aside; never overlapping."""
    folded, offsets = fold_with_offsets(text)
    kept = [index for index, character in enumerate(folded) if without_quotes(character)]
    loose = "".join(folded[index] for index in kept)
    found: list[Span] = []
    for word in words:
        wanted = loosened(word)
        at = loose.find(wanted) if wanted else -1
        while at >= 0:
            last = kept[at + len(wanted) - 1]
            found.append((offsets[kept[at]], offsets[last] + 1))
            at = loose.find(wanted, at + len(wanted))
    return _merged(found)


def best_line(lines: Iterable[str], words: Sequence[str]) -> str | None:
    """The first of the lines that hold most of the words; ``None`` when none holds any."""
    wanted = [text for text in map(loosened, words) if text]
    best, most = None, 0
    for line in lines:
        loose = loosened(line)
        held = sum(len(text) for text in wanted if text in loose)
        if held > most:
            best, most = line, held
    return best


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _window(spans: list[Span], length: int) -> int:
    """Where a window that shows most of what matches begins, a little before a match."""
    if not spans:
        return 0
    starts = [max(0, min(start - _LEAD, length - WIDTH)) for start, _ in spans[:_MOST_WINDOWS]]
    return max(starts, key=lambda at: (_shown(spans, at), -at))


def _shown(spans: list[Span], at: int) -> int:
    return sum(end - start for start, end in spans if at <= start and end <= at + WIDTH)
