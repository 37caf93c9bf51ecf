"""From audio to chord logits: the files against librosa and the published networks in PyTorch."""

from pathlib import Path

import numpy as np
import pytest
from conftest import Open

from songleaf_models.chords.annotations import read_pop909
from songleaf_models.weights import reference
from songleaf_models.weights.chord_net import HEADS
from songleaf_models.weights.listen import find_tuning, hear_chords, measure_cqt


@pytest.fixture(scope="module")
def magnitudes(load: Open, song: np.ndarray) -> np.ndarray:
    """magnitudes[T, 252] by the files alone."""
    return measure_cqt(load("cqt.onnx"), song, find_tuning(load("tuning.onnx"), song))


@pytest.fixture(scope="module")
def expected_magnitudes(song: np.ndarray) -> np.ndarray:
    """magnitudes[T, 252] by librosa alone."""
    return reference.compute_cqt(song, reference.find_librosa_tuning())


@pytest.mark.parametrize("number", range(5))
def test_logits_equal_the_reference(
    load: Open, checkpoints: Path, magnitudes: np.ndarray, expected_magnitudes: np.ndarray, number: int
) -> None:
    logits = hear_chords(load(f"chords_{number}.onnx"), magnitudes)
    expected = reference.compute_chords(checkpoints, number, expected_magnitudes)
    assert logits.shape == expected.shape == (len(magnitudes), 100)
    np.testing.assert_allclose(logits, expected, atol=1e-3)
    first = 0
    for size in HEADS.values():
        ours, theirs = (part[:, first : first + size].argmax(axis=1) for part in (logits, expected))
        assert np.mean(ours == theirs) >= 0.999
        first += size


def test_chunks_keep_nearly_every_label(load: Open, magnitudes: np.ndarray) -> None:
    """A chunk is normalised by itself, so a few frames near chord changes fall otherwise."""
    session = load("chords_4.onnx")
    whole, chunked = hear_chords(session, magnitudes), hear_chords(session, magnitudes, chunk=2584)
    assert np.mean(whole[:, :73].argmax(axis=1) == chunked[:, :73].argmax(axis=1)) > 0.99


def test_a_triad_is_named(load: Open) -> None:
    """Ten seconds of A minor: the class is minor on A, the bass A."""
    time = np.arange(22_050 * 10) / 22_050
    audio = np.zeros_like(time)
    for pitch in (45, 57, 60, 64):
        for partial in range(1, 7):
            audio += np.sin(2 * np.pi * 440 * 2 ** ((pitch - 69) / 12) * partial * time) / partial
    audio = (audio * 0.05 * np.exp(-(time % 1))).astype(np.float32)
    logits = hear_chords(load("chords_4.onnx"), measure_cqt(load("cqt.onnx"), audio, 0.0))
    middle = logits[100:300]
    triads = middle[:, :73].argmax(axis=1)
    assert np.mean(triads == 1 + 12 * 1 + 9) > 0.9
    assert np.mean(middle[:, 73:86].argmax(axis=1) == 1 + 9) > 0.9


def test_priors_are_counted_on_songs_for_training_alone(tmp_path: Path) -> None:
    rows = ["song,match,scale"]
    for number in (1, 3, 7, 8, 13, 21):
        rows.append(f"{number:03d},0.95,1")
        song = tmp_path / f"{number:03d}"
        song.mkdir()
        (song / "analyzed_key.txt").write_text("C:maj\n")
        (song / "finalized_chord.txt").write_text("C:maj [0, 4, 7] 0 4\nG:maj [7, 11, 2] 7 4\n")
    (tmp_path / "metre.csv").write_text("\n".join(rows) + "\n")
    assert len(list(read_pop909(tmp_path))) == 2
