"""SQLite, the truth of the archive, through sqlite-utils; the only SQL of the project.

``schema`` defines it, ``connection`` opens it, ``writing`` changes it, ``series`` decides
which version of a disclosure is the current one, ``reading`` gives records back, and
``lookup`` finds facts for search.  :class:`Store` is what the rest of the project holds.
"""

from archive.store.records import Failure, Overview, Put
from archive.store.store import Store, UnstorableRecords

__all__ = ["Failure", "Overview", "Put", "Store", "UnstorableRecords"]
