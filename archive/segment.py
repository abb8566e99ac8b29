"""Printed lines cut into words for ranking and into bigrams for never missing.

All of it works on folded lines (:mod:`archive.fold`).  jieba's words decide nothing about
what is found: of the real texts' substrings it alone would miss nearly half.
"""

from __future__ import annotations

import hashlib
import logging
import marshal
import os
import re
import sys
import tempfile
import threading
import unicodedata
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from archive.fold import fold

SHORTEST_WORD = 2
_QUOTATION_MARKS = str.maketrans("", "", "\"'")
_OVER_QUOTES = re.compile(r"""([^"'])["']+(?=([^"']))""")
_RUN = re.compile(r"[0-9a-z]+(?:[.,%][0-9a-z]+)*")
_loading = threading.Lock()


def folded_lines(text: str) -> Iterator[str]:
    """The lines of ``text`` as search compares them, blank ones left out."""
    for line in text.split("\n"):
        if kept := fold(line):
            yield kept


def loosened(text: str) -> str:
    """Folded, and without quotation marks: “三公”经费 and 三公经费 become one."""
    return without_quotes(fold(text))


def without_quotes(line: str) -> str:
    """A folded line without its quotation marks."""
    return line.translate(_QUOTATION_MARKS)


def words(line: str) -> list[str]:
    """The words of a folded line with the words inside them, and its runs of letters and
    digits; punctuation and single characters are left out."""
    found = [
        word
        for word in _tokenizer().cut_for_search(line, HMM=False)
        if len(word) >= SHORTEST_WORD and not _is_punctuation(word)
    ]
    return found + [run for run in _RUN.findall(line) if len(run) >= SHORTEST_WORD]


def longest_words(line: str) -> tuple[str, ...]:
    """The different words of a folded line that are not inside another of them."""
    found = dict.fromkeys(words(line))
    return tuple(w for w in found if not any(w != other and w in other for other in found))


def bigrams(line: str) -> list[str]:
    """Every two neighbouring characters of a folded line."""
    return [line[i : i + 2] for i in range(len(line) - 1)]


def bigrams_over_quotes(line: str) -> list[str]:
    """The pairs of characters of a folded line that only quotation marks part."""
    return [match[1] + match[2] for match in _OVER_QUOTES.finditer(line)]


def tokens(lines: Iterable[str]) -> Counter[str]:
    """How often each character, bigram and longer word stands in folded lines.

    A line contains a text of one or two characters exactly when it has that token; a
    longer text can stand only in lines that have all its bigrams, and stands in every
    line that has it as a word.
    """
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update(line)
        counts.update(bigrams(line))
        counts.update(word for word in set(words(line)) if len(word) > 2)
    return counts


def _is_punctuation(word: str) -> bool:
    return not any(unicodedata.category(character)[0] in "LN" for character in word)


@cache
def _tokenizer() -> Any:
    with _loading, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pkg_resources and old escapes in jieba's sources
        import jieba  # noqa: PLC0415  its import alone takes a tenth of a second

        jieba.setLogLevel(logging.CRITICAL)
        tokenizer = jieba.Tokenizer()
        cached = _cache_file(jieba.__version__)
        if not _load(tokenizer, cached):
            tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
            tokenizer.initialized = True
            for word in _own_words():
                tokenizer.add_word(word)
            _save(tokenizer, cached)
    return tokenizer


def _own_words() -> list[str]:
    """The domain dictionary, folded as the lines are."""
    text = files("archive").joinpath("data", "words.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return [fold(line) for line in lines if line and not line.startswith("#")]


def _cache_file(version: str) -> Path:
    """The finished dictionary of this user, named for all that it depends on.

    It is never looked for in a folder that others may write to: marshal trusts its input.
    """
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    made_of = "\n".join([version, sys.version, *_own_words()])
    name = hashlib.sha256(made_of.encode()).hexdigest()[:16]
    return Path(base) / "mingxi" / f"words-{name}.marshal"


def _load(tokenizer: Any, cached: Path) -> bool:
    try:
        tokenizer.FREQ, tokenizer.total = marshal.loads(cached.read_bytes())  # noqa: S302
    except (OSError, EOFError, ValueError, TypeError):
        return False
    tokenizer.initialized = True
    return True


def _save(tokenizer: Any, cached: Path) -> None:
    """Write beside and rename, so that no other process reads a half file."""
    try:
        cached.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=cached.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(marshal.dumps((tokenizer.FREQ, tokenizer.total)))
        Path(beside).replace(cached)
    except OSError:
        return  # it is only quicker with it
