"""Every figure of one song."""

from songleaf_models.evaluate.measures.beats import measure_beats
from songleaf_models.evaluate.measures.chords import measure_chords
from songleaf_models.evaluate.measures.keys import measure_keys
from songleaf_models.evaluate.measures.melody import measure_melody
from songleaf_models.evaluate.measures.sections import measure_sections
from songleaf_models.truth import Truth

TABLES: dict[str, tuple[str, ...]] = {
    "beats": (
        *("beat F", "downbeat F", "CMLt", "AMLt"),
        *("beat F best", "CMLt best", "AMLt best", "downbeat F best", "flips"),
    ),
    "chords": ("root", "majmin", "sevenths", "inversions", "mirex"),
    "keys": ("key", "key signature"),
    "melody": ("raw pitch", "raw chroma", "voicing recall", "false alarm", "melody note F"),
    "sections": (
        *("border 3 s P", "border 3 s R", "border 3 s F"),
        *("border 0.5 s P", "border 0.5 s R", "border 0.5 s F", "label F"),
    ),
}
"""Columns of each table."""


def measure(true: Truth, heard: Truth, tables: tuple[str, ...] = tuple(TABLES)) -> dict[str, float]:
    """Figures of the tables asked for; what the truth does not know is left out."""
    figures: dict[str, float] = {}
    if "beats" in tables:
        figures |= measure_beats(true.beats, heard.beats)
    if "chords" in tables:
        figures |= measure_chords(true.chords, heard.chords)
    if "keys" in tables:
        figures |= measure_keys(true.keys, heard.keys)
    if "melody" in tables:
        figures |= measure_melody(true.melody, heard.melody)
    if "sections" in tables:
        figures |= measure_sections(true.sections, heard.sections)
    return figures
