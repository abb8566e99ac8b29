"""Bytes to text, in the encodings found in China.

Strict decoding in order decides nearly everything: real UTF-8 is hardly ever anything else.
GB18030 and Big5 both accept almost any pair of bytes, so between them the share of everyday
characters decides; a declared charset is believed only between equals, because pages lie.
"""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_CODECS = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")

SAMPLE = 20_000
"""How many characters of a candidate are weighed."""
MIN_EVERYDAY = 0.6
"""The least share of everyday characters in a text that is believed to be text."""
MAX_BROKEN = 0.01
"""The greatest share of undecodable characters in a text that is still kept."""
MAX_JUNK = 0.05
"""The greatest share of control and unassigned characters in a text."""
NEAR = 0.02
"""Candidates whose shares differ by less are equals, and the order of codecs decides."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the codec that gave it, and how many places in it could not be decoded."""

    text: str
    encoding: str
    broken: int = 0


def decode(data: bytes, declared: str | None = None) -> Decoded | None:
    """The text in ``data``; ``None`` when it is no text in any known encoding.

    ``declared`` is the charset that the file itself names, if it does.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            marked = _lenient(data, encoding, skip=mark if encoding == "gb18030" else b"")
            return marked if _is_clean(marked) else None
    utf8 = _strict(data, "utf-8")
    if utf8 and _is_clean(utf8):
        return utf8
    candidates = [found for found in (_strict(data, codec) for codec in _CODECS[1:]) if found]
    best = _best(candidates, declared)
    if best is not None:
        return best
    return _best([_lenient(data, codec) for codec in _CODECS[:3]], declared)


def everyday(text: str) -> float:
    """The share of everyday characters in ``text``, from 0 to 1; spaces do not count.

    Everyday are ASCII, the Han characters of the first level of GB2312 or Big5 (which hold
    more than nine tenths of any official text), and the punctuation of both.
    """
    characters = [character for character in text[:SAMPLE] if not character.isspace()]
    if not characters:
        return 1.0
    return sum(map(_is_everyday, characters)) / len(characters)


def junk(text: str) -> float:
    """The share of characters that no document prints: controls, private, unassigned."""
    sample = text[:SAMPLE]
    bad = sum(not character.isspace() and _is_impossible(character) for character in sample)
    return bad / max(len(sample), 1)


def _strict(data: bytes, encoding: str) -> Decoded | None:
    if encoding.startswith("utf-16") and len(data) % 2:
        return None
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _lenient(data: bytes, encoding: str, skip: bytes = b"") -> Decoded:
    text = data[len(skip) :].decode(encoding, errors="replace")
    return Decoded(text, encoding, text.count("�"))


def _best(candidates: list[Decoded], declared: str | None) -> Decoded | None:
    """The candidate that reads most like text; between equals the declared, then the order."""
    believed = _normal_name(declared)
    scored = [
        (everyday(found.text) - junk(found.text) + NEAR * (found.encoding == believed), found)
        for found in candidates
        if _is_clean(found) and everyday(found.text) >= MIN_EVERYDAY
    ]
    if not scored:
        return None
    top = max(score for score, _ in scored)
    return next(found for score, found in scored if score >= top - NEAR)


def _is_clean(found: Decoded) -> bool:
    """Whether so little is broken or unprintable that a document may hold it."""
    return found.broken <= MAX_BROKEN * len(found.text) + 1 and junk(found.text) <= MAX_JUNK


def _normal_name(declared: str | None) -> str | None:
    """Our codec for a declared charset: gb2312 and gbk are read as gb18030, which holds them."""
    try:
        name = codecs.lookup(declared or "").name
    except LookupError:
        return None
    return {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(name, name)


def _is_everyday(character: str) -> bool:
    if " " <= character <= "~":
        return True
    if "\u3000" <= character <= "\u303f" or "\uff00" <= character <= "\uffef":
        return True
    for codec, first, last in (("gb2312", 0xA1, 0xD7), ("big5", 0xA1, 0xC6)):
        try:
            lead = character.encode(codec)
        except UnicodeEncodeError:
            continue
        if len(lead) == 2 and first <= lead[0] <= last:
            return True
    return False


def _is_impossible(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"}
