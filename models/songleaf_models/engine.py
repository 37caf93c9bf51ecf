"""Runs Songleaf's terminal program, so that training and evaluation see exactly what the app sees."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from songleaf_models.places import MODELS_DIR

ROOT = MODELS_DIR.parent


def find_node() -> str:
    """A Node that reads TypeScript (22.18 or later). Raises FileNotFoundError where there is none."""
    candidates = [
        os.environ.get("SONGLEAF_NODE"),
        str(ROOT / ".tools" / "node_modules" / ".bin" / "node"),
        shutil.which("node"),
    ]
    for candidate in candidates:
        if candidate is None or shutil.which(candidate) is None:
            continue
        version = subprocess.run([candidate, "--version"], capture_output=True, text=True, check=True).stdout
        major, minor = (int(part) for part in version.strip().lstrip("v").split(".")[:2])
        if (major, minor) >= (22, 18):
            return candidate
    raise FileNotFoundError("No Node 22.18 or later: run `npm start` once, which brings one, or set SONGLEAF_NODE.")


def analyse(songs: list[Path], out: Path, *options: str) -> Iterator[dict[str, Any]]:
    """Runs `songleaf analyse SONGS --out OUT OPTIONS`; yields the result line of each song as it is done.

    Raises RuntimeError with what the program said last where it ends without a line for each.
    """
    command = [
        *(find_node(), str(ROOT / "main" / "cli" / "main.ts"), "analyse"),
        *(str(song) for song in songs),
        *("--out", str(out), "--device", "cpu", "--json", *options),
    ]
    told = 0
    with (
        tempfile.TemporaryFile("w+") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True) as process,
    ):
        assert process.stdout is not None
        for line in process.stdout:
            told += 1
            yield json.loads(line)
        if process.wait() != 0 and told < len(songs):
            errors.seek(0)
            raise RuntimeError(f"songleaf analyse failed: {errors.read().strip()[-500:]}")
