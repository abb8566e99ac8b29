"""Measurements, no part of the archive: ``python -m bench.ingest``, ``python -m bench.extract``."""
