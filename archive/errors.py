"""The errors that the archive and the indexer raise on purpose.

Each carries a message for people, in Chinese, that names the file, the place and what to
do.  Only the edges (``cli``, ``web``) turn them into exit codes or HTTP statuses.
"""

from __future__ import annotations


class ArchiveError(Exception):
    """Something that a user or keeper can act on; ``str()`` is the message."""


class UnreadableFile(ArchiveError):
    """A file that no reader can read: damaged, encrypted, empty, unknown, too large."""


class MissingConverter(UnreadableFile):
    """A legacy .doc/.xls/.wps file and no LibreOffice to convert it."""


class LimitExceeded(UnreadableFile):
    """A file that took more time, memory or pages than a worker may spend on it."""


class NotFound(ArchiveError):
    """No such disclosure, table, row or section."""


class StoreDamaged(ArchiveError):
    """The SQLite file, an original or the index does not hold what it should."""
