"""What the transcriber heard, on the beat grid of a segment: the audio features of the compact configuration."""

import numpy as np

from songleaf_models.a2s.grid import KEYS, beats_to_seconds, frame_beats
from songleaf_models.evidence import FRAME_RATE

_LOUD_QUANTILE = 0.95
_RANGE_DB = 40.0
_UNIT_DB = 96 / 255
"""Decibels of a step of the evidence's loudness."""


def measure_loudness(loudness: np.ndarray) -> np.ndarray:
    """[T] uint8 of the evidence's loudness [T]: 255 is as loud as the song's loud passages, 0 is 40 dB below.

    Told relative to the song, so that it does not depend on the recording's level.
    """
    level = loudness.astype(np.float32)
    loud = np.quantile(level, _LOUD_QUANTILE)
    share = 1 + (level - loud) * _UNIT_DB / _RANGE_DB
    return np.round(255 * np.clip(share, 0, 1)).astype(np.uint8)


def find_windows(first: int, times: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """First and past-the-last frame of the evidence, [153] each, for the frames of a segment from beat `first` on.

    A segment's frame takes all that is heard from half-way to the frame before to half-way to the one behind.
    """
    beats = first + frame_beats()
    seconds = beats_to_seconds(beats, times)
    edges = np.concatenate(
        [
            [1.5 * seconds[0] - 0.5 * seconds[1]],
            (seconds[1:] + seconds[:-1]) / 2,
            [1.5 * seconds[-1] - 0.5 * seconds[-2]],
        ]
    )
    frames = np.ceil(edges * FRAME_RATE).astype(int)
    return frames[:-1], np.maximum(frames[1:], frames[:-1] + 1)


def resample(
    onset: np.ndarray, note: np.ndarray, loudness: np.ndarray, first: int, times: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """uint8 onset [153, 88], note [153, 88] and loudness [153] of the segment that begins at beat `first`.

    From the evidence's onset [T, 88], note [T, 88] and `measure_loudness` [T]: of onsets the greatest, since they last
    a frame or two, of the others the mean. Before and behind the recording nothing is heard.
    """
    starts, stops = find_windows(first, times)
    onsets = np.zeros((len(starts), KEYS), np.uint8)
    notes = np.zeros((len(starts), KEYS), np.uint8)
    levels = np.zeros(len(starts), np.uint8)
    for index, (start, stop) in enumerate(zip(starts, stops, strict=True)):
        heard = slice(max(0, start), max(0, stop))
        if start >= len(onset) or stop <= 0:
            continue
        onsets[index] = onset[heard].max(0)
        notes[index] = np.floor(note[heard].mean(0) + 0.5)
        levels[index] = np.floor(loudness[heard].mean() + 0.5)
    return onsets, notes, levels


def stack_planes(onset: np.ndarray, note: np.ndarray, loudness: np.ndarray) -> np.ndarray:
    """[..., 3, 153, 88] float32: onset, note, note by local loudness, each 0 to 1."""
    planes = np.empty((*onset.shape[:-2], 3, *onset.shape[-2:]), np.float32)
    planes[..., 0, :, :] = onset
    planes[..., 1, :, :] = note
    planes[..., 2, :, :] = note * (loudness[..., None] / np.float32(255))
    planes *= np.float32(1 / 255)
    return planes


def shift_keys(planes: np.ndarray, semitones: int) -> np.ndarray:
    """The last axis moved up by so many keys; nothing is heard where it came from."""
    shifted = np.zeros_like(planes)
    if semitones > 0:
        shifted[..., semitones:] = planes[..., :-semitones]
    elif semitones < 0:
        shifted[..., :semitones] = planes[..., -semitones:]
    else:
        shifted[:] = planes
    return shifted
