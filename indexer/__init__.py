"""Files in, records out: readers, layout, structure, tables, projects, pipeline.

Imports ``archive``; never ``web`` or ``cli``.
"""
