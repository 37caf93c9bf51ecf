"""Figures of small cases whose answer can be counted by hand."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from songleaf_models.evaluate.analysis_file import read_analysis
from songleaf_models.evaluate.bootstrap import estimate
from songleaf_models.evaluate.measures.all import TABLES, measure
from songleaf_models.evaluate.measures.beats import measure_beats
from songleaf_models.evaluate.measures.chords import measure_chords
from songleaf_models.evaluate.measures.keys import measure_keys
from songleaf_models.evaluate.measures.melody import measure_melody
from songleaf_models.evaluate.measures.sections import measure_sections
from songleaf_models.evaluate.plain_chords import name_frames
from songleaf_models.evaluate.published import join_frames
from songleaf_models.evaluate.stability import describe_steadiness
from songleaf_models.evaluate.table import format_table, write_csv
from songleaf_models.truth import Beat, Key, Metre, Span, TimedNote, Truth


def beats(count: int, interval: float = 0.5, first: float = 0.0, bar: int = 4, phase: int = 0) -> list[Beat]:
    return [Beat(first + n * interval, (n + phase) % bar + 1) for n in range(count)]


def test_right_beats_are_right_from_the_first_one_on() -> None:
    true = beats(8)
    assert measure_beats(true, true)["beat F"] == 1
    # Four of eight beats lie in the first two seconds, which mir_eval's trimming would leave out.
    assert measure_beats(true, true[4:])["beat F"] == pytest.approx(2 * 4 / 12)


def test_beats_match_within_70_ms_one_to_one() -> None:
    true = beats(16)
    assert measure_beats(true, beats(16, first=0.069))["beat F"] == 1
    assert measure_beats(true, beats(16, first=0.071))["beat F"] == 0
    twice = sorted([*true, *(Beat(beat.time + 0.02, 2) for beat in true)])
    assert measure_beats(true, twice)["beat F"] == pytest.approx(2 / 3)


def test_doubled_and_halved_beats_are_right_at_the_best_octave() -> None:
    true = beats(32)
    for wrong in (beats(64, 0.25), beats(16, 1.0), beats(16, 1.0, first=0.5)):
        figures = measure_beats(true, wrong)
        assert figures["beat F"] == pytest.approx(2 / 3)
        assert figures["CMLt"] == 0
    assert measure_beats(true, beats(64, 0.25))["beat F best"] == 1
    assert measure_beats(true, beats(64, 0.25))["CMLt best"] == 1
    assert measure_beats(true, beats(16, 1.0))["beat F best"] > 0.98
    # The off-beat is no octave.
    assert measure_beats(true, beats(32, first=0.25))["beat F best"] < 0.7


def test_shifted_bars_are_wrong_as_heard_and_right_after_the_shift() -> None:
    figures = measure_beats(beats(32), beats(32, phase=2))
    assert figures["beat F"] == 1
    assert figures["downbeat F"] == 0
    assert figures["downbeat F best"] == 1


def test_flips_are_counted_inside_a_song() -> None:
    true = beats(64)
    flipped = [*beats(20), *beats(20, first=10.25), *beats(24, first=20.0)]
    assert measure_beats(true, flipped)["flips"] == 2
    assert measure_beats(true, true)["flips"] == 0
    # On the off-beat throughout: wrong, but steady.
    assert measure_beats(true, beats(64, first=0.25))["flips"] == 0
    # Twice as many beats are on both.
    assert measure_beats(true, beats(128, 0.25))["flips"] == 0


def test_nothing_heard_counts_as_nothing_right() -> None:
    true = Truth("x", "0", 0, 8.0, beats(16), [Metre(0, 4, "quarter")], [Span(0, 8, "C:maj")], [Key(0, 8, 0, "major")])
    true.sections, true.melody = [Span(0, 4, "A"), Span(4, 8, "B")], [TimedNote(0, 1, 60, 80)]
    figures = measure(true, Truth("x", "0", 0, 8.0))
    assert set(figures) == {column for columns in TABLES.values() for column in columns}
    for name, value in figures.items():
        assert value == pytest.approx(0, abs=1e-9) or name == "label F", name
    assert measure(Truth("x", "0", 0, 8.0), true) == {}


def test_chords_are_weighted_by_time_and_compared_at_each_level() -> None:
    true = [Span(0, 3, "C:maj7"), Span(3, 4, "A:min/b3")]
    heard = [Span(0, 3, "C:maj"), Span(3, 4, "A:maj")]
    figures = measure_chords(true, heard)
    assert figures["root"] == 1
    assert figures["majmin"] == pytest.approx(0.75)
    # Sevenths: C:maj is not C:maj7, A:maj is not A:min.
    assert figures["sevenths"] == 0
    assert measure_chords(true, [Span(0, 3, "C:maj7"), Span(3, 4, "A:min")])["inversions"] == pytest.approx(0.75)


def test_time_without_chord_does_not_count() -> None:
    true = [Span(0, 2, "N"), Span(2, 4, "C:maj"), Span(4, 6, "N")]
    assert measure_chords(true, [Span(0, 6, "C:maj")])["root"] == 1
    assert measure_chords(true, [Span(0, 3, "C:maj"), Span(3, 6, "N")])["root"] == pytest.approx(0.5)
    # A gap in what was heard is no chord.
    assert measure_chords(true, [Span(0, 2.5, "C:maj"), Span(3, 6, "C:maj")])["root"] == pytest.approx(0.75)


def test_relative_keys_share_their_signature() -> None:
    true = [Key(0, 6, 0, "major"), Key(6, 8, 2, "major")]
    figures = measure_keys(true, [Key(0, 8, 9, "minor")])
    assert figures["key"] == 0
    assert figures["key signature"] == pytest.approx(0.75)
    assert measure_keys(true, true) == {"key": 1, "key signature": 1}


def test_melody_frames_and_notes() -> None:
    true = [TimedNote(0, 1, 60, 80), TimedNote(1, 2, 64, 80), TimedNote(3, 4, 67, 80)]
    heard = [TimedNote(0.05, 1, 60, 80), TimedNote(1, 3, 76, 80), TimedNote(3, 4, 67, 80)]
    figures = measure_melody(true, heard)
    # 60 frames with melody: the first one unheard, 20 an octave off; 10 of the 20 silent ones heard: 2 to 3 s.
    assert figures["raw pitch"] == pytest.approx(39 / 60)
    assert figures["raw chroma"] == pytest.approx(59 / 60)
    assert figures["voicing recall"] == pytest.approx(59 / 60)
    assert figures["false alarm"] == 1
    assert figures["melody note F"] == pytest.approx(2 * 2 / 6)
    late = [TimedNote(note.start + 0.061, note.end, note.pitch, 80) for note in true]
    assert measure_melody(true, late)["melody note F"] == 0


def test_section_borders_inside_the_song_only() -> None:
    true = [Span(0, 10, "A"), Span(10, 20, "B"), Span(20, 30, "A")]
    heard = [Span(0, 12, "A"), Span(12, 30, "B")]
    figures = measure_sections(true, heard)
    assert figures["border 3 s P"] == 1
    assert figures["border 3 s R"] == 0.5
    assert figures["border 3 s F"] == pytest.approx(2 / 3)
    assert figures["border 0.5 s F"] == 0
    assert measure_sections(true, [Span(0, 30, "A")])["border 3 s F"] == 0
    later = [[Span(span.start + 5, span.end + 5, span.label) for span in spans] for spans in (true, heard)]
    assert measure_sections(*later) == pytest.approx(figures)
    with_nothing = [*true[:1], Span(10, 10, "x"), *true[1:]]
    assert measure_sections(with_nothing, heard) == pytest.approx(figures)
    renamed = [Span(0, 10, "X"), Span(10, 20, "Y"), Span(20, 30, "X")]
    assert measure_sections(true, renamed)["label F"] == 1
    assert measure_sections(true, [Span(0, 10, "X"), Span(10, 20, "Y"), Span(20, 30, "Z")])["label F"] < 0.8


def test_an_analysis_is_read_on_its_own_beats(tmp_path: Path) -> None:
    analysis = {
        "song": {"title": "x", "duration": 6.0},
        "beats": [{"time": time, "position": n % 4 + 1} for n, time in enumerate([1.0, 2.0, 3.0, 3.5])],
        "metres": [{"start": 0, "beats": 4, "unit": "quarter"}],
        "chords": [
            {"start": 0, "duration": 72, "root": 0, "quality": "maj", "bass": 4},
            {"start": 72, "duration": 120, "root": 9, "quality": "add9", "bass": 9},
            {"start": 192, "duration": 48, "root": None, "quality": None, "bass": None},
        ],
        "keys": [{"start": 0, "tonic": 0, "mode": "major"}, {"start": 96, "tonic": 9, "mode": "minor"}],
        "melody": [{"start": 120, "duration": 24, "pitch": 60}],
        "sections": [{"start": 0, "duration": 192, "label": "A"}],
    }
    path = tmp_path / "x.analysis.json"
    path.write_text(json.dumps(analysis))
    heard = read_analysis(path)
    # The fourth beat lasts as long as the third.
    assert heard.chords == [Span(1.0, 2.5, "C:maj/3"), Span(2.5, 4.0, "A:maj(9)"), Span(4.0, 4.5, "N")]
    assert heard.keys == [Key(0.0, 3.0, 0, "major"), Key(3.0, 6.0, 9, "minor")]
    assert heard.melody[0][:3] == (3.25, 3.5, 60)
    assert heard.sections == [Span(1.0, 4.0, "A")]
    path.write_text("{}")
    with pytest.raises(ValueError, match=r"x\.analysis\.json"):
        read_analysis(path)


def test_intervals_hold_the_mean_and_shrink_with_songs() -> None:
    few, many = estimate([0.0, 1.0] * 4), estimate([0.0, 1.0] * 100 + [math.nan])
    assert few.mean == many.mean == 0.5
    assert many.n == 200
    assert few.low < many.low < 0.5 < many.high < few.high
    # Normal approximation: 0.5 ± 1.96 × 0.5 / √200.
    assert many.high == pytest.approx(0.5 + 1.96 * 0.5 / math.sqrt(200), abs=0.005)
    assert estimate([0.3, 0.4, 0.9]) == estimate([0.3, 0.4, 0.9])
    assert estimate([]).n == 0


def test_tables_leave_out_rows_that_say_nothing(tmp_path: Path) -> None:
    rows = {"ours": {"a": {"F": 1.0}, "b": {"F": 0.5}}, "silent": {"a": {"G": 1.0}}}
    assert format_table("beats", ("F",), rows).splitlines() == [
        "| beats | n | F |",
        "|---|---|---|",
        "| ours | 2 | 0.750 (0.500-1.000) |",
    ]
    assert format_table("beats", ("H",), rows) == ""
    write_csv(rows, ("F", "G"), tmp_path / "x.csv")
    lines = (tmp_path / "x.csv").read_text().splitlines()
    assert lines == ["row,song,F,G", "ours,a,1.0000,", "ours,b,0.5000,", "silent,a,,1.0000"]


def test_frames_are_named_by_the_likeliest_class_of_each_head() -> None:
    logits = np.zeros((2, 40, 100))
    logits[:, :20, 1 + 12 + 9] = 9  # A minor
    logits[:, :20, 73 + 1 + 0] = 9  # over C
    logits[:, :20, 73 + 13 + 2] = 9  # with a minor seventh
    logits[:, 20:, 0] = 9
    logits[:, 20:, 73] = 9
    labels = [(int(start * 22_050 / 512 + 0.5), label) for start, _, label in name_frames(logits)]
    assert labels == [(0, "A:min7/b3"), (20, "N")]


def test_frames_join_to_notes_and_short_ones_drop() -> None:
    pitches = np.array([0, 60, 60, 60, 0, 62, 0, 64, 64, 64, 64])
    notes = list(join_frames(pitches, 50))
    assert [note.pitch for note in notes] == [60, 64]
    assert notes[0][:2] == pytest.approx((0.01, 0.07))


def test_steadiness_tells_drift_from_jumps() -> None:
    steady = Truth("x", "0", 0, 60, beats(120), [Metre(0, 4, "quarter")])
    assert describe_steadiness(steady)["tempo drift %"] == pytest.approx(0, abs=1e-6)
    assert describe_steadiness(steady)["octave jumps"] == 0
    jumping = Truth("x", "0", 0, 60, [*beats(64), *beats(64, 0.25, first=32.0)], [Metre(0, 4, "quarter")] * 3)
    assert describe_steadiness(jumping)["octave jumps"] == 1
    assert describe_steadiness(jumping)["metre changes"] == 2
