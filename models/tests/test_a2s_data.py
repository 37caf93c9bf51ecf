"""Segments of the published arranger: what goes into a tensor comes out of it, and what should move moves."""

from pathlib import Path

import numpy as np
import pytest

from songleaf_models.a2s.batches import SHIFT_WEIGHTS, SHIFTS, choose_segments, make_batch
from songleaf_models.a2s.chord_rows import encode_label, expand_rows, lay_rows, shift_rows
from songleaf_models.a2s.grid import FRAMES, KEYS, PITCHES, STEPS, frame_beats
from songleaf_models.a2s.piano_tree import EOS, MOST_NOTES, PAD, SOS, count_notes, decode_tree, encode_tree
from songleaf_models.a2s.posteriors import measure_loudness, resample, shift_keys
from songleaf_models.a2s.score_features import measure_features
from songleaf_models.a2s.segments import SEGMENT, cut_segments, list_downbeats
from songleaf_models.a2s.store import keep_segments, may_enter, open_store
from songleaf_models.evidence import FRAME_RATE, Evidence
from songleaf_models.truth import Beat, Metre, Span, TimedNote, Truth


def draw_rolls(rng: np.random.Generator, count: int, share: float = 0.012) -> np.ndarray:
    """Piano rolls [N, 32, 128] of which no step holds more than seven notes."""
    rolls = np.where(rng.random((count, STEPS, PITCHES)) < share, rng.integers(1, 33, (count, STEPS, PITCHES)), 0)
    crowded = (rolls > 0).cumsum(-1) > 7
    rolls[crowded] = 0
    return rolls.astype(np.uint8)


@pytest.mark.parametrize("order", ["pitch", "lead-first"])
def test_tree_holds_every_note(order: str) -> None:
    rng = np.random.default_rng(1)
    for _ in range(20):
        piano, bridge = draw_rolls(rng, 8), draw_rolls(rng, 8)
        tree = encode_tree(piano, bridge, order)  # type: ignore[arg-type]
        together = np.maximum(piano, bridge)
        np.testing.assert_array_equal(decode_tree(tree), together)
        np.testing.assert_array_equal(count_notes(tree), (together > 0).sum(-1))
        assert (tree[..., 0, 0] == SOS).all()
        np.testing.assert_array_equal((tree[..., 0] == EOS).sum(-1), 1)
        # Written again from what was read it is the same tensor, but for whose notes they are.
        np.testing.assert_array_equal(encode_tree(decode_tree(tree), np.zeros_like(piano)), encode_tree(piano, bridge))


def test_tree_orders_notes() -> None:
    piano, bridge = np.zeros((STEPS, PITCHES), np.uint8), np.zeros((STEPS, PITCHES), np.uint8)
    piano[3, [40, 52, 60]] = 4
    bridge[3, [60, 72]] = 2
    assert encode_tree(piano, bridge, "pitch")[3, :7, 0].tolist() == [SOS, 40, 52, 60, 72, EOS, PAD]
    assert encode_tree(piano, bridge, "lead-first")[3, :7, 0].tolist() == [SOS, 60, 72, 40, 52, EOS, PAD]
    # A doubled note is one note, the longer one: 4 steps are 00011.
    assert encode_tree(piano, bridge, "pitch")[3, 3].tolist() == [60, 0, 0, 0, 1, 1]


def test_tree_leaves_out_what_does_not_fit() -> None:
    piano = np.zeros((STEPS, PITCHES), np.uint8)
    piano[0, 30:50] = 1
    piano[1, 60] = 200
    tree = encode_tree(piano, np.zeros_like(piano))
    assert count_notes(tree)[0] == MOST_NOTES
    assert decode_tree(tree)[1, 60] == 32


def test_chords_keep_root_notes_and_bass() -> None:
    row = encode_label("D:min7/b3")
    assert row[0] == 2
    assert np.flatnonzero(row[1:13]).tolist() == [0, 2, 5, 9]
    assert row[13] == 5
    assert not expand_rows(encode_label("N")).any()
    np.testing.assert_array_equal(shift_rows(row, 5), encode_label("G:min7/b3"))
    np.testing.assert_array_equal(shift_rows(encode_label("N"), 5), encode_label("N"))


def test_chords_begin_at_the_nearest_beat() -> None:
    times = np.arange(6) * 0.5
    rows = lay_rows([Span(0.2, 0.8, "C"), Span(0.8, 1.6, "F"), Span(1.6, 4.0, "G")], times)
    roots = [int(row[0]) for row in rows]
    assert roots == [0, 0, 5, 7, 7, 7] or roots == [-1, 0, 5, 7, 7, 7]
    assert rows[0][0] == 0


def test_features_tell_of_the_score() -> None:
    piano, bridge = np.zeros((STEPS, PITCHES), np.uint8), np.zeros((STEPS, PITCHES), np.uint8)
    piano[0, [36, 60]] = 1
    piano[1, 54] = 1
    bridge[2, 80] = 1
    features = measure_features(piano, bridge)
    np.testing.assert_allclose(features[:4], [[1, 2 / 14, 0], [0.5, 1 / 14, 0], [0, 0, 1], [0, 0, 0]], atol=1e-6)


