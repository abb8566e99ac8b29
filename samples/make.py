"""Makes the sample disclosures: ``python -m samples.make [FOLDER]``.

The files in ``samples/files`` are kept in the repository, because two of them need
LibreOffice to make; a test holds them against the facts.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from samples.compose import compose
from samples.facts import load_facts
from samples.parts import Part
from samples.render_docx import write_docx, write_pdf
from samples.render_web import write_html, write_text
from samples.render_xlsx import write_xlsx

FILES = Path(__file__).with_name("files")
WRITERS: dict[str, Callable[[list[Part], Path], None]] = {
    ".docx": write_docx,
    ".pdf": write_pdf,
    ".xlsx": write_xlsx,
    ".html": write_html,
    ".txt": write_text,
}


def make(folder: Path = FILES) -> list[Path]:
    """Write every sample into ``folder``; returns the files in order."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for facts in load_facts():
        path = folder / facts.file
        WRITERS[path.suffix](compose(facts), path)
        made.append(path)
    return made


if __name__ == "__main__":
    for made_file in make(Path(sys.argv[1]) if len(sys.argv) > 1 else FILES):
        print(made_file.name, made_file.stat().st_size)
