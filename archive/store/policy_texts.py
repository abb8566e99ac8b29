"""The numbers, issuers and titles of all policies in memory, searched at once for words.

Looking through them in SQLite takes longer than all else of a page of results.
"""

from __future__ import annotations

import numpy as np
from sqlite_utils import Database

from archive.policies.names import words
from archive.store.columns import Flags, Small, Texts
from archive.store.policies import number_as_printed


class PolicyTexts:
    """What :meth:`archive.store.policies.Policies.register` looks through for words, as it
    was when this was made; ``normals`` are the policies, most relied on first."""

    def __init__(self, db: Database) -> None:
        sql = """
            SELECT id, normal, coalesce(body, '') FROM policies WHERE reliances > 0
             ORDER BY reliances DESC, normal
        """
        found = db.execute(sql).fetchall()
        place = {id_: number for number, (id_, *_) in enumerate(found)}
        self.normals = tuple(normal for _, normal, _ in found)
        self._numbers = Texts(self.normals)
        self._bodies = Texts([body for *_, body in found])
        titles = db.execute("SELECT policy_id, title, title_key FROM policy_titles").fetchall()
        held = [(place[id_], title, key) for id_, title, key in titles if id_ in place]
        self._policy: Small = np.fromiter((number for number, *_ in held), np.int32, len(held))
        self._titles = Texts([title.replace("\n", " ") for _, title, _ in held])
        self._keys = Texts([key for *_, key in held])

    def holding(self, text: str) -> Flags:
        """The policies with each of the words in number, issuer or a title."""
        flags: Flags = np.ones(len(self.normals), np.bool_)
        for word in text.split():
            titled = self._titles.holding(word) | self._keys.holding(words(word) or word)
            having = self._numbers.holding(number_as_printed(word)) | self._bodies.holding(word)
            having[self._policy[titled]] = True
            flags &= having
        return flags
