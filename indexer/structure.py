"""Blocks to sections: the headings of a disclosure with the text below them.

A section's id joins the numbers printed above it and its own (第三部分-七-一), so that it
does not change when an extractor finds more or fewer sections elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from archive.addresses import distinct, slug
from archive.model import Place, Section
from indexer.blocks import Block, Heading, Paragraph
from indexer.places import union

OPENING = "封面"
"""The id of the text before the first heading."""


@dataclass(slots=True)
class _Part:
    """A section while its text is read."""

    heading: str
    level: int
    id: str
    texts: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)


def sections(blocks: Sequence[Block]) -> list[Section]:
    """The sections in printed order; text before the first heading is one of level 0.

    ``text`` holds one paragraph a line.  What a table prints, its notes among it, is the
    table's alone: a note says nothing under the heading that stands pages before it.
    """
    parts = [part for part in _parts(blocks) if part.level or part.texts]
    ids = distinct(part.id for part in parts)
    return [
        Section(
            id=identifier,
            level=part.level,
            heading=part.heading,
            text="\n".join(part.texts),
            place=union(part.places),
        )
        for identifier, part in zip(ids, parts, strict=True)
    ]


def _parts(blocks: Iterable[Block]) -> list[_Part]:
    parts = [_Part("", 0, OPENING)]
    above: list[Heading] = []
    for block in blocks:
        if isinstance(block, Heading):
            above = [*(heading for heading in above if heading.level < block.level), block]
            parts.append(_Part(block.text, block.level, _id(above), places=[block.place]))
        elif isinstance(block, Paragraph):
            parts[-1].texts.append(block.text)
            parts[-1].places.append(block.place)
    return parts


def _id(headings: Sequence[Heading]) -> str:
    return slug(*(heading.number or heading.text for heading in headings))
