"""Blanks that a converter or a line break left inside Chinese text."""

from __future__ import annotations

import re

_HAN = r"㐀-䶿一-鿿〇"
_WIDE = rf"{_HAN}、。，；：？！“”‘’（）《》〈〉〔〕【】"
_BETWEEN = re.compile(
    rf"(?<=[{_WIDE}])\s+(?=[{_WIDE}])|(?<=[{_WIDE}])\s+(?=[\d０-９])|(?<=[\d０-９])\s+(?=[{_WIDE}])"
)
_RUN = re.compile(r"\s+")


def close_up(text: str) -> str:
    """Without the blanks beside Chinese characters, others made one blank.

    ``2023 年稽核费`` → ``2023年稽核费``; ``DRG 付费`` keeps the blank that parts words.
    """
    return _RUN.sub(" ", _BETWEEN.sub("", text)).strip()
