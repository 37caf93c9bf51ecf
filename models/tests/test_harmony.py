"""The harmony network: what it is given, labels, training that goes on where it stopped, export."""

import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from songleaf_models import engine
from songleaf_models.evidence import Evidence, write_evidence
from songleaf_models.harmony.clips import (
    NONE_BASS,
    NONE_STATE,
    UNKNOWN,
    Augmentation,
    Grid,
    augment,
    is_held_out,
    label_spans,
    lay_out,
    name_span,
    read_grids,
)
from songleaf_models.harmony.export import keep_weights, make_harmony
from songleaf_models.harmony.network import HEADS, KEYS, STATES, VALUES, HarmonyNetwork, Planes, Shape
from songleaf_models.harmony.train import Config, Grids, Schedule, Trainer, measure, reduce_to_triads
from songleaf_models.truth import Beat, Metre, Span, Truth, write_truth
from songleaf_models.weights.listen import open_session

CONFIG = Config(
    Shape(width=8, dilations=(1, 2)), Augmentation(), Schedule(steps=60, batch=3, length=16, warmup=5)
)  # fmt: skip


def make_grid(name: str = "000.0.true", seed: int = 0) -> Grid:
    """Half beats of eight each of a major chord, whose tones sound and which the chord network names."""
    rng = np.random.default_rng(seed)
    roots = np.repeat(rng.integers(0, 12, 8), 8)
    rows = np.full((64, VALUES), 0.002, np.float32)
    for half, root in enumerate(roots):
        rows[half, 1 + root] = rows[half, 74 + root] = 0.8
        for tone in (0, 4, 7):
            rows[half, HEADS + 39 + (root + tone) % 12] = 0.6
        rows[half, VALUES - 3 :] = (half % 2, half // 2 % 4 + 1, 4)
    return Grid(name, rows, roots, roots)


def transpose(rows: torch.Tensor) -> torch.Tensor:
    """The same music a semitone up."""
    moved = rows.clone()
    for first in (1, 13, 25, 37, 49, 61, 74):
        moved[..., first : first + 12] = rows[..., first : first + 12].roll(1, -1)
    for first in (HEADS, HEADS + KEYS):
        moved[..., first : first + KEYS] = rows[..., first : first + KEYS].roll(1, -1)
    return moved


def train_steps(folder: Path, steps: list[int]) -> Trainer:
    """Trains up to each number of steps in turn, each time from what was saved."""
    grids = Grids([make_grid()], [make_grid(seed=1)], [make_grid(seed=2)])
    for last in steps:
        trainer = Trainer(CONFIG, folder)
        trainer.restore()
        while trainer.step < last:
            trainer.learn(grids)
        trainer.save()
    return trainer


def test_a_semitone_up_is_a_semitone_up() -> None:
    torch.manual_seed(0)
    network = HarmonyNetwork(Shape()).eval()
    rows = torch.from_numpy(make_grid().rows)[None]
    # B of one octave moves into the next: registers are channels of their own, so only tones within one are compared.
    rows = rows[:, [half for half in range(64) if rows[0, half, HEADS + 39 + 11] < 0.1]]
    rows[..., HEADS : HEADS + 2 * KEYS] *= rows[..., HEADS : HEADS + 2 * KEYS] > 0.1
    chords, bass = network(rows)
    moved, moved_bass = network(transpose(rows))
    assert torch.allclose(chords[..., -1], moved[..., -1], atol=1e-3)
    shifted = chords[..., :-1].unflatten(-1, (16, 12)).roll(1, -1).flatten(-2)
    assert torch.allclose(shifted, moved[..., :-1], atol=1e-3)
    assert torch.allclose(bass[..., :-1].roll(1, -1), moved_bass[..., :-1], atol=1e-3)


def test_keys_lie_on_their_pitch_classes() -> None:
    rows = torch.zeros(1, 1, VALUES)
    rows[0, 0, HEADS + 60 - 21] = rows[0, 0, HEADS + KEYS + 57 - 21] = 1
    planes = Planes()(rows)[0, :, 0]
    notes, onsets = planes[7:16], planes[16:25]
    assert np.argwhere(notes.numpy() > 0.9).tolist() == [[4, 0]]
    assert np.argwhere(onsets.numpy() > 0.9).tolist() == [[3, 9]]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("C:maj", (0, 0)),
        ("A:min/b3", (12 + 9, 0)),
        ("G:7", (24 + 7, 7)),
        ("N", (NONE_STATE, NONE_BASS)),
    ],
)
def test_chords_are_numbered_as_in_the_engine(label: str, expected: tuple[int, int]) -> None:
    assert name_span(label) == expected


def test_a_half_beat_has_the_chord_that_fills_most_of_it() -> None:
    starts, ends = np.array([0.0, 1.0, 2.0]), np.array([1.0, 2.0, 3.0])
    chords, basses = label_spans(starts, ends, [Span(0, 1.2, "C:maj"), Span(1.2, 2.5, "G:maj")])
    assert chords.tolist() == [0, 7, UNKNOWN]
    assert basses.tolist() == [0, 7, UNKNOWN]


