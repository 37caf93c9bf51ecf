"""Chord labels: from the spellings found in POP909's structure labels to Harte syntax that mir_eval parses."""

import re

NAMES = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")
"""Pitch classes 0 to 11 as this package writes them."""

_LETTERS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_DEGREES = ("1", "b2", "2", "b3", "3", "4", "b5", "5", "b6", "6", "b7", "7")

# What a chord holds above its root, in semitones.
_TONES = {
    "maj": (0, 4, 7),
    "min": (0, 3, 7),
    "dim": (0, 3, 6),
    "aug": (0, 4, 8),
    "sus2": (0, 2, 7),
    "sus4": (0, 5, 7),
    "maj6": (0, 4, 7, 9),
    "min6": (0, 3, 7, 9),
    "7": (0, 4, 7, 10),
    "maj7": (0, 4, 7, 11),
    "min7": (0, 3, 7, 10),
    "minmaj7": (0, 3, 7, 11),
    "dim7": (0, 3, 6, 9),
    "hdim7": (0, 3, 6, 10),
    "9": (0, 4, 7, 10, 14),
    "maj9": (0, 4, 7, 11, 14),
    "min9": (0, 3, 7, 10, 14),
    "min11": (0, 3, 7, 10, 14, 17),
}

# Extensions that double what the quality says; (2), (4), (6) are 9, 11, 13 an octave down.
_RESPELLED = {
    "maj(2)": "maj(9)",
    "min(2)": "min(9)",
    "maj7(2)": "maj9",
    "maj(4)": "maj(11)",
    "min(6)": "min6",
    "maj6(7)": "maj7(13)",
    "min6(7)": "minmaj7(13)",
    "maj6(b7)": "7(13)",
}
_EXTENSION_TONES = {"b7": 10, "7": 11, "b9": 13, "9": 14, "#9": 15, "11": 17, "#11": 18, "b13": 20, "13": 21}


def parse_pitch_class(name: str) -> int:
    """0 to 11 of a note name like 'F#'. Raises ValueError."""
    if not re.fullmatch(r"[A-G][#b]*", name):
        raise ValueError(f"{name!r} names no note")
    return (_LETTERS[name[0]] + name.count("#") - name.count("b")) % 12


def clean_label(label: str, bass: int | None = None) -> str:
    """Harte syntax of a label of the structure data; `bass` is the pitch class found there, the root if None.

    Spellings cut off in the middle of brackets are closed. Raises ValueError for what no chord can be made of.
    """
    if label.startswith("N"):
        return "N"
    match = re.match(r"([A-G][#b]?):([a-z]*\d*)(?:\(([^)/]*)\)?)?", label)
    if not match:
        raise ValueError(f"{label!r} is no chord")
    root = parse_pitch_class(match[1])
    extensions = [item for item in re.split(r"[^b#\d]+", match[3] or "") if item]
    quality = match[2] + (f"({','.join(extensions)})" if extensions else "")
    quality = _RESPELLED.get(quality, quality)
    if quality.split("(")[0] not in _TONES:
        raise ValueError(f"{label!r} has an unknown quality")
    degree = 0 if bass is None else (bass - root) % 12
    return f"{NAMES[root]}:{quality}" + (f"/{_DEGREES[degree]}" if degree else "")


def list_tones(label: str) -> tuple[int, tuple[int, ...], int]:
    """Root (0 to 11), semitones above the root in rising order, and bass (0 to 11) of a label that `clean_label` wrote.

    Raises ValueError for 'N' and unknown chords.
    """
    match = re.fullmatch(r"([A-G][#b]*):([a-z]*\d*)(?:\(([^)]*)\))?(?:/([b#]*\d+))?", label)
    if not match or match[2] not in _TONES:
        raise ValueError(f"{label!r} is no chord")
    root = parse_pitch_class(match[1])
    added = [_EXTENSION_TONES[item] for item in (match[3] or "").split(",") if item in _EXTENSION_TONES]
    tones = tuple(sorted({*_TONES[match[2]], *added}))
    degree = _DEGREES.index(match[4]) if match[4] else 0
    return root, tones, (root + degree) % 12
