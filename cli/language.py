"""Chinese or English, by the locale of the terminal (POSIX order of variables)."""

from __future__ import annotations

import os
from collections.abc import Mapping


def is_chinese(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the terminal's locale asks for Chinese."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return value.lower().startswith("zh")
    return False


def say(english: str, chinese: str) -> str:
    """The text in the language of the terminal."""
    return chinese if is_chinese() else english
