"""Runs the files of `models/weights` over a song of any length with bounded memory.

The pattern for every other program that uses them: what a chunk needs around it, and what is cut off.
"""

from pathlib import Path

import numpy as np
import onnxruntime

from songleaf_models.weights import beat_features, cqt, tuning, unet

SEPARATOR_RATE = 44_100
SEPARATOR_FRAME = 4096
SEPARATOR_HOP = 1024


def open_session(path: Path) -> onnxruntime.InferenceSession:
    """One network on one thread of the processor."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def hear_beats(session: onnxruntime.InferenceSession, audio: np.ndarray, chunk: int = 3000) -> np.ndarray:
    """audio[N] at 22,050 Hz -> activations[3 networks, T, 3], T = ceil(N / 441); frame t is centred at t * 20 ms.

    The song lies between 705 zeros and as many as the last frame needs; `state` goes from chunk to chunk.
    """
    frame, hop = beat_features.FRAME, beat_features.HOP
    frames = -(-len(audio) // hop)
    padded = np.zeros((frames - 1) * hop + frame, np.float32)
    end = min(len(audio), len(padded) - frame // 2)
    padded[frame // 2 : frame // 2 + end] = audio[:end]
    state = np.zeros(session.get_inputs()[1].shape, np.float32)
    parts = []
    for first in range(0, frames, chunk):
        count = min(chunk, frames - first)
        samples = padded[None, first * hop : (first + count - 1) * hop + frame]
        activations, state = session.run(None, {"audio": samples, "state": state})
        parts.append(activations)
    return np.concatenate(parts, axis=1)


def _with_context(frames: int, chunk: int, context: int) -> list[tuple[int, int, int, int]]:
    """(first frame wanted, past the last wanted, first given, past the last given) of every chunk."""
    return [
        (first, min(frames, first + chunk), max(0, first - context), min(frames, first + chunk + context))
        for first in range(0, frames, chunk)
    ]


def find_tuning(session: onnxruntime.InferenceSession, audio: np.ndarray, chunk: int = 2584) -> float:
    """audio[N] at 22,050 Hz -> tuning in thirds of a semitone, -0.5 to 0.49; 0 for silence."""
    frames = len(audio) // tuning.HOP + 1
    deviations, strengths = [], []
    for first, last, low, high in _with_context(frames, chunk, tuning.CONTEXT_FRAMES):
        samples = audio[None, low * tuning.HOP : high * tuning.HOP]
        deviation, strength = (part[0, first - low : last - low] for part in session.run(None, {"audio": samples}))
        peaks = strength > 0
        deviations.append(deviation[peaks])
        strengths.append(strength[peaks])
    deviation, strength = np.concatenate(deviations), np.concatenate(strengths)
    if len(strength) == 0:
        return 0.0
    edges = np.linspace(-0.5, 0.5, 101)
    counts, _ = np.histogram(deviation[strength >= np.median(strength)], edges)
    return float(edges[counts.argmax()])


def measure_cqt(
    session: onnxruntime.InferenceSession, audio: np.ndarray, tuned: float, chunk: int = 2584
) -> np.ndarray:
    """audio[N] at 22,050 Hz -> magnitudes[T, 252], T = 1 + N // 512; frame t is centred at t * 512 samples."""
    frames = len(audio) // cqt.HOP + 1
    parts = []
    for first, last, low, high in _with_context(frames, chunk, cqt.CONTEXT_FRAMES):
        samples = audio[None, low * cqt.HOP : high * cqt.HOP]
        (magnitudes,) = session.run(None, {"audio": samples, "tuning": np.array([tuned], np.float32)})
        parts.append(magnitudes[0, first - low : last - low])
    return np.concatenate(parts)


def hear_chords(
    session: onnxruntime.InferenceSession,
    magnitudes: np.ndarray,
    chunk: int | None = None,
    context: int = 256,
) -> np.ndarray:
    """magnitudes[T, 252] -> logits[T, 100].

    The network normalises over all that it is given, so a chunk's logits are not quite the whole song's.
    """
    parts = []
    for first, last, low, high in _with_context(len(magnitudes), chunk or len(magnitudes), context):
        (logits,) = session.run(None, {"magnitudes": magnitudes[None, low:high]})
        parts.append(logits[0, first - low : last - low])
    return np.concatenate(parts)


def share_of_vocals(session: onnxruntime.InferenceSession, magnitudes: np.ndarray) -> np.ndarray:
    """magnitudes[2, T, 1024] at 44.1 kHz -> the vocals' share[2, T, 1024], passage by passage of 512 frames."""
    count = -(-magnitudes.shape[1] // unet.FRAMES)
    padded = np.zeros((2, count * unet.FRAMES, unet.BINS), np.float32)
    padded[:, : magnitudes.shape[1]] = magnitudes
    shares = [
        session.run(None, {"magnitudes": padded[None, :, first : first + unet.FRAMES]})[0][0]
        for first in range(0, padded.shape[1], unet.FRAMES)
    ]
    return np.concatenate(shares, axis=1)[:, : magnitudes.shape[1]]
