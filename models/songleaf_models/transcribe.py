"""The engine's transcriber on audio: notes, flux and loudness alone, no beats, chords or voice."""

import numpy as np
import onnxruntime

from songleaf_models.evidence import CHORD_HEADS, Evidence
from songleaf_models.flux import HOP, measure_flux, measure_level

_WINDOW, _KEPT, _MARGIN = 43_844, 141, 15
"""Samples of the transcriber's window, frames kept of it, frames left out before them: `basic-pitch.ts`."""
_NAMES = ("StatefulPartitionedCall:2", "StatefulPartitionedCall:1", "StatefulPartitionedCall:0")
"""Onsets, notes, contours."""
_INPUT = "serving_default_input_2:0"
_BATCH = 4


def transcribe(session: onnxruntime.InferenceSession, audio: np.ndarray) -> Evidence:
    """Planes of mono audio [N] at 22,050 Hz as the engine has them; those of other networks are empty."""
    frames = -(-len(audio) // HOP)
    windows = -(-frames // _KEPT)
    padded = np.zeros((windows - 1) * _KEPT * HOP + _WINDOW, np.float32)
    lead = _MARGIN * HOP
    end = min(len(audio), len(padded) - lead)
    padded[lead : lead + end] = audio[:end]
    heard: tuple[list[np.ndarray], ...] = ([], [], [])
    for first in range(0, windows, _BATCH):
        starts = [window * _KEPT * HOP for window in range(first, min(first + _BATCH, windows))]
        batch = np.stack([padded[start : start + _WINDOW] for start in starts])[..., None]
        for plane, values in zip(heard, session.run(_NAMES, {_INPUT: batch}), strict=True):
            kept = values[:, _MARGIN : _MARGIN + _KEPT].reshape(-1, values.shape[-1])
            plane.append(np.floor(255 * np.clip(kept, 0, 1) + 0.5).astype(np.uint8))
    onset, note, contour = (np.concatenate(plane)[:frames] for plane in heard)
    flux, level = measure_flux(audio, frames), measure_level(audio, frames)
    beats, chords, voice = (np.zeros((0, width), np.uint8) for width in (6, sum(CHORD_HEADS), 3))
    return Evidence(onset, note, contour, flux, level, beats, chords, voice)
