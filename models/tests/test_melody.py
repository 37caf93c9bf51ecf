"""The melody network: labels, augmentation, reach, training that goes on, the committed file."""

import base64
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from songleaf_models.evidence import FRAME_RATE
from songleaf_models.melody import parity
from songleaf_models.melody.augment import Augmentation, shift_columns, stretch_rows, take_crop
from songleaf_models.melody.export import load_network
from songleaf_models.melody.features import (
    ROW,
    UNKNOWN,
    WIDTHS,
    SongRows,
    label_frames,
    pool_labels,
    prepare_songs,
    split_rows,
)
from songleaf_models.melody.network import CONTEXT, LOWEST, POOL, REST, MelodyNetwork
from songleaf_models.melody.train import CHECKPOINT, INPUTS, read_config, train
from songleaf_models.truth import Span, TimedNote, Truth
from songleaf_models.weights.listen import open_session
from songleaf_models.weights.places import WEIGHTS_DIR

UNCHANGED = Augmentation(0, 0.0, 0.0, 0.0, 0.0, 0.0)


def make_truth() -> Truth:
    """A sung note, the same pitch again, a rest, a played note."""
    notes = [TimedNote(1.0, 1.5, 67, 90), TimedNote(1.5, 2.0, 67, 90), TimedNote(3.0, 4.0, 72, 90)]
    return Truth("song", "a", 0, 5.0, melody=notes, sung=[Span(0.9, 2.1, "sung")])


def make_song(seed: int, frames: int = 600) -> SongRows:
    """Rows of chance in which the melody is the strongest note."""
    random = np.random.default_rng(seed)
    rows = (40 * random.random((frames, ROW))).astype(np.uint8)
    labels = np.zeros((frames, 3), np.uint8)
    for at in range(0, frames, 60):
        pitch = int(random.integers(55, 80))
        labels[at : at + 45, 0] = pitch
        labels[at, 1] = 1
        rows[at : at + 45, 264 + pitch - 21] = 240
    rows[:, -3:] = labels
    return SongRows(f"{seed:03d}.0", rows)


