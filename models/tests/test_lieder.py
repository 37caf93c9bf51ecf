"""Engraved songs as something to learn from: their notes, the names of their chords, and how they sound."""

from pathlib import Path

import music21
import numpy as np
import pytest
from music21 import clef, layout, meter, note, stream, tie

from songleaf_models.arranger.lieder import forget_velocities, plan_lied
from songleaf_models.data.lieder import load_lied
from songleaf_models.data.name_chords import name_chords
from songleaf_models.data.renders.clip import render_song
from songleaf_models.song import Note, Song
from tests.test_renders import needs_data

BARS = 10


def chord(start: float, length: float, *pitches: int) -> list[Note]:
    return [Note(start, start + length, pitch, 80) for pitch in pitches]


def test_chords_are_named_through_passing_notes() -> None:
    piano = [
        *chord(0, 4, 48, 64, 67), *chord(4, 2, 41, 57, 60, 65), *chord(6, 2, 43, 59, 62, 65),
        *chord(8, 4, 52, 60, 67), *chord(12, 4, 45, 60, 64),
    ]  # fmt: skip
    melody = [Note(beat, beat + 1, pitch, 80) for beat, pitch in enumerate([72, 74, 76, 77, 77, 76, 74, 71, 72])]
    spans = name_chords(melody, piano, [0, 4, 8, 12], 16)
    assert [(span.start, span.end, span.label) for span in spans] == [
        (0, 4, "C:maj"), (4, 6, "F:maj"), (6, 8, "G:7"), (8, 12, "C:maj/3"), (12, 16, "A:min"),
    ]  # fmt: skip


def test_a_chord_goes_on_where_nothing_sounds() -> None:
    spans = name_chords([], [*chord(0, 1, 45, 60, 64), *chord(4, 4, 41, 60, 65)], [0, 4], 8)
    assert [(span.start, span.end, span.label) for span in spans] == [(0, 4, "A:min"), (4, 8, "F:maj")]
    with pytest.raises(ValueError, match="no beat"):
        name_chords([], [], [0], 0.5)


def write_lied(folder: Path, sign: str, pickup: float = 0.0) -> str:
    """Voice and piano; the right hand's first whole bar is tied to the second, the left hand has octaves."""
    score = stream.Score()
    length = float(meter.TimeSignature(sign).barDuration.quarterLength)
    for name, pitches in (("Voice", [72]), ("Piano", [64, 67]), ("Piano", [36, 48])):
        part = stream.Part()
        part.partName = name
        lengths = ([pickup] if pickup else []) + [length] * BARS
        for index, beats in enumerate(lengths):
            bar = stream.Measure(number=index + (0 if pickup else 1))
            if index == 0:
                bar.append(clef.BassClef() if pitches[0] < 60 else clef.TrebleClef())
                bar.append(meter.TimeSignature(sign))
                bar.paddingLeft = length - beats
            sound = music21.chord.Chord(pitches, quarterLength=beats) if len(pitches) > 1 else note.Note(
                pitches[0] + index % 3, quarterLength=beats
            )  # fmt: skip
            place = index - bool(pickup)
            if pitches[0] == 64 and place in (0, 1):
                sound.tie = tie.Tie("start" if place == 0 else "stop")
            bar.append(sound)
            part.append(bar)
        score.insert(0, part)
    staves = [part for part in score.parts if part.partName == "Piano"]
    score.insert(0, layout.StaffGroup(staves, symbol="brace"))
    score.write("mxl", folder / "made.mxl")
    return "made"


def test_a_pickup_lies_before_the_first_beat_and_ties_are_one_note(tmp_path: Path) -> None:
    song = load_lied(write_lied(tmp_path, "3/4", pickup=1.0), tmp_path)
    assert song.unit == "quarter"
    assert [(bar.start, bar.beats) for bar in song.bars] == [(3.0 * bar, 3) for bar in range(BARS)]
    assert song.melody[0].start == -1
    right = [found for found in song.piano if found.pitch == 64]
    assert (right[1].start, right[1].end, right[2].start) == (0, 6, 6)
    assert {found.pitch for found in song.piano} == {36, 48, 64, 67}
    # The hand's highest note is played louder than the others of its chord on the mean.
    loud = {pitch: np.mean([found.velocity for found in song.piano if found.pitch == pitch]) for pitch in (36, 67)}
    assert loud[67] > loud[36] + 4
    assert song.chords[0].label.startswith("C:maj")


def test_compound_metres_count_dotted_quarters(tmp_path: Path) -> None:
    song = load_lied(write_lied(tmp_path, "6/8"), tmp_path)
    assert song.unit == "dotted-quarter"
    assert [bar.beats for bar in song.bars] == [2] * BARS
    assert song.melody[1].start == 2


def test_music_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="beats"):
        load_lied(write_lied(tmp_path, "5/8"), tmp_path)
    score = music21.converter.parse(tmp_path / "made.mxl", forceSource=True)
    score.remove(score.parts[1])
    score.write("mxl", tmp_path / "made.mxl")
    with pytest.raises(ValueError, match="two staves"):
        load_lied("made", tmp_path)


def test_some_are_sung_to_the_piano_alone_and_none_tells_velocities(tmp_path: Path) -> None:
    song = load_lied(write_lied(tmp_path, "4/4"), tmp_path)
    plans = [plan_lied(song, np.random.default_rng(seed)) for seed in range(60)]
    alone = [plan for plan in plans if plan.bass is None and not plan.comps and plan.groove is None]
    assert 20 < len(alone) < 50
    assert all(plan.piano == "literal" for plan in alone)
    assert all(plan.metre == "own" and not plan.bridge for plan in plans)


@needs_data
def test_a_song_from_print_sounds(tmp_path: Path) -> None:
    song: Song = load_lied(write_lied(tmp_path, "4/4"), tmp_path)
    rng = np.random.default_rng(3)
    audio, truth, _ = render_song(song, plan_lied(song, rng), rng)
    assert np.abs(audio).max() > 0.02
    assert truth.song == "made"
    assert len(truth.beats) >= 4 * BARS - 4
    assert {found.velocity for found in truth.piano} != {0}
    assert {found.velocity for found in forget_velocities(truth).piano} == {0}
