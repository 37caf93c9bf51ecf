"""Stretches a recording so that every beat lasts 13,312 samples at 22,050 Hz: the published front end's constant tempo.

A phase vocoder that reads its frames where each beat's own tempo says (Laroche & Dolson, 1999, without phase locking).
"""

import librosa
import numpy as np

from songleaf_models.a2s.grid import FRAME_SECONDS, FRAMES, PRE_ROLL, STRETCHED_BEAT, STRETCHED_RATE

_FFT, _HOP = 2048, 512
_TARGET_BEAT = 13_230
"""Samples of a beat at 100 beats a minute; rounded up to whole hops it becomes 13,312."""
_FRAMES_A_BEAT = STRETCHED_BEAT // _HOP
SEGMENT_SAMPLES = 8 * STRETCHED_BEAT + PRE_ROLL
LEAD_BEATS = 1
"""Beats before the first one in what `stretch` returns, as long as the one behind it."""

assert 1 + int(SEGMENT_SAMPLES / STRETCHED_RATE / FRAME_SECONDS) == FRAMES


def extend_beats(times: np.ndarray) -> np.ndarray:
    """[B + 3] a beat before the first one, and two behind the last."""
    before, behind = times[1] - times[0], times[-1] - times[-2]
    return np.concatenate([[times[0] - before], times, times[-1] + behind * np.arange(1, 3)])


def stretch(audio: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Mono audio [N] at 22,050 Hz with beats at `times` [B] seconds -> [13,312 (B + 2)], beat i from 13,312 (i + 1) on.

    Raises ValueError for fewer than two beats.
    """
    if len(times) < 2:
        raise ValueError("a recording without beats cannot be stretched to them")
    beats = extend_beats(times) * STRETCHED_RATE
    # What lies before the recording is silence.
    lead = max(0, int(np.ceil(-beats[0])))
    padded = np.zeros(lead + max(len(audio), int(np.ceil(beats[-1]))) + 2 * _FFT, np.float32)
    padded[lead : lead + len(audio)] = audio
    spectrum = librosa.stft(padded, n_fft=_FFT, hop_length=_HOP, center=False)
    starts, lengths = (beats[:-1] + lead) / _HOP, np.diff(beats)
    reading = starts[:, None] + np.arange(_FRAMES_A_BEAT) * (lengths / _TARGET_BEAT)[:, None]
    voiced = read_frames(spectrum, reading.ravel())
    stretched = librosa.istft(voiced, hop_length=_HOP, n_fft=_FFT, center=False, length=STRETCHED_BEAT * len(lengths))
    return np.asarray(stretched, np.float32)


def read_frames(spectrum: np.ndarray, positions: np.ndarray) -> np.ndarray:
    """Frames [F, T'] of a spectrum [F, T] at fractional positions [T']: magnitudes in between, phases going on."""
    positions = np.minimum(positions, spectrum.shape[1] - 1.001)
    left = positions.astype(int)
    share = (positions - left).astype(np.float32)
    magnitudes, phases = np.abs(spectrum), np.angle(spectrum)
    between = (1 - share) * magnitudes[:, left] + share * magnitudes[:, left + 1]
    expected = np.linspace(0, np.pi * _HOP, spectrum.shape[0])[:, None]
    deviation = phases[:, left + 1] - phases[:, left] - expected
    advance = expected + deviation - 2 * np.pi * np.round(deviation / (2 * np.pi))
    accumulated = np.cumsum(np.concatenate([phases[:, left[:1]], advance[:, :-1]], 1), 1)
    return between * np.exp(1j * accumulated)


def cut_audio(stretched: np.ndarray, beat: int) -> np.ndarray:
    """[107,496] the segment that begins at a beat, 1000 samples before it; zeros outside the recording."""
    start = (beat + LEAD_BEATS) * STRETCHED_BEAT - PRE_ROLL
    segment = np.zeros(SEGMENT_SAMPLES, np.float32)
    inner = stretched[max(0, start) : max(0, start + SEGMENT_SAMPLES)]
    offset = max(0, -start)
    segment[offset : offset + len(inner)] = inner
    return segment
