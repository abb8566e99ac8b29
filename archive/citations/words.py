"""The words around document numbers, read from ``data/citation_words.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class CitationWords:
    """The lists of ``data/citation_words.toml``; their comments say what each is for."""

    prose: tuple[str, ...]
    name_beginnings: tuple[str, ...]
    lead: str
    doubtful_lead: str
    conjunctions: str
    joined: tuple[str, ...]
    abridged: str
    never: str
    refused_endings: tuple[str, ...]
    refused_parts: tuple[str, ...]
    refused_labels: tuple[str, ...]
    own_labels: tuple[str, ...]
    refused_followers: tuple[str, ...]
    refused_groups: tuple[str, ...]
    agency_endings: tuple[str, ...]
    central_agencies: tuple[str, ...]
    name_kinds: tuple[str, ...]
    minutes: tuple[str, ...]
    document_kinds: tuple[str, ...]
    refused_titles: tuple[str, ...]
    basis: tuple[str, ...]


@cache
def words() -> CitationWords:
    """The lists, read once."""
    text = (files("archive") / "data" / "citation_words.toml").read_text(encoding="utf-8")
    lists: dict[str, Any] = {
        key: value if isinstance(value, str) else tuple(value)
        for key, value in tomllib.loads(text).items()
    }
    return CitationWords(**lists)


def any_of(alternatives: Iterable[str]) -> str:
    """A regular expression's alternatives, the longest first."""
    return "|".join(re.escape(word) for word in sorted(alternatives, key=len, reverse=True))
