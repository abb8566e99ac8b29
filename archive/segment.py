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
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from archive.fold import fold

SHORTEST_WORD = 2
REMEMBERED_RUNS = 30_000
_LONG_WORD = 5
_OVER_QUOTES = re.compile(r"""([^"'])["']+(?=([^"']))""")
_HAN = re.compile("[\u3005\u3007\u3400-\u9fff\U00020000-\U0003ffff]+")
_RUN = re.compile(r"[0-9a-z]+(?:[.,%][0-9a-z]+)*")
_FOUR = re.compile(r"(?=([0-9a-z](?:[0-9a-z]{2}|[.,%][0-9a-z]|[0-9a-z][.,%])[0-9a-z]))")
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
    return line.replace('"', "").replace("'", "")


def words(line: str) -> list[str]:
    """The words of a folded line with the words inside them, and its runs of letters and
    digits; punctuation and single characters are left out."""
    found = [word for run in _HAN.findall(line) for word in _words_in(run)]
    return found + [run for run in _RUN.findall(line) if len(run) >= SHORTEST_WORD]


@lru_cache(maxsize=REMEMBERED_RUNS)
def _words_in(run: str) -> tuple[str, ...]:
    """The words of a run of Chinese characters: most runs are printed again and again."""
    found = _tokenizer().cut_for_search(run, HMM=False)
    return tuple(word for word in found if len(word) >= SHORTEST_WORD)


def pieces(line: str) -> list[str]:
    """A folded line cut into its words, single characters and punctuation too, in order."""
    return list(_tokenizer().cut(line, HMM=False))


def word_starts(line: str) -> list[int]:
    """Where words of a folded line begin, those inside longer ones too, in order."""
    found = _tokenizer().tokenize(line, mode="search", HMM=False)
    return sorted({start for word, start, _ in found if any(map(str.isalnum, word))})


def word_edges(line: str) -> list[int]:
    """Where a folded line can be cut between words, inside long ones too, ends included."""
    edges = {0}
    for word, start, end in _tokenizer().tokenize(line, HMM=False):
        edges.add(end)
        if end - start >= _LONG_WORD:
            inner = _tokenizer().tokenize(word, mode="search", HMM=False)
            edges.update(start + edge for _, *ends in inner for edge in ends)
    return sorted(edges)


def longest_words(line: str) -> tuple[str, ...]:
    """The different words of a folded line that are not inside another of them."""
    found = dict.fromkeys(words(line))
    return tuple(w for w in found if not any(w != other and w in other for other in found))


def bigrams(line: str) -> list[str]:
    """Every two neighbouring characters of a folded line."""
    return [line[i : i + 2] for i in range(len(line) - 1)]


def fours(line: str) -> list[str]:
    """Every four neighbouring characters of a folded line's runs of letters and digits:
    bigrams of figures stand in nearly every disclosure, these in few."""
    return _FOUR.findall(line)


def bigrams_over_quotes(line: str) -> list[str]:
    """The pairs of characters of a folded line that only quotation marks part."""
    return [match[1] + match[2] for match in _OVER_QUOTES.finditer(line)]


def tokens_over_quotes(line: str) -> list[str]:
    """Those bigrams, and the longer words of the line without its quotation marks."""
    pairs = bigrams_over_quotes(line)
    return [*pairs, *(w for w in words(without_quotes(line)) if len(w) > 2)] if pairs else []


def tokens(lines: Iterable[str]) -> Counter[str]:
    """How often each character, bigram, four and longer word stands in folded lines.

    A line contains a text of one or two characters exactly when it has that token; a
    longer text can stand only in lines that have all its bigrams and fours, and stands in
    every line that has it as a token.
    """
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update(line)
        counts.update(bigrams(line))
        counts.update({word for word in (*words(line), *fours(line)) if len(word) > 2})
    return counts


@cache
def _tokenizer() -> Any:
    with _loading, warnings.catch_warnings(), _without("pkg_resources"):
        warnings.simplefilter("ignore")  # old escapes in jieba's sources
        import jieba  # noqa: PLC0415 - not every command cuts words

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


@contextmanager
def _without(module: str) -> Iterator[None]:
    """A block in which that module cannot be imported anew.

    jieba does as well without pkg_resources, whose import takes a tenth of a second.
    """
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment]  # what the import system refuses
    try:
        yield
    finally:
        del sys.modules[module]


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