def test_labels_say_pitch_begin_and_who() -> None:
    labels = label_frames(make_truth(), round(5 * FRAME_RATE))
    pitch, onset, sung = pool_labels(labels[: len(labels) // POOL * POOL])
    rate = FRAME_RATE / POOL
    assert pitch[int(0.5 * rate)] == REST
    assert sung[int(0.5 * rate)] == -1
    assert pitch[int(1.2 * rate)] == 67 - LOWEST
    assert sung[int(1.2 * rate)] == 1
    assert pitch[int(3.5 * rate)] == 72 - LOWEST
    assert sung[int(3.5 * rate)] == 0
    begins = np.argwhere(onset == 1)
    assert [(round(half * 2 / FRAME_RATE, 1), key) for half, key in begins] == [
        (1.0, 67 - LOWEST),
        (1.5, 67 - LOWEST),
        (3.0, 72 - LOWEST),
    ]


def test_pitches_beyond_the_classes_are_not_known() -> None:
    truth = Truth("song", "a", 0, 2.0, melody=[TimedNote(0.0, 1.0, LOWEST - 1, 90)])
    pitch, onset, _ = pool_labels(label_frames(truth, 160))
    assert set(pitch[:20]) == {-1}
    assert not onset.any()


def test_shifted_columns_keep_their_values() -> None:
    plane = np.arange(12).reshape(2, 6)
    assert shift_columns(plane, 2).tolist() == [[0, 0, 0, 1, 2, 3], [0, 0, 6, 7, 8, 9]]
    assert shift_columns(plane, -1).tolist() == [[1, 2, 3, 4, 5, 0], [7, 8, 9, 10, 11, 0]]


def test_transposition_moves_labels_with_all_planes() -> None:
    song = make_song(1)
    song.rows[:, 264 + 88 + 88 + 1] = 101
    for seed in range(6):
        random = np.random.default_rng(seed)
        planes, labels = take_crop(song, 0, 400, replace(UNCHANGED, semitones=6), random)
        sounding = (labels[:, 0] > 0) & (labels[:, 0] < UNKNOWN)
        assert (planes["note"].argmax(1)[sounding] + 21 == labels[sounding, 0]).all()
        moved = int(labels[0, 0]) - int(song.rows[0, -3])
        assert (planes["frame"][:, 1] == 101 + 4 * moved).all()


@pytest.mark.parametrize("factor", [0.86, 1.0, 1.16])
def test_stretching_keeps_every_onset(factor: float) -> None:
    song = make_song(2)
    taken = stretch_rows(song.rows, 30, 400, factor)
    first, last = 30, 30 + int(399 * factor)
    assert taken[:, -2].sum() == song.rows[first : last + 1, -2].sum()
    begins = np.flatnonzero(taken[:, -2])
    assert (taken[begins, -3] > 0).all()


def test_rows_beyond_the_song_are_silent_and_not_known() -> None:
    taken = stretch_rows(make_song(3).rows, 500, 200, 1.0)
    assert not taken[100:, :-1].any()
    assert (taken[100:, -1] == UNKNOWN).all()


def test_songs_that_must_not_be_seen_are_refused(tmp_path: Path) -> None:
    for number in (7, 13, 113):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / f"{number:03d}.0.evidence").write_bytes(b"")
        with pytest.raises(ValueError, match="must not be trained on"):
            prepare_songs(folder, tmp_path / "cache")


def test_an_answer_depends_on_no_more_than_the_context() -> None:
    network = MelodyNetwork().eval()
    frames = 2 * CONTEXT + 41
    planes = [torch.rand(1, frames * POOL, width) * 255 for width in WIDTHS.values()]
    for plane in planes:
        plane.requires_grad_(True)
    middle = frames // 2
    pitch, onset, sung = network(*planes)
    total = pitch[0, middle].sum() + onset[0, 2 * middle : 2 * middle + 2].sum() + sung[0, middle]
    total.backward()
    for plane in planes:
        assert plane.grad is not None
        reached = torch.nonzero(plane.grad.abs().sum((0, 2))).flatten() // POOL
        assert middle - CONTEXT <= int(reached.min())
        assert int(reached.max()) <= middle + CONTEXT


def test_the_network_is_small() -> None:
    assert sum(parameter.numel() for parameter in MelodyNetwork().parameters()) < 400_000


def test_training_that_was_stopped_goes_on_as_if_it_had_not_been(tmp_path: Path) -> None:
    source = tmp_path / "renders"
    source.mkdir()
    for seed in (1, 2, 3):
        (source / f"{seed:03d}.0.evidence").write_bytes(b"")
        (source / f"{seed:03d}.0.json").write_text("{}")
    # Stacked already, so that the empty files are never read.
    for name in ("whole", "parts"):
        songs = tmp_path / name / "songs"
        songs.mkdir(parents=True)
        for seed in (1, 2, 3):
            np.save(songs / f"{seed:03d}.0.npy", make_song(seed).rows)
    config = replace(read_config(), frames=256, batch=2, steps=6, every=3, warmup=2)
    train(source, tmp_path / "whole", config)
    train(source, tmp_path / "parts", config, until=3)
    assert torch.load(tmp_path / "parts" / CHECKPOINT, weights_only=True)["step"] == 3
    train(source, tmp_path / "parts", config)
    whole, parts = (torch.load(tmp_path / name / CHECKPOINT, weights_only=True) for name in ("whole", "parts"))
    assert whole["step"] == parts["step"] == 6
    for name, value in whole["network"].items():
        assert torch.equal(value, parts["network"][name]), name


def test_onnx_and_pytorch_agree() -> None:
    session = open_session(WEIGHTS_DIR / "melody.onnx")
    network = load_network()
    generator = torch.Generator().manual_seed(3)
    planes = [torch.randint(0, 256, (1, 300 * POOL, width), generator=generator).float() for width in WIDTHS.values()]
    heard = session.run(None, {name: plane.numpy() for name, plane in zip(INPUTS, planes, strict=True)})
    with torch.no_grad():
        pitch, onset, sung = network(*planes)
    expected = [torch.softmax(pitch, -1), torch.sigmoid(onset), torch.sigmoid(sung)]
    for answer, wanted in zip(heard, expected, strict=True):
        assert np.abs(answer - wanted.numpy()).max() < 1e-4


def test_the_parity_fixture_is_what_the_network_says() -> None:
    content = json.loads(parity.PARITY.read_text())
    evidence = parity.draw_evidence()
    assert base64.b64decode(content["evidence"]["voice"]) == evidence.voice.tobytes()
    for name, answer in parity.hear(evidence).items():
        assert np.abs(np.array(content["answers"][name]) - answer.ravel()).max() < 1e-5


def test_rows_split_into_their_planes() -> None:
    rows = np.arange(2 * ROW).reshape(2, ROW)
    planes, labels = split_rows(rows)
    assert [plane.shape[1] for plane in planes.values()] == list(WIDTHS.values())
    assert labels.tolist() == rows[:, -3:].tolist()
