"""cqt.onnx and tuning.onnx against librosa."""

import librosa
import numpy as np
import pytest
import torch
from conftest import Open

from songleaf_models.weights import reference
from songleaf_models.weights.cqt import _PSEUDO_FOURIER_BINS, HybridCqt
from songleaf_models.weights.listen import find_tuning, measure_cqt


@pytest.mark.parametrize("tuning", [None, -0.5, 0.0, 0.45, 0.46, 0.49])
def test_magnitudes_equal_librosas(load: Open, song: np.ndarray, tuning: float | None) -> None:
    tuned = reference.find_librosa_tuning() if tuning is None else tuning
    expected = reference.compute_cqt(song, tuned)
    magnitudes = measure_cqt(load("cqt.onnx"), song, tuned)
    assert magnitudes.shape == expected.shape == (len(song) // 512 + 1, 252)
    assert expected.max() > 1
    np.testing.assert_allclose(magnitudes, expected, atol=1e-4)


@pytest.mark.parametrize("length", [512 * 128, 512 * 200 + 1, 512 * 201 - 1, 100_003])
def test_any_length_is_framed_as_librosa_frames_it(load: Open, song: np.ndarray, length: int) -> None:
    passage = song[400_000 : 400_000 + length]
    magnitudes = measure_cqt(load("cqt.onnx"), passage, 0.1)
    np.testing.assert_allclose(magnitudes, reference.compute_cqt(passage, 0.1), atol=1e-4)


@pytest.mark.parametrize("chunk", [300, 1000])
def test_chunks_make_no_difference(load: Open, song: np.ndarray, chunk: int) -> None:
    session, passage = load("cqt.onnx"), song[: 512 * 2000]
    whole = measure_cqt(session, passage, 0.2, chunk=10_000)
    np.testing.assert_allclose(measure_cqt(session, passage, 0.2, chunk), whole, atol=1e-5)


def test_no_pseudo_filter_reaches_beyond_the_bins_that_are_computed() -> None:
    low, high = _PSEUDO_FOURIER_BINS
    wavelets = HybridCqt().pseudo
    for tuning in np.linspace(-0.5, 0.5, 21):
        real, imaginary = wavelets(torch.tensor([tuning], dtype=torch.float32))
        used = torch.nonzero((real**2 + imaginary**2).sum(0))[:, 0]
        assert low <= int(used.min())
        assert int(used.max()) <= high


@pytest.mark.parametrize("detune", [0.0, 0.2, -0.3])
def test_tuning_equals_librosas(load: Open, song: np.ndarray, detune: float) -> None:
    """The song as it is, and played faster or slower by some hundredths of a semitone."""
    passage = song[: 22_050 * 40]
    if detune:
        place = np.arange(0, len(passage) - 2, 2 ** (detune / 36))
        passage = np.interp(place, np.arange(len(passage)), passage).astype(np.float32)
    expected = librosa.estimate_tuning(y=passage, sr=22_050, bins_per_octave=36)
    assert find_tuning(load("tuning.onnx"), passage, chunk=500) == pytest.approx(expected, abs=1e-9)


def test_silence_is_in_tune(load: Open) -> None:
    assert find_tuning(load("tuning.onnx"), np.zeros(50_000, np.float32)) == 0
