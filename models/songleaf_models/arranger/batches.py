"""Crops of songs with what is done to them in training."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from songleaf_models.arranger.network import SETTINGS
from songleaf_models.arranger.planes import KEYS
from songleaf_models.arranger.settings import measure_settings
from songleaf_models.arranger.songs import ROW, SongRows, split_rows
from songleaf_models.arranger.targets import BRIDGE, HOLD, MELODY, PIANO

PHASE = slice(33, 41)
"""Place in the beat among the step's values."""
PLACE = slice(33, 47)
"""Place in the beat, and of the beat in the bar."""
COUNT = slice(41, 53)
"""Beats from the bar's start and to its end."""
FAINT = 0.4
"""How often songs in which no piano is heard are drawn: chords and melody have to do there. All of it heard adds 1."""


@dataclass(frozen=True)
class Augmentation:
    """How crops are changed in training; probabilities unless said otherwise."""

    semitones: int = 6  # moved up or down by up to so many
    gain: float = 0.15  # standard deviation of the logarithm of each heard plane
    drop_melody: float = 0.15
    drop_chords: float = 0.1
    mistake_chords: float = 0.0  # passages have the chords of other ones
    mistake_melody: float = 0.0  # passages without melody, or with it an octave away
    mistake_bars: float = 0.0  # bars begin two beats late
    deafen: float = 0.2  # a passage in which nothing is heard, so that the chords have to do
    reveal: float = 0.35  # part of the piano's notes is given
    tell_settings: float = 0.5  # some settings, each of them in half of the cases
    tell_style: float = 0.3


@dataclass
class Batch:
    """float32 tensors, as the network takes and gives them."""

    heard: Tensor  # [B, T, 264] 0-255
    melody: Tensor  # [B, T, 176] 0-255
    step: Tensor  # [B, T, STEP_VALUES] 0-255
    settings: Tensor  # [B, 8] values, whether told
    tell_style: Tensor  # [B] 1 where the latent is told
    visible: Tensor  # [B, T, 88]
    targets: Tensor  # [B, 4, T, 88] melody, bridge, piano begin; hold
    velocity: Tensor  # [B, T, 88] 0-1
    inside: Tensor  # [B, T] 0 behind the song's end

    @property
    def settled(self) -> Tensor:
        """[B, T, 88]: piano or bridge begins."""
        return self.targets[:, 1:3].amax(1)


def shift_pitch(planes: np.ndarray, by: int) -> np.ndarray:
    """`[..., 88]` moved up; what comes in from beyond the keyboard is empty."""
    out = np.zeros_like(planes)
    if by >= 0:
        out[..., by:] = planes[..., : KEYS - by]
    else:
        out[..., :by] = planes[..., -by:]
    return out


def cut_crop(song: SongRows, length: int, rng: np.random.Generator) -> np.ndarray:
    """`[length, ROW]` from a bar's begin, zeros behind the song's end."""
    starts = np.flatnonzero(song.rows[:, -1])
    fitting = starts[starts <= max(0, len(song.rows) - length)]
    first = int(rng.choice(fitting if len(fitting) > 0 else starts[:1]))
    crop = np.zeros((length, ROW), np.uint8)
    rows = song.rows[first : first + length]
    crop[: len(rows)] = rows
    return crop


