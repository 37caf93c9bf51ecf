"""Whole songs from windows: every beat once, notes where they were written; figures that mean what they say."""

import numpy as np
import pytest
import torch

from songleaf_models.a2s.arrange import Piece, arrange_following, arrange_song, join_windows, lay_inputs
from songleaf_models.a2s.block_chords import arrange_blocks
from songleaf_models.a2s.networks.arranger import Arranger
from songleaf_models.a2s.smooth_joins import smooth_joins
from songleaf_models.a2s.windows import Window, list_bars, plan_windows
from songleaf_models.evaluate.measures.arrangement import measure_arrangement
from songleaf_models.evidence import Evidence
from songleaf_models.truth import Beat, Span, TimedNote
from tests.test_a2s_data import make_song
from tests.test_a2s_training import SMALL

BARS = {
    "4/4": [4, 4, 4, 4, 4],
    "pickup": [1, 4, 4, 4],
    "waltz": [3, 3, 3, 3, 3],
    "two and five": [4, 2, 5, 4, 4],
    "six": [6, 6, 4],
    "long": [4, 11, 4],
}


def lay_positions(bars: list[int], pickup: bool) -> list[int]:
    """Positions of beats; a pickup holds the last ones of a bar of four."""
    first = list(range(4 - bars[0] + 1, 5)) if pickup else list(range(1, bars[0] + 1))
    return [*first, *(position for bar in bars[1:] for position in range(1, bar + 1))]


@pytest.mark.parametrize("assembly", ["first-bar", "two-bar"])
@pytest.mark.parametrize("name", BARS)
def test_windows_keep_every_beat_once(name: str, assembly: str) -> None:
    positions = lay_positions(BARS[name], name == "pickup")
    windows = plan_windows(positions, assembly)  # type: ignore[arg-type]
    kept = [beat for window in windows for beat in range(window.keep_from, window.keep_to)]
    assert kept == list(range(len(positions)))
    for window in windows:
        assert window.first <= window.keep_from < window.keep_to <= window.first + 8
        assert window.keep_from == window.first or window.first < 0
    starts = [window.first for window in windows if window.first >= 0]
    assert all(positions[start] == 1 for start in starts) or name == "long"
    if name == "4/4":
        assert starts == ([0, 4, 8, 12, 16] if assembly == "first-bar" else [0, 8, 16])
    if name == "pickup":
        assert windows[0] == Window(-3, 0, 1)


def test_smooth_joins_stay_in_a_window_where_the_next_disagrees() -> None:
    positions = lay_positions([4, 4, 4, 4], False)
    windows = plan_windows(positions, "first-bar")
    rolls = np.zeros((4, 32, 128), np.uint8)
    # In bar 1 the first two windows disagree, in bar 2 the next two agree.
    for window, step, pitch in ((0, 0, 60), (0, 16, 61), (1, 0, 72), (1, 16, 73), (2, 0, 73), (2, 16, 65), (3, 0, 65)):
        rolls[window, step, pitch] = 1
    chosen = smooth_joins(windows, rolls, list_bars(positions))
    assert [window.first for window in chosen] == [0, 4, 8, 12]
    assert (chosen[0].keep_from, chosen[0].keep_to) == (0, 8)
    assert chosen[2].keep_from == 8
    kept = [beat for window in chosen for beat in range(window.keep_from, window.keep_to)]
    assert kept == list(range(16))


@pytest.mark.parametrize("name", BARS)
def test_smooth_joins_keep_every_beat_once(name: str) -> None:
    positions = lay_positions(BARS[name], name == "pickup")
    windows = plan_windows(positions, "first-bar")
    rolls = (np.random.default_rng(3).random((len(windows), 32, 128)) < 0.01).astype(np.uint8)
    chosen = smooth_joins(windows, rolls, list_bars(positions))
    assert chosen != windows or name in ("six", "long")
    kept = [beat for window in chosen for beat in range(window.keep_from, window.keep_to)]
    assert kept == list(range(len(positions)))


def test_notes_last_until_their_key_is_struck_again() -> None:
    rolls = np.zeros((2, 32, 128), np.uint8)
    rolls[0, 28, [60, 62]] = 16
    rolls[0, 0, 64] = 3
    rolls[1, 2, 60] = 32
    windows = [Window(0, 0, 8), Window(8, 8, 12)]
    notes = join_windows(windows, rolls, np.arange(12) * 0.5)
    assert [(note.start, note.end, note.pitch) for note in notes] == [
        (0.0, 0.375, 64),
        (3.5, 4.25, 60),
        (3.5, 5.5, 62),
        (4.25, 6.0, 60),
    ]


