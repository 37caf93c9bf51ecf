"""beatnet.onnx against NumPy features and the published networks in PyTorch."""

from pathlib import Path

import numpy as np
import pytest
from conftest import Open

from songleaf_models.weights import reference
from songleaf_models.weights.listen import hear_beats


def test_activations_equal_the_reference(load: Open, checkpoints: Path, song: np.ndarray) -> None:
    activations = hear_beats(load("beatnet.onnx"), song)
    assert activations.shape == (3, -(-len(song) // 441), 3)
    np.testing.assert_allclose(activations, reference.compute_beats(checkpoints, song), atol=1e-4)
    np.testing.assert_allclose(activations.sum(axis=2), 1, atol=1e-5)


@pytest.mark.parametrize("chunk", [1, 7, 250])
def test_chunks_make_no_difference(load: Open, song: np.ndarray, chunk: int) -> None:
    session, passage = load("beatnet.onnx"), song[: 441 * 600 + 17]
    whole = hear_beats(session, passage, chunk=10_000)
    np.testing.assert_allclose(hear_beats(session, passage, chunk), whole, atol=1e-5)


def test_a_beat_stands_out(load: Open) -> None:
    """Clicks at 120 a minute: the beat's activation is larger on them than between them."""
    audio = np.zeros(22_050 * 12, np.float32)
    noise = np.random.default_rng(0).normal(0, 0.3, 1000).astype(np.float32)
    for beat in range(24):
        audio[beat * 11_025 : beat * 11_025 + 1000] = noise * np.linspace(1, 0, 1000, dtype=np.float32)
    activations = hear_beats(load("beatnet.onnx"), audio)[:, :, :2].sum(axis=2).mean(axis=0)
    on_beat = np.mean([activations[max(0, b - 2) : b + 3].max() for b in range(200, 600, 25)])
    between = np.mean([activations[b + 10 : b + 15].max() for b in range(200, 575, 25)])
    assert on_beat > 2 * between
