"""Characters that nobody sees: controls, and marks that turn the direction of what follows.

Chinese disclosures have no use for them.  On a screen they make one text look like another,
XML and workbooks cannot hold the controls at all.
"""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)


def without_unseen(text: str) -> str:
    """The text without them; tabs and line breaks stay."""
    return _UNSEEN.sub("", text) if _UNSEEN.search(text) else text