def test_inputs_of_a_window_are_what_lies_there() -> None:
    truth, evidence = make_song()
    windows = [Window(-2, 0, 2), Window(2, 2, 10)]
    chords, heard = lay_inputs(windows, truth.beats, [Span(0, 1.0, "C"), Span(1.0, 20, "G")], evidence)
    assert chords.shape == (2, 8, 36)
    assert heard.shape == (2, 3, 153, 88)
    roots = [row[:12].argmax() if row.any() else -1 for row in chords[0]]
    assert roots == [-1, -1, 0, 0, 7, 7, 7, 7]
    # Beat 2 is a downbeat: its key, 32, begins the second window and lies half-way in the first.
    assert abs(heard[1, 0, :, 32].argmax() - 1) <= 1
    assert heard[0, 0, :, 32].argmax() == pytest.approx(77, abs=2)


def test_a_song_is_arranged_from_its_first_beat_to_its_last() -> None:
    truth, evidence = make_song()
    torch.manual_seed(1)
    network = Arranger(SMALL).eval()
    piece = Piece(truth.beats, truth.chords, evidence)
    written = arrange_song(network, "pitch", piece)
    assert written
    assert written == arrange_song(network, "pitch", piece)
    assert all(note.end > note.start >= 0 for note in written)


def test_a_window_follows_the_bar_before() -> None:
    truth, evidence = make_song()
    torch.manual_seed(1)
    alone, following = Arranger(SMALL).eval(), Arranger(SMALL).eval()
    following.tree.pitch.bias.data[100] += 9
    piece = Piece(truth.beats, truth.chords, evidence)
    written = arrange_following(alone, following, "pitch", piece)
    beats = np.array([note.start for note in written]) / 0.5
    # The pickup and the first bar, which has no whole bar before it, are written alone.
    struck = [beat for beat, note in zip(beats, written, strict=True) if note.pitch == 100]
    assert struck
    assert min(struck) >= 6 - 0.01
    other = arrange_following(alone, alone, "pitch", piece)
    early = [{(note.start, note.pitch) for note in notes if note.start < 2.99} for notes in (written, other)]
    assert early[0] == early[1]


def make_bars() -> tuple[list[TimedNote], list[Beat], list[Span]]:
    beats = [Beat(0.5 * index, index % 4 + 1) for index in range(16)]
    chords = [Span(0, 4, "C"), Span(4, 8, "A:min")]
    notes = [
        TimedNote(0.5 * index, 0.5 * index + 0.4, pitch, 80)
        for index in range(16)
        for pitch in ((48, 64, 67) if index < 8 else (45, 60, 64))
    ]
    return notes, beats, chords


def test_figures_of_the_reference_itself_are_full() -> None:
    notes, beats, chords = make_bars()
    figures = measure_arrangement(notes, notes, beats, chords)
    assert all(value == pytest.approx(1) for value in figures.values())


def test_figures_tell_what_is_wrong() -> None:
    notes, beats, chords = make_bars()
    octave = [note._replace(pitch=note.pitch + 12) for note in notes]
    figures = measure_arrangement(notes, octave, beats, chords)
    assert figures["onset F"] == figures["chroma"] == figures["chord agreement"] == pytest.approx(1)
    assert figures["note F"] == figures["grid note F"] == 0
    late = [note._replace(start=note.start + 0.125, end=note.end + 0.125) for note in notes]
    figures = measure_arrangement(notes, late, beats, chords)
    assert figures["onset F"] == figures["note F"] == figures["groove"] == 0
    near = [note._replace(start=note.start + 0.05) for note in notes]
    assert measure_arrangement(notes, near, beats, chords)["note F"] == pytest.approx(1)
    half = notes[: len(notes) // 2]
    figures = measure_arrangement(notes, half, beats, chords)
    assert figures["note F"] == pytest.approx(2 / 3)
    assert figures["chroma"] == figures["groove"] == figures["chord agreement"] == pytest.approx(0.5)
    wrong = [note._replace(pitch=note.pitch + 1) for note in notes]
    assert measure_arrangement(notes, wrong, beats, chords)["chord agreement"] == 0


def test_block_chords_sound_as_the_chords_say() -> None:
    _, beats, chords = make_bars()
    empty = np.zeros((0, 1), np.uint8)
    evidence = Evidence(empty, empty, empty, empty, empty, empty, empty, empty)
    notes = arrange_blocks(Piece(beats, [*chords[:1], Span(4, 8, "A:min/b3")], evidence))
    assert [note.pitch for note in notes[:4]] == [36, 55, 60, 64]
    assert [note.pitch for note in notes[-4:]] == [36, 57, 60, 64]
    assert len(notes) == 4 * len(beats)
    assert measure_arrangement(notes, notes, beats, chords)["chord agreement"] == pytest.approx(1)
