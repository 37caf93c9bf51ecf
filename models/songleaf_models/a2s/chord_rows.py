"""Chords as the networks read them: one row a beat, root, notes and bass."""

import mir_eval
import numpy as np

from songleaf_models.truth import Span

ROW = 14
"""Root (-1: none), twelve bits of absolute pitch classes, bass (-1: none)."""
WIDTH = 36
"""Root, pitch classes and bass as twelve bits each; no chord is all zeros."""


def encode_label(label: str) -> np.ndarray:
    """[14] int8 of a chord in Harte syntax. Raises `mir_eval.chord.InvalidChordException`."""
    row = np.zeros(ROW, np.int8)
    root, bits, bass = mir_eval.chord.encode(label)
    if root < 0:
        row[[0, -1]] = -1
        return row
    row[0] = root
    row[1:13] = np.roll(bits, root)
    row[13] = (bass + root) % 12
    return row


def lay_rows(chords: list[Span], times: np.ndarray) -> np.ndarray:
    """[B, 14] int8, a row for each beat time; chords begin and end at the beats next to them, none where none is."""
    rows = np.tile(encode_label("N"), (len(times), 1))
    if len(times) < 2:
        return rows
    middles = (times[1:] + times[:-1]) / 2
    for chord in chords:
        start, end = np.searchsorted(middles, [chord.start, chord.end])
        # The last beat's own length is not known: a chord that sounds behind it is its chord.
        if chord.end > times[-1] + (times[-1] - times[-2]) / 2:
            end = len(times)
        rows[start:end] = encode_label(chord.label)
    return rows


def expand_rows(rows: np.ndarray) -> np.ndarray:
    """[..., 36] float32 of rows [..., 14]."""
    classes = np.arange(12)
    root, bass = rows[..., :1] == classes, rows[..., 13:] == classes
    return np.concatenate([root, rows[..., 1:13] > 0, bass], -1).astype(np.float32)


def shift_rows(rows: np.ndarray, semitones: int) -> np.ndarray:
    """Rows of the same chords so many semitones higher."""
    shifted = rows.copy()
    shifted[..., 1:13] = np.roll(rows[..., 1:13], semitones, -1)
    for column in (0, 13):
        known = rows[..., column] >= 0
        shifted[..., column] = np.where(known, (rows[..., column] + semitones) % 12, rows[..., column])
    return shifted
