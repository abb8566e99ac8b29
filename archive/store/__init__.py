"""SQLite, the truth of the archive, through sqlite-utils; the only SQL of the project.

``schema`` defines it, ``writing`` changes it, ``reading`` gives records back and
``lookup`` finds facts for search.
"""
