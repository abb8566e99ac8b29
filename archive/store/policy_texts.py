"""What policies are found by, all of it in memory, searched at once for words.

Looking through it in SQLite takes longer than all else of a page of results.
"""

from __future__ import annotations

from functools import reduce

import numpy as np
from sqlite_utils import Database

from archive.store.columns import Flags, Texts
from archive.store.policies import sought_forms


class PolicyTexts:
    """What :meth:`archive.store.policies.Policies.register` looks through for words, as it
    was when this was made; ``normals`` are the policies, most relied on first."""

    def __init__(self, db: Database) -> None:
        sql = "SELECT normal, sought FROM policies WHERE reliances > 0"
        found = db.execute(f"{sql} ORDER BY reliances DESC, normal").fetchall()
        self.normals = tuple(normal for normal, _ in found)
        self._texts = Texts([sought for _, sought in found])

    def holding(self, text: str) -> Flags:
        """The policies with each of the words in number, issuer or a title."""
        flags: Flags = np.ones(len(self.normals), np.bool_)
        for word in text.split():
            flags &= reduce(np.logical_or, map(self._texts.holding, sought_forms(word)))
        return flags
