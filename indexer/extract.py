"""The chain from a file's bytes to a disclosure; the order of the stages, nothing else."""

from __future__ import annotations

import hashlib

from archive.model import Disclosure
from indexer.checks import checked
from indexer.cite import cite
from indexer.identify import identify, speaks_for_government
from indexer.indicators import to_indicators, untaken
from indexer.layout import to_layout
from indexer.projects import to_projects
from indexer.readers import read
from indexer.script import as_printed, is_traditional, simplified
from indexer.structure import sections
from indexer.tables import to_tables


def extract(data: bytes, name: str) -> Disclosure:
    """Everything that one file says, as records.

    ``name`` is the file's name, used in messages and as the weakest witness of what the
    file is.  Raises :class:`archive.errors.UnreadableFile` when nothing can be read; a page
    that cannot be read costs only itself and is told in ``problems``.
    """
    printed = read(data, name)
    traditional = is_traditional(printed)
    pages = simplified(printed) if traditional else printed
    layout = to_layout(pages)
    blocks = layout.blocks
    parts = sections(blocks)
    tables = to_tables(blocks, of_government=speaks_for_government(blocks))
    projects = to_projects(parts)
    disclosure = Disclosure(
        document=identify(blocks, pages, name, hashlib.sha256(data).hexdigest()),
        sections=tuple(parts),
        tables=tuple(tables),
        projects=tuple(projects),
        indicators=tuple(to_indicators(tables)),
        citations=tuple(cite(parts, tables, projects)),
        problems=(*(page.problem for page in pages.pages if page.problem), *untaken(tables)),
        contents=tuple(layout.contents),
    )
    return checked(as_printed(disclosure, printed) if traditional else disclosure)
