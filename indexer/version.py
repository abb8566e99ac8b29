"""Which extractor this is; apart from the stages, so that asking is cheap."""

EXTRACTOR = 4
"""Version of what the stages make of a file; raised when archives should be read anew."""
