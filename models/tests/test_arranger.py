"""The arranger's network: its grid, what it sees, what it learns from, and that training goes on after a stop."""

import dataclasses
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from songleaf_models.arranger.batches import (
    COUNT,
    Augmentation,
    change_crop,
    gather,
    mistake,
    shift_pitch,
    take_batch,
)
from songleaf_models.arranger.export import load_arranger, make_style
from songleaf_models.arranger.grid import cut_bars, lay_grid, place_notes
from songleaf_models.arranger.loss import PASSAGE, measure_loss, tell_nothing
from songleaf_models.arranger.network import CONTEXT, Arranger
from songleaf_models.arranger.parity import draw_song
from songleaf_models.arranger.planes import BEATS, KEYS, PHASES, sample_planes
from songleaf_models.arranger.renders import LITERAL, REVOICED, draw_piano
from songleaf_models.arranger.settings import measure_settings
from songleaf_models.arranger.songs import SongRows, split_rows, tell_clear
from songleaf_models.arranger.targets import BRIDGE, HOLD, MELODY, PIANO, paint_targets
from songleaf_models.arranger.train import read_config, train
from songleaf_models.arranger.validate import grid_f
from songleaf_models.evidence import read_evidence, write_evidence
from songleaf_models.truth import Beat, Metre, TimedNote, Truth, write_truth


def make_truth(beats: int, positions: int = 4, unit: str = "quarter") -> Truth:
    """Beats half a second apart from 1 s on."""
    return Truth(
        song="made",
        variant="0",
        seed=0,
        duration=beats / 2 + 2,
        beats=[Beat(1 + i / 2, i % positions + 1) for i in range(beats)],
        metres=[Metre(1.0, positions, unit)],  # type: ignore[arg-type]
    )


def test_bars_begin_at_downbeats_and_where_the_count_falls_back() -> None:
    assert cut_bars([3, 4, 1, 2, 3, 4, 1, 2, 2, 3]) == [0, 2, 6, 8]


def test_beats_divide_in_four_and_compound_beats_in_six() -> None:
    assert lay_grid(make_truth(8), []).ticks[:5].tolist() == [0, 12, 24, 36, 48]
    assert lay_grid(make_truth(8, 2, "dotted-quarter"), []).ticks[:7].tolist() == [0, 8, 16, 24, 32, 40, 48]


def test_a_bar_of_triplets_divides_in_six_and_its_neighbour_does_not() -> None:
    triplets = [1 + third / 6 for third in range(12)]
    straight = [3 + quarter / 8 for quarter in range(16)]
    grid = lay_grid(make_truth(8), triplets + straight)
    assert grid.division[grid.bars == 0].tolist() == [6] * 24
    assert grid.division[grid.bars == 1].tolist() == [4] * 16


def test_notes_go_to_the_nearest_step() -> None:
    notes = [TimedNote(1.06, 1.30, 60, 90), TimedNote(1.07, 1.08, 62, 90), TimedNote(0.2, 0.5, 64, 90)]
    placed = place_notes(lay_grid(make_truth(8), []), notes)
    assert list(zip(placed.start, placed.end, placed.pitch, strict=True)) == [(0, 2, 60), (1, 2, 62)]


def test_every_step_says_where_in_its_beat_it_lies() -> None:
    evidence, truth = draw_song()
    grid = lay_grid(truth, [])
    planes = sample_planes(evidence, truth, grid)
    assert (planes.step[:, 33 : 33 + len(PHASES)].sum(1) == 255).all()


def test_onsets_are_the_strongest_around_a_step_and_notes_a_mean() -> None:
    evidence, truth = draw_song()
    evidence.onset[:] = 0
    evidence.note[:] = 0
    grid = lay_grid(truth, [])
    frame = round(grid.times[8] * 86.1328125)
    evidence.onset[frame - 2, 40] = 200
    evidence.note[frame : frame + 400, 40] = 100
    heard = sample_planes(evidence, truth, grid).heard
    assert heard[:, 0, 40].tolist() == [0] * 8 + [200] + [0] * (len(heard) - 9)
    assert heard[9, 1, 40] == 100


def test_targets_hold_roles_lengths_and_velocities() -> None:
    truth = make_truth(8)
    truth.melody = [TimedNote(1, 1.5, 72, 100)]
    truth.bridge = [TimedNote(1, 1.25, 67, 80)]
    truth.piano = [TimedNote(1, 2, 67, 60)]
    bits, velocity = (paint_targets(truth, lay_grid(truth, []))[:, i] for i in range(2))
    assert bits[0, 72 - 21] == MELODY
    assert bits[0, 67 - 21] == BRIDGE | PIANO
    assert bits[:10, 67 - 21].tolist() == [BRIDGE | PIANO, *([HOLD] * 7), 0, 0]
    assert velocity[0, 67 - 21] == 80


