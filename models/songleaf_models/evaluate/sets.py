"""Which recordings a set holds."""

from pathlib import Path
from typing import NamedTuple

from songleaf_models.data.pop909 import find_split
from songleaf_models.places import CACHE_DIR, EVALUATION_DIR, FRESH_DIR, MODELS_DIR, REAL_DIR, TRAIN_DIR


class Item(NamedTuple):
    """A recording and what belongs to it; `evidence` may not be there."""

    name: str
    audio: Path
    truth: Path
    evidence: Path


def list_set(name: str) -> list[Item]:
    """The recordings of `evaluation`, `fresh`, `tune`, `real` or `hand` that are there, in order of their names.

    `hand` is the one recording whose beats, chords and melody were marked by hand, a test file of the project.
    Training renders of the songs of the split `tune` tune constants; networks are not trained on them.
    """
    if name == "hand":
        truth = MODELS_DIR.parent / "tests/fixtures/lets_go_fishin.truth.json"
        evidence = CACHE_DIR / "hand" / "lets_go_fishin.evidence"
        return [Item("lets_go_fishin", truth.with_name("lets_go_fishin.ogg"), truth, evidence)]
    folder = {"evaluation": EVALUATION_DIR, "fresh": FRESH_DIR, "tune": TRAIN_DIR, "real": REAL_DIR}[name]
    items = [
        Item(audio.stem, audio, audio.with_suffix(".json"), audio.with_suffix(".evidence"))
        for audio in sorted(folder.glob("*.flac"))
    ]
    items = [item for item in items if item.truth.exists()]
    return [item for item in items if _tunes(item.name)] if name == "tune" else items


def _tunes(name: str) -> bool:
    """Of SONG.VARIANT."""
    song = name.split(".")[0]
    return song.isdigit() and find_split(int(song)) == "tune"
