"""What the archive holds and how it answers: records, store, index, search.

Imports nothing of ``indexer``, ``web`` or ``cli``; they import it.
"""
