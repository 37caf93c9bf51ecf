"""Chord labels in Harte syntax (Harte et al., ISMIR 2005), reduced to the qualities that Songleaf names."""

import re
from typing import NamedTuple

from songleaf_models.data.harte import parse_pitch_class

QUALITIES = (
    "maj", "min", "7", "maj7", "min7", "sus2", "sus4", "dim", "aug", "maj6", "min6", "9", "add9", "dim7", "hdim7",
    "minmaj7",
)  # fmt: skip
"""In the order of `chordQualities` in `main/contract/analysis.ts`."""

MINOR_FAMILY = frozenset({"min", "min7", "min6", "dim", "dim7", "hdim7", "minmaj7"})
"""Qualities with a minor third; the others count as major."""

_EXTENDED = {
    "9": "9", "11": "9", "13": "9", "maj9": "maj7", "maj11": "maj7", "maj13": "maj7", "min9": "min7", "min11": "min7",
    "min13": "min7", "5": "maj", "1": "maj", "4": "sus4",
}  # fmt: skip


class Named(NamedTuple):
    """Root as a pitch class (0 = C) and one of QUALITIES."""

    root: int
    quality: str


def parse_chord(label: str) -> Named | None:
    """The chord that a label names, None for N and for what no quality comes near. Raises ValueError."""
    label = label.replace(" ", "")
    if label in ("N", "X", "&pause", "*"):
        return None
    match = re.match(r"^([A-G][#b]*)(?::([^(/]*)(\([^)]*\)?)?)?(?:/.*)?$", label)
    if not match:
        raise ValueError(f"{label!r} is no chord")
    root = parse_pitch_class(match[1])
    added = set((match[3] or "").strip("()").split(",")) - {""}
    quality = match[2] or "maj"
    quality = _EXTENDED.get(quality, quality)
    if quality == "maj" and ("b3" in added or "*3" in added):
        quality = "min"
    if quality == "maj" and added & {"9", "2"}:
        quality = "add9"
    if quality == "maj" and "b7" in added:
        quality = "7"
    if quality == "7" and "9" in added:
        quality = "9"
    if quality == "min" and "b7" in added:
        quality = "min7"
    return Named(root, quality) if quality in QUALITIES else None