def draw_visible(how: Augmentation, count: int, rng: np.random.Generator) -> np.ndarray:
    """`[count, 88]`: nothing known, or whole steps, stretches of steps, or single keys."""
    if rng.random() >= how.reveal:
        return np.zeros((count, KEYS), np.float32)
    share = rng.random()
    kind = rng.integers(3)
    if kind == 0:
        known = np.repeat(rng.random(-(-count // 16)) < share, 16)[:count, None]
    elif kind == 1:
        known = rng.random((count, 1)) < share
    else:
        known = rng.random((count, KEYS)) < share
    return np.broadcast_to(known, (count, KEYS)).astype(np.float32)


def mistake(melody: np.ndarray, step: np.ndarray, how: Augmentation, rng: np.random.Generator) -> None:
    """Errors as an analysis makes them, in `melody [T, 2, 88]` and `step [T, STEP_VALUES]`: wrong chords, a melody that
    is not found or an octave off, bars two beats late."""
    count = len(step)

    def draw_passages() -> list[slice]:
        firsts = rng.integers(0, count, int(rng.integers(1, 5)))
        return [slice(int(first), int(first) + int(rng.integers(4, 33))) for first in firsts]

    if rng.random() < how.mistake_chords:
        for passage in draw_passages():
            step[passage, :24] = step[int(rng.integers(0, count)), :24]
    if rng.random() < how.mistake_melody:
        for passage in draw_passages():
            moved = shift_pitch(melody[passage], int(rng.choice([-12, 12])))
            melody[passage] = moved if rng.random() < 0.3 else 0
    if rng.random() < how.mistake_bars:
        # Eight 16ths; steps that divide beats in three are so rare that they do not matter.
        step[:, COUNT] = np.roll(step[:, COUNT], 8, 0)


def change_crop(crop: np.ndarray, how: Augmentation | None, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Arrays of a crop as `Batch` has them, without the first axis; without `how` it stays, and nothing is told."""
    parts = {name: part.copy() for name, part in split_rows(crop).items()}
    inside = (parts["step"][:, PHASE].max(1) > 0).astype(np.float32)
    heard, melody, step = parts["heard"].astype(np.float32), parts["melody"], parts["step"]
    bits, velocity = parts["target"][:, 0], parts["target"][:, 1]
    count = len(crop)
    settings = np.zeros(2 * len(SETTINGS), np.float32)
    visible, tell = np.zeros((count, KEYS), np.float32), 0.0
    if how is not None:
        by = int(rng.integers(-how.semitones, how.semitones + 1))
        heard, melody, bits, velocity = (shift_pitch(part, by) for part in (heard, melody, bits, velocity))
        step[:, :12], step[:, 12:24] = np.roll(step[:, :12], by, 1), np.roll(step[:, 12:24], by, 1)
        begins = (bits & (BRIDGE | PIANO)) > 0
        # Phase 0 begins a beat.
        values = measure_settings(begins, heard[:, 0], max(1, int((step[:, PHASE.start] > 0).sum())))
        if values is not None:
            told = (rng.random(len(SETTINGS)) < 0.5) & (rng.random() < how.tell_settings)
            settings = np.concatenate([values * told, told]).astype(np.float32)
        heard = np.minimum(255, heard * np.exp(rng.normal(0, how.gain, (1, 3, 1))))
        if rng.random() < how.drop_melody:
            melody[:] = 0
        if rng.random() < how.drop_chords:
            step[:, :24] = 0
        mistake(melody, step, how, rng)
        if rng.random() < how.deafen:
            first, long = int(rng.integers(0, count)), int(rng.integers(16, 96))
            heard[first : first + long] *= rng.choice([0.0, 0.3])
        visible = draw_visible(how, count, rng)
        tell = float(rng.random() < how.tell_style)
    targets = np.stack([(bits & bit) > 0 for bit in (MELODY, BRIDGE, PIANO, HOLD)]).astype(np.float32)
    return {
        "heard": heard.reshape(count, -1).astype(np.float32),
        "melody": melody.reshape(count, -1).astype(np.float32),
        "step": step.astype(np.float32),
        "settings": settings,
        "tell_style": np.float32(tell),
        "visible": visible,
        "targets": targets,
        "velocity": (velocity / 127).astype(np.float32),
        "inside": inside,
    }


def gather(crops: Sequence[dict[str, np.ndarray]]) -> Batch:
    """Stacks crops of equal length."""
    return Batch(**{name: torch.from_numpy(np.stack([crop[name] for crop in crops])) for name in crops[0]})


def take_batch(songs: Sequence[SongRows], size: int, length: int, how: Augmentation, rng: np.random.Generator) -> Batch:
    """Crops of songs drawn by chance: longer songs oftener, and those oftener in which the piano is heard."""
    weights = np.array([len(song.rows) * (FAINT + song.clear) for song in songs])
    drawn = rng.choice(len(songs), size, p=weights / weights.sum())
    return gather([change_crop(cut_crop(songs[i], length, rng), how, rng) for i in drawn])
