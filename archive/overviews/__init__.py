"""What the archive says at a glance: of itself, of an agency, of a functional item.

Made of the key figures that are derived at ingest (``key_figures``), read back by
:mod:`archive.store`, and drawn by ``charts``.
"""
