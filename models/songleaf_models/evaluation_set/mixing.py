"""Stems to a mix: levels, places, filters, room, echo."""

from dataclasses import dataclass

import numpy as np
from scipy.signal import butter, oaconvolve, sosfilt

from songleaf_models.evaluation_set.sampler import SAMPLE_RATE

_SILENCE_DB = -55.0
_FRAME = 4410


@dataclass(frozen=True)
class Stem:
    """Audio [2, N] of one part; level in dB against the lead, pan -1 to 1, share sent to the room, lowest hertz."""

    audio: np.ndarray
    level: float
    pan: float = 0.0
    room: float = 0.1
    low_cut: float = 30.0
    presence: float = 0.0
    echo: float = 0.0


def mix(stems: list[Stem], room_seconds: float, echo_seconds: float, seed: int) -> np.ndarray:
    """Stereo [2, N] float64; every stem is first brought to one loudness (root mean square where it sounds)."""
    length = stems[0].audio.shape[1]
    dry = np.zeros((2, length))
    sent = np.zeros((2, length))
    for stem in stems:
        power = _measure_level(stem.audio)
        if power == 0:
            continue
        gain = 0.1 / power * 10 ** (stem.level / 20)
        band = butter(2, stem.low_cut, "highpass", fs=SAMPLE_RATE, output="sos")
        audio = sosfilt(band, stem.audio * gain, axis=1)
        if stem.presence:
            bright = butter(1, 2500, "highpass", fs=SAMPLE_RATE, output="sos")
            audio += (10 ** (stem.presence / 20) - 1) * sosfilt(bright, audio, axis=1)
        angle = (stem.pan + 1) * np.pi / 4
        audio *= np.array([[np.cos(angle)], [np.sin(angle)]]) * np.sqrt(2)
        dry += audio
        sent += stem.room * audio
        if stem.echo:
            _add_echo(dry, audio, stem.echo, echo_seconds)
    room = _room(room_seconds, seed)
    return dry + np.stack([oaconvolve(sent[side], room[side])[:length] for side in (0, 1)])


def _measure_level(audio: np.ndarray) -> float:
    frames = audio[:, : audio.shape[1] // _FRAME * _FRAME].reshape(2, -1, _FRAME)
    powers = (frames**2).mean(axis=(0, 2))
    if not len(powers) or powers.max() == 0:
        return 0.0
    sounding = powers[powers > powers.max() * 10 ** (_SILENCE_DB / 10)]
    # Near its loudest rather than on average: a part that seldom plays must not come out louder for that.
    return float(np.sqrt(np.percentile(sounding, 75)))


def _room(seconds: float, seed: int) -> np.ndarray:
    """Impulse responses [2, L] of unit energy: noise that falls by 60 dB in `seconds`, high frequencies sooner."""
    rng = np.random.default_rng([seed, 3])
    length = int(1.2 * seconds * SAMPLE_RATE)
    time = np.arange(length) / SAMPLE_RATE
    noise = rng.standard_normal((2, length))
    dark = sosfilt(butter(1, 2200, fs=SAMPLE_RATE, output="sos"), noise, axis=1)
    response = 0.35 * noise * 10 ** (-3 * time / (0.4 * seconds)) + dark * 10 ** (-3 * time / seconds)
    response = sosfilt(butter(2, 180, "highpass", fs=SAMPLE_RATE, output="sos"), response, axis=1)
    delay = int(0.018 * SAMPLE_RATE)
    response = np.concatenate([np.zeros((2, delay)), response], axis=1)
    return response / np.sqrt((response**2).sum(axis=1, keepdims=True))


def _add_echo(out: np.ndarray, audio: np.ndarray, share: float, seconds: float) -> None:
    shift = int(seconds * SAMPLE_RATE)
    for repeat in (1, 2, 3):
        if repeat * shift < out.shape[1]:
            # The echo alternates between the sides.
            side = repeat % 2
            out[side, repeat * shift :] += share**repeat * audio.mean(axis=0)[: -repeat * shift]
