"""When two names of projects, or two titles of documents, are one."""

from __future__ import annotations

import re

from archive.fold import fold
from archive.nearest import likeness

_NO_WORD = re.compile(r"[\W_]+")
_PROJECT = "项目"
_WRAPPED = re.compile(r"^.{0,40}?(?:关于)?(?:印发|转发)(.+?)的?(?:通知|函)$")
_LIKE_TITLES = 90.0
_LIKE_PROJECTS = 75.0
_SHORTEST_PART = 6


def words(text: str) -> str:
    """The text folded, without blanks and punctuation."""
    return _NO_WORD.sub("", fold(text))


def project_key(name: str) -> str:
    """Equal for the names of one project: 离休人员医疗费项目 and 离休人员医疗费."""
    key = words(name)
    return key.removesuffix(_PROJECT) or key


def alike_projects(a: str, b: str) -> bool:
    """Whether two names may be those of one project; amounts must decide it."""
    return likeness(project_key(a), project_key(b)) >= _LIKE_PROJECTS


def title_key(title: str) -> str:
    """Equal for a title in any marks, and for the notice that issues it: 关于印发《甲》的通知."""
    key = words(title)
    wrapped = _WRAPPED.match(key)
    return wrapped[1] if wrapped and len(wrapped[1]) >= _SHORTEST_PART else key


def one_title(a: str, b: str) -> bool:
    """Whether two title keys name one document: equal, one inside the other, or a slip apart."""
    short, long = sorted((a, b), key=len)
    if len(short) >= _SHORTEST_PART and short in long:
        return True
    return a == b or likeness(a, b) >= _LIKE_TITLES
