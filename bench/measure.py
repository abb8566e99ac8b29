"""One measurement in a process of its own, so that none inherits the memory of another."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
_KIBIBYTES_A_MEBIBYTE = 1024


def peak() -> float:
    """The most memory of this process that was resident at once, in MB.

    Not by getrusage, which counts the memory of the process that started this one too.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (kibibytes,) = re.findall(r"^VmHWM:\s*(\d+) kB$", status, re.M)
    return int(kibibytes) / _KIBIBYTES_A_MEBIBYTE


def tell(**measured: float) -> None:
    """Hand a measurement to the process that asked for it."""
    print(json.dumps(measured))


def ask(module: str, *arguments: str) -> dict[str, float]:
    """Run ``python -m module arguments`` and take what it tells."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr}")
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def medians(runs: Sequence[dict[str, float]]) -> dict[str, float]:
    """The median of each figure over some runs."""
    return {key: median(run[key] for run in runs) for key in runs[0]}


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A markdown table; every column but the first is right-aligned."""
    marks = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, marks, *rows])