def test_songs_that_measure_are_never_trained_on() -> None:
    assert is_held_out("003.0.true")
    assert not is_held_out("004.0.true")
    for name in ("007.0.true", "008.0.true", "013.0.true"):
        with pytest.raises(ValueError, match="must not be trained on"):
            is_held_out(name)


def test_what_is_dropped_is_gone() -> None:
    rows = make_grid().rows
    nothing = Augmentation(0, 0, 0, 0, 0, 0, 0, 0)
    assert np.array_equal(augment(rows, nothing, np.random.default_rng(0)), rows)
    deaf = augment(rows, replace(nothing, drop_heads=1), np.random.default_rng(0))
    assert not deaf[:, :HEADS].any()
    assert np.array_equal(deaf[:, HEADS:], rows[:, HEADS:])
    moved = augment(rows, replace(nothing, shift_place=1), np.random.default_rng(0))
    assert set(moved[:, VALUES - 2]) == {1, 2, 3, 4}
    assert not np.array_equal(moved[:, VALUES - 2], rows[:, VALUES - 2])


def test_training_goes_on_exactly_where_it_stopped(tmp_path: Path) -> None:
    once, twice = train_steps(tmp_path / "a", [6]), train_steps(tmp_path / "b", [2, 6])
    for name, value in once.averaged.state_dict().items():
        assert torch.equal(value, twice.averaged.state_dict()[name]), name


def test_training_learns_chords(tmp_path: Path) -> None:
    trainer = train_steps(tmp_path, [60])
    figures = measure(trainer.averaged, [make_grid(seed=5)])
    assert figures["root"] > 0.9


def test_triads_have_a_root_and_a_third() -> None:
    minor_seventh, no_chord = 12 * 4 + 9, STATES - 1
    assert reduce_to_triads(torch.tensor([0, 12 + 3, minor_seventh, no_chord])).tolist() == [0, 15, 21, 24]


def test_the_exported_network_answers_like_its_origin(tmp_path: Path) -> None:
    trainer = train_steps(tmp_path, [4])
    keep_weights(tmp_path / "state.pt", tmp_path / "harmony.pt")
    data = make_harmony(tmp_path / "harmony.pt")
    assert data == make_harmony(tmp_path / "harmony.pt")
    (tmp_path / "harmony.onnx").write_bytes(data)
    session = open_session(tmp_path / "harmony.onnx")
    for count in (3, 64):
        rows = make_grid().rows[None, :count]
        chords, bass = session.run(None, {"halves": rows})
        with torch.no_grad():
            expected = trainer.averaged.eval()(torch.from_numpy(rows))
        assert np.abs(chords - torch.log_softmax(expected[0], -1).numpy()).max() < 1e-4
        assert np.abs(bass - torch.log_softmax(expected[1], -1).numpy()).max() < 1e-4


def test_the_engine_lays_out_half_beats_with_their_times(tmp_path: Path) -> None:
    try:
        engine.find_node()
    except FileNotFoundError as error:
        pytest.skip(str(error))
    frames = 862
    note = np.zeros((frames, 88), np.uint8)
    note[:431, 39] = 255
    empty = np.zeros((0, 1), np.uint8)
    flux, loudness = np.zeros((frames, 8), np.uint8), np.full((frames, 1), 200, np.uint8)
    heard = Evidence(np.zeros_like(note), note, np.zeros((frames, 264), np.uint8), flux, loudness, empty, empty, empty)
    write_evidence(heard, tmp_path / "000.1.evidence")
    beats = [Beat(n * 0.5, n % 4 + 1) for n in range(20)]
    truth = Truth("000", "1", 0, 10.0, beats, [Metre(0.0, 4, "quarter")], [Span(0, 5, "C:maj"), Span(5, 10, "N")])
    write_truth(truth, tmp_path / "000.1.json")
    lay_out(tmp_path)
    (grid,) = read_grids(tmp_path)
    assert grid.name == "000.1.true"
    assert grid.chords.tolist() == [0] * 20 + [NONE_STATE] * 20
    assert grid.rows[:20, HEADS + 39].min() > 0.9
    assert grid.rows[21:, HEADS + 39].max() == 0
    assert grid.rows[:4, VALUES - 3 :].tolist() == [[0, 1, 4], [1, 1, 4], [0, 2, 4], [1, 2, 4]]
    # What is there is kept.
    before = (tmp_path / "000.1.true.halves").stat().st_mtime_ns
    lay_out(tmp_path)
    assert (tmp_path / "000.1.true.halves").stat().st_mtime_ns == before


def test_the_engine_and_the_network_agree_on_the_values(tmp_path: Path) -> None:
    try:
        node = engine.find_node()
    except FileNotFoundError as error:
        pytest.skip(str(error))
    script = (
        "const root = process.argv[1];"
        "const { HARMONY_VALUES } = await import(`${root}/main/engine/analysis/chords/harmony-rows.ts`);"
        "const { STATES } = await import(`${root}/main/engine/analysis/chords/states.ts`);"
        "console.log(HARMONY_VALUES, STATES);"
    )
    told = subprocess.run(
        [node, "--input-type=module", "-e", script, str(engine.ROOT)], capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == [str(VALUES), str(STATES)]
