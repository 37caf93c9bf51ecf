"""What the files must reproduce, computed the long way: NumPy, librosa, PyTorch."""

import functools
from pathlib import Path

import librosa
import numpy as np
import torch

from songleaf_models.weights import beat_features
from songleaf_models.weights.beatnet import UNITS, BeatCrnn
from songleaf_models.weights.checkpoints import load_array_checkpoint, load_tensor_checkpoint
from songleaf_models.weights.chord_net import ChordNet
from songleaf_models.weights.listen import SEPARATOR_FRAME, SEPARATOR_HOP, SEPARATOR_RATE
from songleaf_models.weights.places import FIXTURE
from songleaf_models.weights.unet import BINS, Separator


@functools.cache
def read_song() -> np.ndarray:
    """audio[N] of the fixture: mono, 22,050 Hz."""
    return librosa.load(FIXTURE, sr=22_050)[0]


@functools.cache
def find_librosa_tuning() -> float:
    """Tuning of the fixture in thirds of a semitone."""
    return float(librosa.estimate_tuning(y=read_song(), sr=22_050, bins_per_octave=36))


def compute_cqt(audio: np.ndarray, tuning: float) -> np.ndarray:
    """audio[N] -> magnitudes[T, 252]."""
    transform = librosa.hybrid_cqt(
        audio,
        sr=22_050,
        hop_length=512,
        fmin=librosa.note_to_hz("F#0"),
        n_bins=288,
        bins_per_octave=36,
        tuning=tuning,
    )
    return np.abs(transform).T[:, 18:270].astype(np.float32)


def compute_beats(checkpoints: Path, audio: np.ndarray) -> np.ndarray:
    """audio[N] -> activations[3, T, 3], the features in float64."""
    frame, hop = beat_features.FRAME, beat_features.HOP
    frames = -(-len(audio) // hop)
    padded = np.pad(audio.astype(np.float64), (frame // 2, frame))
    windows = np.lib.stride_tricks.sliding_window_view(padded, frame)[::hop][:frames]
    spectrum = np.abs(np.fft.rfft(windows * np.hanning(frame), axis=1))[:, : beat_features.BINS]
    bands = np.log10(1 + spectrum @ beat_features.make_filterbank())
    rise = np.maximum(np.diff(bands, axis=0, prepend=bands[:1]), 0)
    features = torch.tensor(np.hstack([bands, rise]), dtype=torch.float32)
    rest = torch.zeros(2, 1, UNITS)
    outputs = []
    for number in (1, 2, 3):
        network = BeatCrnn(load_tensor_checkpoint(checkpoints / f"beatnet_{number}.pt")).eval()
        with torch.no_grad():
            outputs.append(torch.softmax(network(features, rest, rest)[0], dim=1).numpy())
    return np.stack(outputs)


def compute_chords(checkpoints: Path, number: int, magnitudes: np.ndarray) -> np.ndarray:
    """magnitudes[T, 252] -> logits[T, 100]."""
    network = ChordNet(load_tensor_checkpoint(checkpoints / f"chords_{number}.pt", "net")).eval()
    with torch.no_grad():
        return network(torch.from_numpy(magnitudes).unsqueeze(0))[0].numpy()


@functools.cache
def transform_stereo(seconds: int = 48) -> tuple[torch.Tensor, np.ndarray]:
    """The fixture's complex transform[2, 2049, T] at 44.1 kHz and magnitudes[2, T, 1024] of its lower half."""
    audio, _ = librosa.load(FIXTURE, sr=SEPARATOR_RATE, mono=False, offset=30, duration=seconds)
    window = torch.hann_window(SEPARATOR_FRAME)
    transform = torch.stft(
        torch.from_numpy(audio),
        SEPARATOR_FRAME,
        SEPARATOR_HOP,
        window=window,
        center=True,
        pad_mode="constant",
        return_complex=True,
    )
    return transform, transform.abs()[:, :BINS].transpose(1, 2).contiguous().numpy()


def apply_share(transform: torch.Tensor, share: np.ndarray) -> np.ndarray:
    """transform[2, 2049, T], share[2, T, 1024] -> audio[2, N]; nothing passes above the 1024 bins (11 kHz)."""
    masked = torch.zeros_like(transform)
    masked[:, :BINS] = transform[:, :BINS] * torch.from_numpy(share).transpose(1, 2)
    window = torch.hann_window(SEPARATOR_FRAME)
    return torch.istft(masked, SEPARATOR_FRAME, SEPARATOR_HOP, window=window, center=True).numpy()


def make_separator(checkpoints: Path) -> Separator:
    """Both U-Nets with their published float32 weights."""
    stems = [load_array_checkpoint(checkpoints / f"separator_{stem}.ckpt") for stem in ("vocals", "accompaniment")]
    return Separator(*stems).eval()
