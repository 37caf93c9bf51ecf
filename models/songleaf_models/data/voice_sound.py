"""From envelopes, pitch and gain to sound: a pulse train and noise through the singer's moving filter.

WORLD's own synthesis makes one response a pulse: 3.6 s of processor time for a minute at 880 Hz. Here the pulse train
is made at once (band-limited, closed form) and filtered frame by frame with minimum phase, at the same cost for every
pitch.
"""

from dataclasses import dataclass

import numpy as np
import scipy.fft

from songleaf_models.data.voice_samples import FRAME_SECONDS, VOICE_RATE, Syllables, mel_points

_HOP = 256
_WINDOW = 512
_FOURIER = 1024
_BINS = _FOURIER // 2 + 1


@dataclass(frozen=True)
class Timbre:
    """What makes of one recorded singer many."""

    formants: float
    """Factor on formant frequencies: 0.9 a longer, 1.12 a shorter vocal tract."""
    tilt: float
    """dB an octave above 500 Hz."""
    ring: float
    """dB of the singer's formant around 3 kHz."""
    breath: float
    """Share of the periodic part that turns to noise, rising with frequency: 0 to 0.6."""
    air: float
    """dB above 6 kHz."""
    tremor: float
    """dB of loudness at the vibrato's extremes."""


def draw_timbre(rng: np.random.Generator) -> Timbre:
    """One singer's timbre."""
    return Timbre(
        formants=float(np.exp(rng.normal(0, 0.04)).clip(0.9, 1.12)),
        tilt=rng.uniform(-3.0, 1.5),
        ring=rng.uniform(0, 9),
        breath=rng.uniform(0.05, 0.3) if rng.random() < 0.6 else rng.uniform(0.3, 0.6),
        air=rng.uniform(-2, 8),
        tremor=rng.uniform(0, 2.5),
    )


def _decoder(timbre: Timbre) -> tuple[np.ndarray, np.ndarray]:
    """[96, 513] from mel points to the bins of the warped spectrum, and [513] added to the log power."""
    bins = np.linspace(0, VOICE_RATE / 2, _BINS)
    points = mel_points()
    # Formants move, the top of the band stays (piecewise linear, as in vocal tract length normalisation).
    corner = 7000.0
    top = VOICE_RATE / 2
    warped = np.where(
        bins < corner,
        bins / timbre.formants,
        corner / timbre.formants + (bins - corner) * (top - corner / timbre.formants) / (top - corner),
    )
    place = np.interp(warped, points, np.arange(len(points)))
    low = np.minimum(place.astype(int), len(points) - 2)
    share = place - low
    matrix = np.zeros((len(points), _BINS), np.float32)
    matrix[low, np.arange(_BINS)] = 1 - share
    matrix[low + 1, np.arange(_BINS)] += share
    octaves = np.log2(np.maximum(bins, 500) / 500)
    decibels = timbre.tilt * octaves + timbre.ring * np.exp(-(((bins - 3000) / 600) ** 2))
    decibels += timbre.air * np.clip((bins - 5000) / 3000, 0, 1)
    return matrix, (decibels * np.log(10) / 10).astype(np.float32)


def _pulses(pitch: np.ndarray, start: float) -> np.ndarray:
    """Hz[N] -> a band-limited pulse train[N] whose power does not depend on the pitch."""
    phase = start + 2 * np.pi * np.cumsum(pitch) / VOICE_RATE
    partials = np.floor(0.49 * VOICE_RATE / pitch)
    half = 0.5 * np.mod(phase, 2 * np.pi)
    bottom = np.sin(half)
    small = np.abs(bottom) < 1e-5
    train = np.where(small, 2 * partials + 1, np.sin((2 * partials + 1) * half) / np.where(small, 1.0, bottom))
    return ((train - 1) / np.sqrt(2 * partials)).astype(np.float32)


