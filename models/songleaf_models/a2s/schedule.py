"""What changes while a stage is trained: weights of the losses, teacher forcing, learning rate."""

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from songleaf_models.a2s.grid import BEATS, STEPS
from songleaf_models.a2s.piano_tree import SLOTS

Kind = Literal["1", "2", "3a", "3b", "3", "supervised"]
"""Warm-up, score corrupted, audio alone, autoregressive; 3: each batch is one of the three before, so that one network
arranges alone, after a bar that stands and in a given texture; supervised: audio to notes with nothing else."""
MIXED: dict[Kind, float] = {"3a": 0.65, "3b": 0.15, "2": 0.2}
"""Shares of the batches of stage 3."""


@dataclass(frozen=True)
class Range:
    """A value that goes from `start` to `end` along a sigmoid."""

    start: float
    end: float

    def at(self, way: float) -> float:
        """Value where `way` of the annealing (0 to 1) is done; beyond 1 it stays at its end."""
        share = 1 / (1 + math.exp(-10 * (min(way, 2.0) - 0.5)))
        return self.start + (self.end - self.start) * share


@dataclass(frozen=True)
class Stage:
    """A stage of `steps` batches; annealing is done after `anneal` of them. The defaults are the published ones."""

    name: str
    kind: Kind
    steps: int
    # Stage whose weights it begins with; None: at random.
    after: str | None = None
    batch: int = 64
    rate: float = 5e-4
    rate_factor: float = 0.9999
    rate_floor: float = 0.01
    warmup: int = 0
    anneal: int = 25_000
    # Weights of the divergence: chords and audio texture, score texture.
    beta: tuple[float, float] = (0.0, 0.01)
    beta_score: tuple[float, float] = (0.0, 0.01)
    # Whether latents are drawn (variational) or the posteriors' means.
    sampled: bool = True
    # Standard deviation of z_score in stage 3a.
    z_score_deviation: float = 0.1
    # Probabilities of teacher forcing: steps, features of the score, notes, chords.
    force_steps: tuple[float, float] = (0.8, 0.3)
    force_features: tuple[float, float] = (0.8, 0.3)
    force_notes: tuple[float, float] = (0.8, 0.5)
    force_chords: tuple[float, float] = (0.5, 0.0)
    # Probability with which a note is kept in stage 2, of pitches to 39, 49, 59, 127.
    keep: tuple[float, float, float, float] = (0.1, 0.6, 0.3, 0.7)
    # Whether the score of stage 2 is moved by up to half an octave, so that it tells of texture and not of keys.
    move_score: bool = False
    # Probability with which a step does not see the one before, so that it leans on the latents and not on a target
    # that it lacks in use; with which no step of a segment does; and with which a key is not heard for a beat, as a
    # transcriber misses notes.
    hide_before: float = 0.0
    hide_all: float = 0.0
    deafen: float = 0.0

    def draw(self, rng: np.random.Generator) -> "Stage":
        """The stage as a batch has it: of stage 3, one of those that it mixes."""
        if self.kind != "3":
            return self
        return replace(self, kind=list(MIXED)[int(rng.choice(len(MIXED), p=list(MIXED.values())))])

    def rate_at(self, step: int) -> float:
        """Learning rate: falls by a factor each step to a share of the first, after a linear rise."""
        rise = min(1.0, (step + 1) / self.warmup) if self.warmup else 1.0
        return self.rate * rise * max(self.rate_floor, self.rate_factor**step)

    def betas_at(self, step: int) -> tuple[float, float]:
        """Weights of the divergence: chords and audio texture, score texture."""
        way = step / self.anneal
        return Range(*self.beta).at(way), Range(*self.beta_score).at(way)


@dataclass(frozen=True)
class Forcing:
    """Coins of one batch: whether what came before is read from the target."""

    steps: list[bool]
    features: list[bool]
    notes: list[list[bool]]
    chords: list[bool]


def draw_forcing(stage: Stage, step: int, rng: np.random.Generator) -> Forcing:
    """One coin a step, note and beat for the whole batch."""
    way = step / stage.anneal
    pairs = stage.force_steps, stage.force_features, stage.force_notes, stage.force_chords
    steps, features, notes, chords = (Range(*pair).at(way) for pair in pairs)
    return Forcing(
        (rng.random(STEPS) < steps).tolist(),
        (rng.random(STEPS) < features).tolist(),
        (rng.random((STEPS, SLOTS)) < notes).tolist(),
        (rng.random(BEATS) < chords).tolist(),
    )


def force_all() -> Forcing:
    """Everything is read from the target: for comparing losses."""
    return Forcing([True] * STEPS, [True] * STEPS, [[True] * SLOTS] * STEPS, [True] * BEATS)