def test_settings_rise_with_what_they_name() -> None:
    heard = np.zeros((16, KEYS))
    thin, thick = np.zeros((16, KEYS), bool), np.zeros((16, KEYS), bool)
    thin[::8, 30] = True
    thick[::2, 40:43] = True
    sparse, dense = measure_settings(thin, heard, 4), measure_settings(thick, heard, 4)
    assert sparse is not None
    assert dense is not None
    assert (dense[:3] > sparse[:3]).all()
    assert measure_settings(thin & False, heard, 4) is None


def test_pitches_move_and_nothing_wraps() -> None:
    planes = np.zeros((2, KEYS))
    planes[:, [0, 87]] = 1
    assert np.flatnonzero(shift_pitch(planes, 3)[0]).tolist() == [3]
    assert np.flatnonzero(shift_pitch(planes, -3)[0]).tolist() == [84]


def draw_rows(seed: int, count: int = 300) -> SongRows:
    """A song of notes that are heard where they are played, in random places."""
    evidence, _ = draw_song()
    rng = np.random.default_rng(seed)
    long = make_truth(count // 4)
    long.piano = [
        TimedNote(1 + int(step) / 8, 1.2 + int(step) / 8, int(pitch), 80)
        for step, pitch in zip(rng.integers(0, count - 4, count), rng.integers(40, 80, count), strict=True)
    ]
    grid = lay_grid(long, [])
    target = paint_targets(long, grid)
    heard = np.zeros((len(grid.ticks), 3, KEYS), np.uint8)
    heard[:, 0] = np.where(target[:, 0] & PIANO, 220, 0)
    step = sample_planes(evidence, long, grid).step
    begins = np.zeros((len(grid.ticks), 1), np.uint8)
    begins[grid.bar_starts] = 1
    parts = (heard, np.zeros((len(heard), 2, KEYS), np.uint8), step, target, begins)
    rows = np.concatenate([part.reshape(len(heard), -1) for part in parts], 1)
    return SongRows(f"00{seed}.0", "true", rows, tell_clear(rows))


def test_whether_the_piano_sounds_is_told() -> None:
    song = draw_rows(1)
    assert song.clear == 1
    silent = np.array(song.rows)
    split_rows(silent)["heard"][:] = 0
    assert tell_clear(silent) == 0


def test_crops_moved_in_pitch_still_fit_what_is_heard() -> None:
    how = dataclasses.replace(Augmentation(), deafen=0.0, gain=0.0)
    batch = take_batch([draw_rows(1)], 3, 128, how, np.random.default_rng(0))
    onsets = batch.heard.reshape(3, 128, 3, KEYS)[:, :, 0] > 0
    assert torch.equal(onsets, batch.settled > 0)


def test_mistakes_are_those_of_an_analysis() -> None:
    rows = split_rows(np.array(draw_rows(1).rows))
    rows["melody"][:, 1, 40] = 255
    rows["step"][:, 0] = np.arange(300) // 16
    melody, step = rows["melody"].copy(), rows["step"].copy()
    every = Augmentation(mistake_chords=1, mistake_melody=1, mistake_bars=1)
    mistake(melody, step, every, np.random.default_rng(3))
    assert (melody != rows["melody"]).any()
    assert (step[:, :24] != rows["step"][:, :24]).any()
    chords = {row.tobytes() for row in rows["step"][:, :24]}
    assert all(row.tobytes() in chords for row in step[:, :24])
    assert np.array_equal(step[8:, COUNT], rows["step"][:-8, COUNT])
    for columns in (slice(24, 41), slice(53, None)):
        assert np.array_equal(step[:, columns], rows["step"][:, columns])


def test_an_answer_depends_on_nothing_beyond_the_context() -> None:
    network = Arranger().eval()
    batch = gather([change_crop(np.array(draw_rows(1).rows), None, np.random.default_rng(0))])

    def answer() -> torch.Tensor:
        with torch.no_grad():
            return network(  # type: ignore[no-any-return]
                batch.heard, batch.melody, batch.step, tell_nothing(batch), batch.settled * 0, batch.visible
            ).piano[0]

    before = answer()
    batch.heard[:, 20] = 255
    changed = (answer() - before).abs().amax(1) > 1e-6
    assert changed[20]
    assert not changed[20 + CONTEXT + 1 :].any()


def test_known_notes_are_not_learned_again() -> None:
    network = Arranger()
    batch = take_batch([draw_rows(1)], 2, 128, Augmentation(), np.random.default_rng(0))
    batch.visible[:] = 1
    _, parts = measure_loss(network, batch, read_config().weights, False)
    assert parts["piano"] == 0
    assert parts["bridge"] == 0
    assert parts["melody"] > 0


def test_f_counts_pitch_and_step() -> None:
    true, found = np.zeros((4, KEYS), bool), np.zeros((4, KEYS), bool)
    true[0, :2] = True
    found[0, 1:4] = True
    assert grid_f(found, true) == pytest.approx(2 / 5)
    assert np.isnan(grid_f(found, true & False))


def test_the_style_graph_answers_as_pytorch_does() -> None:
    session = onnxruntime.InferenceSession(make_style(), providers=["CPUExecutionProvider"])
    for count in (1, 3):
        rolls = (torch.rand(count, 3, PASSAGE, KEYS, generator=torch.Generator().manual_seed(count)) < 0.05).float()
        phase = torch.eye(len(PHASES))[torch.arange(PASSAGE) % 4 * 2]
        beat = torch.eye(BEATS)[torch.arange(PASSAGE) // 4 % 4]
        place = torch.cat([phase, beat], -1).repeat(count, 1, 1)
        with torch.no_grad():
            expected = load_arranger().style(rolls, place)
        for found, true in zip(
            session.run(None, {"rolls": rolls.numpy(), "place": place.numpy()}), expected, strict=True
        ):
            np.testing.assert_allclose(found, true.numpy(), atol=1e-4)


def write_renders(folder: Path) -> None:
    """Two training songs and one to validate on, as renders with rows already made."""
    (folder / "songs").mkdir()
    for number in (1, 2, 3):
        song = draw_rows(number)
        (folder / f"00{number}.0.evidence").write_bytes(b"")
        write_truth(make_truth(8), folder / f"00{number}.0.json")
        np.save(folder / "songs" / f"00{number}.0.true.npy", song.rows)


def test_training_goes_on_where_it_stopped_and_learns(tmp_path: Path) -> None:
    plain = Augmentation(reveal=0, deafen=0, drop_chords=0, drop_melody=0)
    schedule = {"steps": 12, "every": 6, "batch": 1, "length": 128, "warmup": 1, "average": 0.5}
    config = dataclasses.replace(read_config(), halves=False, augmentation=plain, **schedule)
    for folder, stops in (("whole", (12,)), ("parts", (6, 12))):
        (tmp_path / folder).mkdir()
        write_renders(tmp_path / folder)
        for stop in stops:
            train(tmp_path / folder, tmp_path / folder, config, stop, tmp_path / "none")
    whole, parts = (torch.load(tmp_path / name / "last.pt", weights_only=True) for name in ("whole", "parts"))
    for name, value in whole["network"].items():
        assert torch.equal(value, parts["network"][name]), name
    curves = (tmp_path / "parts" / "curves.csv").read_text().splitlines()
    assert len(curves) == 3
    losses = [float(line.split(",")[curves[0].split(",").index("piano")]) for line in curves[1:]]
    assert losses[1] < losses[0]


def test_evidence_written_is_evidence_read(tmp_path: Path) -> None:
    evidence, _ = draw_song()
    write_evidence(evidence, tmp_path / "song.evidence")
    read = read_evidence(tmp_path / "song.evidence")
    for name in ("onset", "note", "contour", "flux", "loudness"):
        assert np.array_equal(getattr(read, name), getattr(evidence, name)), name
    assert read.chords.shape == (0, 100)


def test_the_pianist_is_heard_in_most_renders() -> None:
    drawn = [draw_piano(np.random.default_rng(seed)) for seed in range(200)]
    shares = {use: drawn.count(use) / 200 for use in ("literal", "revoiced", "absent")}
    assert shares["literal"] == pytest.approx(LITERAL, abs=0.1)
    assert shares["revoiced"] == pytest.approx(REVOICED, abs=0.1)
    assert sum(shares.values()) == 1


def test_songs_that_measure_are_refused(tmp_path: Path) -> None:
    (tmp_path / "013.0.evidence").write_bytes(b"")
    with pytest.raises(ValueError, match="must not be trained on"):
        train(tmp_path, tmp_path / "run", read_config(), 1, tmp_path / "none")
