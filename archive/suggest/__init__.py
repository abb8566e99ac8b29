"""Help while typing: names that the archive holds, by letters, inner words and sounds.

`offered` answers; `keys` and `sounds` are also used by the store when it writes a name, so
nothing is imported here.
"""