def make_song(seconds: float = 12.0, tempo: float = 120.0) -> tuple[Truth, Evidence]:
    """Four-beat bars from beat 2 on; a note is played and heard on each beat, key = 30 + beat."""
    times = np.arange(0, seconds, 60 / tempo)
    beats = [Beat(float(time), (index + 2) % 4 + 1) for index, time in enumerate(times)]
    notes = [TimedNote(float(time), float(time) + 0.25, 51 + index, 80) for index, time in enumerate(times)]
    frames = int(seconds * FRAME_RATE) + 1
    onset, note = np.zeros((frames, KEYS), np.uint8), np.zeros((frames, KEYS), np.uint8)
    for index, time in enumerate(times):
        first = round(time * FRAME_RATE)
        onset[first, 30 + index] = 200
        note[first : first + 20, 30 + index] = 180
    loudness = np.full((frames, 1), 200, np.uint8)
    empty = np.zeros((0, 1), np.uint8)
    truth = Truth("901", "0", 0, seconds, beats, [Metre(0, 4, "quarter")], [Span(0, seconds, "C")], piano=notes)
    return truth, Evidence(onset, note, empty, empty, loudness, empty, empty, empty)


def test_segments_hold_what_sounds_where_it_is_written() -> None:
    truth, evidence = make_song()
    segments = cut_segments(truth, evidence)
    assert segments["beat"].tolist() == [2, 6, 10, 14] == list_downbeats(truth)
    assert segments["previous"].tolist() == [-1, 0, 1, 2]
    frames = np.round(np.interp(np.arange(8), frame_beats(), np.arange(FRAMES))).astype(int)
    for segment in segments:
        for beat in range(8):
            assert segment["piano"][4 * beat, 51 + segment["beat"] + beat] == 2
            near = segment["onset"][max(0, frames[beat] - 1) : frames[beat] + 2, 30 + segment["beat"] + beat]
            assert near.max() == 200
    assert (segments["piano"] > 0).sum() == 8 * len(segments)


def test_resampling_does_not_depend_on_the_tempo() -> None:
    heard = []
    for tempo in (60.0, 90.0, 120.0):
        truth, evidence = make_song(1200 / tempo, tempo)
        times = np.array([beat.time for beat in truth.beats])
        onset, _, _ = resample(evidence.onset, evidence.note, measure_loudness(evidence.loudness[:, 0]), 2, times)
        heard.append([onset[:, 32 + beat].argmax() for beat in range(8)])
    assert np.abs(np.diff(heard, axis=0)).max() <= 1


def test_silence_lies_around_the_recording() -> None:
    truth, evidence = make_song()
    times = np.array([beat.time for beat in truth.beats])
    onset, note, loudness = resample(evidence.onset, evidence.note, evidence.loudness[:, 0], -40, times)
    assert not onset.any()
    assert not note.any()
    assert not loudness.any()


def make_store(folder: Path, names: tuple[str, ...] = ("901.0", "903.0")) -> None:
    """Songs of drawn notes; the second's number leaves it out of training."""
    rng = np.random.default_rng(3)
    for name in names:
        segments = np.zeros(6, SEGMENT)
        segments["piano"], segments["bridge"] = draw_rolls(rng, 6), draw_rolls(rng, 6, 0.002)
        segments["onset"] = rng.integers(0, 255, segments["onset"].shape)
        segments["note"] = rng.integers(0, 255, segments["note"].shape)
        segments["loudness"] = 128
        segments["chords"] = encode_label("A:min")
        segments["bar"] = np.arange(6)
        segments["previous"] = np.arange(6) - 1
        keep_segments(segments, name, folder)


def test_shift_moves_all_that_has_a_pitch(tmp_path: Path) -> None:
    make_store(tmp_path)
    store = open_store(False, folder=tmp_path)
    plain, moved = (make_batch(store, np.arange(6), "pitch", shift, previous=True) for shift in (0, 3))
    np.testing.assert_array_equal(moved.audio[..., 3:], plain.audio[..., :-3])
    assert not moved.audio[..., :3].any()
    np.testing.assert_array_equal(moved.piano[..., 3:], plain.piano[..., :-3])
    np.testing.assert_array_equal(moved.previous[..., 3:], plain.previous[..., :-3])
    np.testing.assert_array_equal(moved.features, plain.features)
    assert moved.chords[0, 0].nonzero().flatten().tolist() == [0, 12, 12 + 3, 12 + 7, 24]
    before, after = (decode_tree(batch.tree.numpy()) for batch in (plain, moved))
    np.testing.assert_array_equal(after, shift_keys(before, 3))
    np.testing.assert_array_equal(plain.previous[0], 0)
    assert SHIFT_WEIGHTS.sum() == pytest.approx(1)
    assert (SHIFTS[0], SHIFTS[-1]) == (-6, 5)


def test_store_keeps_songs_apart(tmp_path: Path) -> None:
    make_store(tmp_path, ("901.0", "903.0", "908.0", "913.0"))
    assert open_store(False, folder=tmp_path).names == ["901.0"]
    assert open_store(True, folder=tmp_path).names == ["903.0"]
    assert len(open_store(False, hop_bars=2, folder=tmp_path)) == 3
    assert not any(may_enter(name) for name in ("007.0", "108.0", "113.0"))
    assert may_enter("003.0")


def test_each_pass_takes_every_segment_once() -> None:
    taken = np.concatenate([choose_segments(10, 4, [1], step) for step in range(5)])
    assert sorted(taken[:10]) == sorted(taken[10:]) == list(range(10))
    assert taken[:10].tolist() != taken[10:].tolist()
