"""Office files to PDF by LibreOffice, with its embedded subsets of CID fonts."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

LONGEST = 240
"""Seconds after which the conversion has failed."""


def to_pdfs(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files by name as PDFs by the same name, in one call."""
    with tempfile.TemporaryDirectory() as folder:
        sources = []
        for name, data in files.items():
            source = Path(folder) / name
            source.write_bytes(data)
            sources.append(str(source))
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
        subprocess.run([*command, *sources], check=True, capture_output=True, timeout=LONGEST)
        return {name: (Path(folder) / name).with_suffix(".pdf").read_bytes() for name in files}
