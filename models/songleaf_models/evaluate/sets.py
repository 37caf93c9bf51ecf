"""Which recordings a set holds."""

from pathlib import Path
from typing import NamedTuple

from songleaf_models.places import EVALUATION_DIR, REAL_DIR, TRAIN_DIR

TUNE_REMAINDER = 3
"""Training renders of POP909 songs with number % 20 == 3 tune constants; networks are not trained on them."""


class Item(NamedTuple):
    """A recording and what belongs to it; `evidence` may not be there."""

    name: str
    audio: Path
    truth: Path
    evidence: Path


def list_set(name: str) -> list[Item]:
    """The recordings of `evaluation`, `tune` or `real` that are there, in order of their names."""
    folder = {"evaluation": EVALUATION_DIR, "tune": TRAIN_DIR, "real": REAL_DIR}[name]
    items = [
        Item(audio.stem, audio, audio.with_suffix(".json"), audio.with_suffix(".evidence"))
        for audio in sorted(folder.glob("*.flac"))
    ]
    items = [item for item in items if item.truth.exists()]
    return [item for item in items if _tunes(item.name)] if name == "tune" else items


def _tunes(name: str) -> bool:
    """Of SONG.VARIANT."""
    song = name.split(".")[0]
    return song.isdigit() and int(song) % 20 == TUNE_REMAINDER
