"""Crops of songs made to differ: transposed, stretched, softer, without the separated voice, with holes."""

from dataclasses import dataclass

import numpy as np

from songleaf_models.melody.features import UNKNOWN, WIDTHS, Batch, SongRows, pool_labels, split_rows
from songleaf_models.melody.network import BINS_PER_KEY, POOL, VOICE_LOWEST, VOICE_STEPS


@dataclass(frozen=True)
class Augmentation:
    """How far crops are changed; zeros leave them as they are."""

    semitones: int = 6
    stretch: float = 0.15
    gain: float = 0.3
    drop_voice: float = 0.5
    bleed: float = 0.3
    mask: float = 0.5


def shift_columns(plane: np.ndarray, columns: int) -> np.ndarray:
    """Moves columns up (positive) or down; what falls off is lost, what comes in is 0."""
    moved = np.zeros_like(plane)
    if columns > 0:
        moved[:, columns:] = plane[:, :-columns]
    elif columns < 0:
        moved[:, :columns] = plane[:, -columns:]
    else:
        moved[:] = plane
    return moved


def transpose(planes: dict[str, np.ndarray], labels: np.ndarray, semitones: int) -> None:
    """Transposes planes and labels in place of what the dictionary holds."""
    for name, columns in (("contour", BINS_PER_KEY), ("note", 1), ("onset", 1)):
        planes[name] = shift_columns(planes[name], columns * semitones)
    voice = planes["frame"][:, 1]
    moved = voice.astype(int) + VOICE_STEPS * semitones
    voice[:] = np.where((voice > 0) & (moved > 0) & (moved < 256), moved, 0)
    midi = labels[:, 0]
    known = (midi > 0) & (midi < UNKNOWN)
    labels[known, 0] = midi[known].astype(int) + semitones


def stretch_rows(rows: np.ndarray, start: int, count: int, factor: float) -> np.ndarray:
    """`count` rows from `start` on, read `factor` times as fast; onsets survive."""
    index = start + np.floor(np.arange(count) * factor).astype(int)
    taken = np.array(rows[np.minimum(index, len(rows) - 1)])
    # Each onset goes to the first row at or after it: none is skipped, none doubled.
    taken[:, -2] = 0
    stop = min(len(rows), index[-1] + 1)
    begins = np.flatnonzero(rows[start:stop, -2]) + start
    at = np.searchsorted(index, begins)
    taken[at[at < count], -2] = 1
    beyond = index >= len(rows)
    taken[beyond] = 0
    taken[beyond, -1] = UNKNOWN
    return taken


def paint_bleed(frame: np.ndarray, labels: np.ndarray, random: np.random.Generator) -> None:
    """Fills the voice of a crop in which nobody sings, in place, with what a separator lets through of an instrument.

    That is the lead's pitch in stretches, unsure and faint. Else a voice plane would give away that somebody sings.
    """
    level = random.uniform(0, 0.35)
    for at in range(0, len(frame), 43):
        if random.random() < 0.5:
            continue
        part = slice(at, at + 43)
        midi = labels[part, 0].astype(float)
        step = np.round((midi - VOICE_LOWEST) * VOICE_STEPS + 1 + random.normal(0, 0.6, len(midi)))
        heard = (midi > 0) & (midi < UNKNOWN) & (step > 0) & (step < 256)
        frame[part, 1] = np.where(heard, step, 0)
        frame[part, 2] = np.where(heard, random.uniform(0, 255) * random.uniform(0.7, 1, len(midi)), 0)
        frame[part, 3] = 255 * level * random.uniform(0.5, 1, len(midi))


def take_crop(
    song: SongRows, start: int, frames: int, how: Augmentation, random: np.random.Generator
) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """`frames` rows from `start` on, changed; planes are uint8 or, where the gain changed, float32."""
    factor = float(np.exp(random.uniform(-how.stretch, how.stretch))) if how.stretch > 0 else 1.0
    rows = stretch_rows(song.rows, start, frames, factor)
    views, labels = split_rows(rows)
    planes = dict(views)
    semitones = int(random.integers(-how.semitones, how.semitones + 1)) if how.semitones > 0 else 0
    transpose(planes, labels, semitones)
    if random.random() < how.drop_voice:
        planes["frame"][:, 1:] = 0
    elif not planes["frame"][:, 1].any() and not (labels[:, 2] == 1).any() and random.random() < how.bleed:
        paint_bleed(planes["frame"], labels, random)
    out = {name: plane.astype(np.float32) for name, plane in planes.items()}
    if how.gain > 0:
        for name in ("contour", "note", "onset"):
            # A power bends weak against strong posteriors, as a louder or softer mix does.
            power = float(np.exp(random.uniform(-how.gain, how.gain)))
            out[name] = (255 * (out[name] / 255) ** power).astype(np.float32)
        out["frame"][:, 0] = np.clip(out["frame"][:, 0] + random.uniform(-16, 16), 0, 255)
    if random.random() < how.mask:
        length = int(random.integers(4, 40))
        at = int(random.integers(0, frames - length))
        for name in ("contour", "note", "onset"):
            out[name][at : at + length] = 0
    return out, labels


def take_batch(songs: list[SongRows], size: int, frames: int, how: Augmentation, random: np.random.Generator) -> Batch:
    """`size` crops of `frames` rows (a multiple of 4) from songs drawn evenly."""
    crops, pitches, onsets, sungs = [], [], [], []
    for _ in range(size):
        song = songs[int(random.integers(len(songs)))]
        start = int(random.integers(0, max(1, len(song.rows) - frames // 2)))
        planes, labels = take_crop(song, start, frames - frames % POOL, how, random)
        pitch, onset, sung = pool_labels(labels)
        crops.append(planes)
        pitches.append(pitch)
        onsets.append(onset)
        sungs.append(sung)
    stacked = {name: np.stack([crop[name] for crop in crops]) for name in WIDTHS}
    return Batch(stacked, np.stack(pitches), np.stack(onsets), np.stack(sungs))
