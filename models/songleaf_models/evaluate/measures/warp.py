"""How evenly a take keeps to the recording's time: the warp-path deviation of Chen and Joung (Etude, 2025)."""

from collections.abc import Sequence

import numpy as np
from librosa.sequence import dtw

from songleaf_models.evidence import FRAME_RATE, Evidence
from songleaf_models.truth import TimedNote

WARP_COLUMN = "WPD"
FRAME = 0.05
"""Seconds of a frame of chroma."""
_LOWEST_KEY = 21
_SILENCE = 1e-3


def measure_warp(evidence: Evidence, notes: Sequence[TimedNote]) -> float:
    """Seconds: standard deviation of the residuals of a line through the cheapest warping path of chroma.

    Chroma of what the transcriber heard against that of the notes, by cosine; NaN where one of them is silent.
    """
    heard = _fold_evidence(evidence)
    played = _fold_notes(notes, len(heard))
    if not heard.any() or not played.any():
        return float("nan")
    _, path = dtw(C=1 - _unit(heard) @ _unit(played).T, backtrack=True)
    places = FRAME * path[::-1].astype(float)
    line = np.polyfit(places[:, 0], places[:, 1], 1)
    return float(np.std(places[:, 1] - np.polyval(line, places[:, 0])))


def _fold_evidence(evidence: Evidence) -> np.ndarray:
    """[T, 12] mean note posteriors of pitch classes."""
    frames = (np.arange(len(evidence.note)) / FRAME_RATE / FRAME).astype(int)
    chroma = np.zeros((frames[-1] + 1 if len(frames) else 0, 12))
    for key in range(evidence.note.shape[1]):
        np.add.at(chroma[:, (key + _LOWEST_KEY) % 12], frames, evidence.note[:, key] / 255.0)
    return chroma


def _fold_notes(notes: Sequence[TimedNote], frames: int) -> np.ndarray:
    """[T, 12] how many notes of each pitch class sound."""
    chroma = np.zeros((frames, 12))
    for note in notes:
        chroma[int(note.start / FRAME) : max(int(note.start / FRAME) + 1, int(note.end / FRAME)), note.pitch % 12] += 1
    return chroma


def _unit(chroma: np.ndarray) -> np.ndarray:
    """Rows of length 1; silence becomes a row that is as far from any."""
    flat = chroma + _SILENCE
    unit: np.ndarray = flat / np.linalg.norm(flat, axis=1, keepdims=True)
    return unit
