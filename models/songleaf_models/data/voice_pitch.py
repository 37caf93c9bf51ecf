"""How a singer's pitch moves: from a melody's steps to the line that a voice draws.

After T. Saitou, M. Goto, M. Unoki, M. Akagi, "Speech-to-singing synthesis", WASPAA 2007: overshoot and preparation
come from a damped second-order system, vibrato sets in on long notes, fine fluctuation lies over everything. Scoops,
falls and intonation offsets are what singers of pop do besides.
"""

from dataclasses import dataclass

import numpy as np
from scipy.signal import lfilter

from songleaf_models.data.voice_samples import FRAME_SECONDS
from songleaf_models.truth import TimedNote


@dataclass(frozen=True)
class PitchManner:
    """A singer's habits. Pitches in cents."""

    glide_rad: float
    """Natural frequency of the note transitions, radians a second: 25 drags, 60 is quick."""
    damping: float
    """0.55 overshoots by 13 %, 1 not at all."""
    intonation: float
    """Standard deviation of a note's offset; never beyond 15."""
    scoop: float
    """How far below a note begins that is scooped into."""
    scoop_share: float
    vibrato_hz: float
    vibrato_depth: float
    """From the mean to the extreme."""
    vibrato_delay: float
    """Seconds from the note's start."""
    drift: float
    jitter: float
    fall_share: float


def draw_manner(rng: np.random.Generator) -> PitchManner:
    """One singer's habits. A steadier voice than these is taken for an instrument by the separator."""
    return PitchManner(
        glide_rad=rng.uniform(26, 50),
        damping=rng.uniform(0.55, 0.95),
        intonation=rng.uniform(3, 9),
        scoop=rng.uniform(70, 240),
        scoop_share=rng.uniform(0.15, 0.6),
        vibrato_hz=rng.uniform(4.6, 6.4),
        vibrato_depth=rng.uniform(18, 55) if rng.random() < 0.88 else 5.0,
        vibrato_delay=rng.uniform(0.12, 0.35),
        drift=rng.uniform(5, 11),
        jitter=rng.uniform(4, 9),
        fall_share=rng.uniform(0.1, 0.5),
    )


def _settle(steps: np.ndarray, manner: PitchManner) -> np.ndarray:
    """steps[T] in semitones -> what the second-order system makes of them."""
    angle = manner.glide_rad * FRAME_SECONDS
    radius = np.exp(-manner.damping * angle)
    turn = angle * np.sqrt(max(1e-6, 1 - manner.damping**2))
    feedback = [1.0, -2 * radius * np.cos(turn), radius**2]
    return lfilter([sum(feedback)], feedback, steps - steps[0]) + steps[0]


def _wander(frames: int, seconds: float, rng: np.random.Generator) -> np.ndarray:
    """[frames] noise with the standard deviation 1 that forgets itself within `seconds`."""
    memory = np.exp(-FRAME_SECONDS / seconds)
    walk = lfilter([1 - memory], [1, -memory], rng.standard_normal(frames))
    return walk / np.sqrt((1 - memory) / (1 + memory))


def draw_pitch(
    notes: list[TimedNote], frames: int, manner: PitchManner, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Notes in order without overlap -> MIDI pitch[frames] and vibrato[frames] (-1 to 1), 5 ms a frame.

    The pitch goes on through rests, towards the next note; whoever sings is silent there.
    """
    times = np.arange(frames) * FRAME_SECONDS
    steps = np.full(frames, float(notes[0].pitch))
    bend = np.zeros(frames)
    vibrato = np.zeros(frames)
    # The system needs about 2 / glide_rad to arrive: it sets out so much earlier that the note is reached on its start.
    lead = 1.4 / manner.glide_rad
    for index, note in enumerate(notes):
        length = note.end - note.start
        rest_before = note.start - notes[index - 1].end if index else 9.0
        rest_behind = notes[index + 1].start - note.end if index + 1 < len(notes) else 9.0
        # Over a rest the voice comes to the new pitch unheard, and early.
        ahead = lead if rest_before < 0.12 else min(0.3, lead + rest_before / 2)
        first = max(0, round((note.start - ahead) / FRAME_SECONDS))
        steps[first:] = note.pitch + np.clip(rng.normal(0, manner.intonation), -15, 15) / 100
        around = slice(max(0, first - 40), min(frames, round((note.end + 0.1) / FRAME_SECONDS)))
        since = times[around] - note.start
        share = manner.scoop_share * (1.6 if rest_before > 0.25 else 0.7)
        if length > 0.18 and rng.random() < share:
            fade = min(0.06, length / 8) * rng.uniform(0.5, 1)
            depth = manner.scoop * rng.uniform(0.4, 1)
            bend[around] -= depth * np.exp(-np.maximum(since, 0) / fade) * (since > -0.15)
        if rest_behind > 0.2 and length > 0.3 and rng.random() < manner.fall_share:
            span = min(rng.uniform(0.08, 0.2), 0.3 * length)
            bend[around] -= rng.uniform(80, 450) * np.clip((since - length + span) / (span + 0.05), 0, 1) ** 1.6
        if length > 0.34 and rng.random() < 0.85:
            delay = min(manner.vibrato_delay, 0.5 * length) * rng.uniform(0.7, 1.2)
            swell = np.clip((since - delay) / rng.uniform(0.15, 0.45), 0, 1)
            swell = swell * np.clip((length - since) / 0.08, 0, 1)
            rate = manner.vibrato_hz * rng.uniform(0.94, 1.06) * (1 + 0.06 * np.clip(since - 0.6, 0, 1.5))
            phase = 2 * np.pi * np.cumsum(rate) * FRAME_SECONDS
            wave = swell * np.sin(phase - phase[np.searchsorted(since, 0) if len(since) else 0])
            vibrato[around] = wave * rng.uniform(0.6, 1.15)
    slow = manner.drift * _wander(frames, 0.5, rng) + manner.jitter * _wander(frames, 0.012, rng)
    cents = bend + manner.vibrato_depth * vibrato + slow
    return _settle(steps, manner) + cents / 100, vibrato
