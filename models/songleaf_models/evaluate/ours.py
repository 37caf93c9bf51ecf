"""What the engine says of recordings, through its own program."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from songleaf_models.engine import ROOT, analyse, find_node
from songleaf_models.evaluate.analysis_file import read_analysis
from songleaf_models.evaluate.sets import Item
from songleaf_models.truth import Truth

BATCH = 8
"""Songs a process."""


def analyse_recordings(items: Sequence[Item], out: Path, options: Sequence[str]) -> dict[str, Truth]:
    """Runs `songleaf analyse` on every recording; returns what it heard by name. Failures are printed and left out."""
    out.mkdir(parents=True, exist_ok=True)
    for first in range(0, len(items), BATCH):
        for line in analyse([item.audio for item in items[first : first + BATCH]], out, *options):
            if not line["ok"]:
                print(f"{line['song']}: {line['error']['message']}", file=sys.stderr, flush=True)
    return _read_all(items, out)


def analyse_evidence(items: Sequence[Item], out: Path) -> dict[str, Truth]:
    """As `analyse_recordings`, from the evidence that lies beside the recordings; a second a song.

    Raises subprocess.CalledProcessError where a file is damaged.
    """
    out.mkdir(parents=True, exist_ok=True)
    kept = [item for item in items if item.evidence.exists()]
    script = ROOT / "tests" / "bench" / "evidence" / "analyse-evidence.ts"
    subprocess.run([find_node(), str(script), str(out), *(str(item.evidence) for item in kept)], check=True)
    return _read_all(kept, out)


def _read_all(items: Sequence[Item], out: Path) -> dict[str, Truth]:
    files = {item.name: out / f"{item.name}.analysis.json" for item in items}
    return {name: read_analysis(file) for name, file in files.items() if file.exists()}