def _minimum_phase(log_power: np.ndarray) -> np.ndarray:
    """log power[T, 513] -> complex response[T, 513] by folding the cepstrum."""
    cepstrum = scipy.fft.irfft(log_power * np.float32(0.5), axis=1)
    cepstrum[:, 1 : _FOURIER // 2] *= 2
    cepstrum[:, _FOURIER // 2 + 1 :] = 0
    return np.exp(scipy.fft.rfft(cepstrum, axis=1))


def _breath_envelope(envelope: np.ndarray, voiced: np.ndarray) -> np.ndarray:
    """[96] of drawn breath: the mean vowel's formants halved, no buzz below 400 Hz."""
    points = mel_points()
    mean = envelope[voiced].mean(axis=0)
    return (0.5 * (mean - mean.max()) + 2 * np.log(np.clip(points / 900, 0.05, 1))).astype(np.float32)


def _tune_vowels(log_power: np.ndarray, tones: np.ndarray, voiced: np.ndarray) -> None:
    """In place, log power[T, 513]: above 300 Hz the first formant follows the fundamental, as high singers do.

    J. Sundberg, "Formant technique in a professional female singer", Acustica 32, 1975. Without it, high notes lose
    their fundamental between the formants of speech.
    """
    high = np.flatnonzero(voiced & (tones > 300))
    if len(high) == 0:
        return
    bins = np.linspace(0, VOICE_RATE / 2, _BINS, dtype=np.float32)[: _BINS // 4]
    tone = tones[high, None].astype(np.float32)
    wanted = log_power[high, : _BINS // 4].max(axis=1, keepdims=True)
    lobe = wanted - ((bins - tone) / (0.35 * tone)) ** 2
    share = np.clip((tone - 300) / 300, 0, 1)
    part = log_power[high, : _BINS // 4]
    log_power[high, : _BINS // 4] = part + share * np.maximum(0, lobe - part)


def make_sound(
    syllables: Syllables,
    source: np.ndarray,
    gain: np.ndarray,
    pitch: np.ndarray,
    vibrato: np.ndarray,
    falsetto: np.ndarray,
    timbre: Timbre,
    samples: int,
    rng: np.random.Generator,
) -> np.ndarray:
    """5 ms frames [T]: source frame (-1 breath), gain in dB, MIDI pitch, vibrato -1 to 1, falsetto 0 to 1 -> audio.

    audio[samples] float32 at 22,050 Hz, not normalised.
    """
    frame_times = np.arange(len(source)) * FRAME_SECONDS
    times = np.arange(samples) / VOICE_RATE
    hertz = np.interp(times, frame_times, 440 * 2 ** ((pitch - 69) / 12)).clip(50, 2000)
    amplitude = 10 ** (gain / 20) * 10 ** (timbre.tremor * vibrato / 20)
    loudness = np.interp(times, frame_times, amplitude).astype(np.float32)
    buzz = _pulses(hertz, rng.uniform(0, 2 * np.pi))
    hiss = rng.standard_normal(samples).astype(np.float32)

    blocks = samples // _HOP + 2
    centres = np.minimum(np.rint(np.arange(blocks) * _HOP / VOICE_RATE / FRAME_SECONDS).astype(int), len(source) - 1)
    frames = source[centres]
    breathing = frames < 0
    matrix, shape = _decoder(timbre)
    mel = syllables.envelope[frames]
    mel[breathing] = _breath_envelope(syllables.envelope, syllables.voiced)
    log_power = mel @ matrix + shape
    bins = np.linspace(0, VOICE_RATE / 2, _BINS, dtype=np.float32)
    softness = falsetto[centres].astype(np.float32)
    unsteady = rng.normal(0, 0.4, blocks).astype(np.float32)
    octaves = np.log2(np.maximum(bins, 500) / 500).astype(np.float32)
    log_power += (unsteady - 5 * softness)[:, None] * octaves * np.float32(np.log(10) / 10)

    tones = hertz[np.minimum(np.arange(blocks) * _HOP, samples - 1)]
    _tune_vowels(log_power, tones, ~breathing & syllables.voiced[frames])

    noise = syllables.aperiodicity[frames] @ matrix
    turned = np.minimum(0.85, timbre.breath + 0.4 * softness)[:, None] * np.clip(bins / 4000, 0.02, 1)
    noise = np.clip(1 - (1 - noise) * (1 - turned), 0.005, 1)
    silent_cords = breathing | ~syllables.voiced[frames]
    noise[silent_cords] = 1
    response = _minimum_phase(log_power)

    window = np.hanning(_WINDOW + 1)[:-1].astype(np.float32)
    audio = np.zeros((blocks + _FOURIER // _HOP) * _HOP, np.float32)
    spectrum = np.zeros_like(response)
    for excitation, share in ((buzz, np.sqrt(1 - noise**2)), (hiss, noise)):
        padded = np.zeros((blocks + 1) * _HOP, np.float32)
        padded[_HOP : _HOP + samples] = excitation
        pieces = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::_HOP][:blocks] * window
        spectrum += scipy.fft.rfft(pieces, _FOURIER, axis=1) * share
    rows = scipy.fft.irfft(response * spectrum, axis=1).reshape(blocks, -1, _HOP)
    steps = audio.reshape(-1, _HOP)
    for part in range(rows.shape[1]):
        steps[part : part + blocks] += rows[:, part]
    return audio[_HOP : _HOP + samples] * loudness
