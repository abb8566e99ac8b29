"""How much of the machine one file may take."""

from __future__ import annotations

import math
from dataclasses import dataclass

_MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What a worker may spend on one file.

    ``seconds`` and ``seconds_per_mebibyte`` of the file's size are processor time, so that a
    busy machine fails no file; by the clock a file may take ``patience`` times as long.
    ``memory`` is in bytes and holds for the worker; ``size`` is the largest file, in bytes.
    """

    seconds: int = 300
    seconds_per_mebibyte: int = 30
    patience: float = 3.0
    memory: int = 2048 * _MEBIBYTE
    size: int = 512 * _MEBIBYTE

    def seconds_for(self, size: int) -> int:
        """The processor time for a file of ``size`` bytes, in whole seconds."""
        return self.seconds + math.ceil(self.seconds_per_mebibyte * size / _MEBIBYTE)
