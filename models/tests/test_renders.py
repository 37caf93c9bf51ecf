"""Training renders: what is heard has to lie where the truth says, and the same song has to give the same clip."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from scipy import signal

from songleaf_models.data.pop909 import POP909_DIR, load_song
from songleaf_models.data.renders import effects, remetre
from songleaf_models.data.renders.build import list_clips, write_clip
from songleaf_models.data.renders.clip import render_clip
from songleaf_models.data.renders.fonts import FONTS, font_path
from songleaf_models.data.renders.groove import FAMILIES, list_takes, read_take
from songleaf_models.data.renders.harmony import Chord, voice_close, voice_power
from songleaf_models.data.renders.plan import STYLES
from songleaf_models.data.renders.synth import SAMPLE_RATE, Channel, SoundingNote, Synth, Voice
from songleaf_models.data.renders.timing import make_clock
from songleaf_models.pool import work_through
from songleaf_models.song import Bar, BeatSpan, Note, Song
from songleaf_models.truth import Truth, read_truth


def _can_render() -> bool:
    try:
        return POP909_DIR.exists() and all(font_path(font).exists() for font in FONTS)
    except FileNotFoundError:
        return False


needs_data = pytest.mark.skipif(not _can_render(), reason="POP909 or a sound font is not there")

HOP = 64


def _measure_onsets(audio: np.ndarray) -> np.ndarray:
    """Spectral flux by hops of 64 samples, mean 1; a click peaks where it begins, within a hop or two."""
    frequencies, _, spectrum = signal.stft(
        audio.mean(axis=0), SAMPLE_RATE, nperseg=512, noverlap=512 - HOP, boundary="zeros"
    )
    level = np.log1p(300 * np.abs(spectrum[frequencies > 100]))
    flux = np.maximum(0, np.diff(level, axis=1, prepend=level[:, :1])).sum(axis=0)
    return flux / flux.mean()


def _find_offset(audio: np.ndarray, times: list[float]) -> tuple[float, float]:
    """Seconds by which onsets come late at these times, and how many times stronger they are there than on average."""
    flux = _measure_onsets(audio)
    offsets = np.arange(-0.06, 0.061, 0.002)
    frames = np.arange(len(flux))
    strength = [np.interp((np.array(times) + offset) * SAMPLE_RATE / HOP, frames, flux).mean() for offset in offsets]
    best = int(np.argmax(strength))
    return float(offsets[best]), float(strength[best])


@needs_data
@pytest.mark.parametrize("style", STYLES)
def test_every_style_lies_on_its_beats(style: str) -> None:
    """Short clips of every style, some in rubato, swing or other metres: onsets gather at the truth's beats."""
    audio, truth, plan = render_clip(22, 3, style=style, seconds=14)
    assert plan.style == style
    assert np.isfinite(audio).all()
    assert 0.02 < np.abs(audio).max() < 1
    assert truth.duration == pytest.approx(audio.shape[1] / SAMPLE_RATE)
    _check_truth(truth)
    late, strength = _find_offset(audio, [beat.time for beat in truth.beats])
    assert strength > 1.15
    # Without drums the beat lies in the slow attacks of strings and voices.
    assert abs(late) <= (0.02 if plan.groove else 0.05)


def _check_truth(truth: Truth) -> None:
    times = np.array([beat.time for beat in truth.beats])
    assert len(times) > 15
    assert (np.diff(times) > 0.2).all()
    assert times.max() <= truth.duration
    for before, beat in pairwise(truth.beats):
        assert beat.position == 1 or beat.position == before.position + 1
    for spans in (truth.chords, truth.sections):
        assert all(0 <= span.start < span.end <= truth.duration for span in spans)
        assert all(a.end == pytest.approx(b.start) for a, b in pairwise(spans))
    # One voice.
    assert all(a.end <= b.start + 1e-6 for a, b in pairwise(truth.melody))


@needs_data
def test_same_song_and_variant_give_the_same_files(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    for folder in (first, second):
        folder.mkdir()
        assert write_clip((22, 0), folder)
        assert write_clip((22, 0), folder) is None
    for ending in ("flac", "json"):
        assert (first / f"022.0.{ending}").read_bytes() == (second / f"022.0.{ending}").read_bytes()
    truth = read_truth(first / "022.0.json")
    assert truth.song == "022"
    assert not list(first.glob("*.tmp"))
    other, _, _ = render_clip(22, 1, seconds=14)
    again, _, _ = render_clip(22, 0, seconds=14)
    assert other.shape != again.shape or not np.array_equal(other, again)


@needs_data
@pytest.mark.parametrize("number", [13, 33, 7, 887])
def test_reserved_songs_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="must not"):
        render_clip(number, 0)


@needs_data
def test_no_reserved_song_is_listed() -> None:
    clips = list_clips("train", range(2)) + list_clips("tune", range(2))
    assert len(clips) > 800
    assert not {number % 20 for number, _ in clips} & {7, 13}
    with pytest.raises(ValueError, match="own recipe"):
        list_clips("evaluation", range(1))


@needs_data
def test_notes_sound_when_they_are_asked_for() -> None:
    """The synthesiser's own delay: every font's drum and piano, 40 strokes each, off the block grid."""
    times = [0.31 + 0.217 * index for index in range(40)]
    for font in FONTS:
        notes = [SoundingNote(time, time + 0.15, 38, 100) for time in times]
        stems = Synth(2).play([Channel(0, Voice(font, 128, 0), notes, 1.0, 0.0, 0.0)], 10.0)
        late, strength = _find_offset(stems[0], times)
        assert strength > 5
        assert abs(late) <= 0.006
        assert not stems[1].any()


def test_mp3_keeps_the_time() -> None:
    rng = np.random.default_rng(1)
    audio = np.zeros((2, 3 * SAMPLE_RATE), np.float32)
    for start in rng.integers(5000, audio.shape[1] - 5000, 12):
        audio[:, start : start + 300] += rng.normal(0, 0.2, 300) * np.exp(-np.arange(300) / 60)
    lost = effects.lose(audio, 96)
    assert lost.shape == audio.shape
    match = np.fft.irfft(np.fft.rfft(lost[0]) * np.conj(np.fft.rfft(audio[0])))
    assert int(np.argmax(match)) == 0


def _song() -> Song:
    """Four bars with a note on every quarter, an eighth behind the last, a chord a half bar."""
    notes = [Note(float(beat), beat + 0.9, 60 + beat % 4, 80) for beat in range(16)] + [Note(15.5, 16.0, 67, 80)]
    chords = [BeatSpan(2.0 * n, 2.0 * n + 2, "C:maj" if n % 2 else "G:7/3") for n in range(8)]
    bars = [Bar(4.0 * n, 4) for n in range(4)]
    return Song("x", 90.0, bars, "quarter", chords, [], notes, [], [], 0, "major")


def test_waltz_turns_half_bars_into_bars_of_three() -> None:
    waltz = remetre.to_waltz(_song())
    assert [bar.beats for bar in waltz.bars] == [3] * 8
    assert waltz.bpm == 135
    assert [note.start for note in waltz.melody[:4]] == [0, 2, 3, 5]
    assert [span.start for span in waltz.chords] == [bar.start for bar in waltz.bars]


def test_compound_turns_quarters_into_dotted_ones() -> None:
    compound = remetre.to_compound(_song())
    assert compound.unit == "dotted-quarter"
    assert [bar.beats for bar in compound.bars] == [2] * 8
    assert [note.start for note in compound.melody[:16]] == list(range(16))
    assert compound.melody[16].start == pytest.approx(15 + 2 / 3)


def test_inserted_bar_moves_what_follows_and_holds_the_chord() -> None:
    longer = remetre.insert_bar(_song(), 2, 2)
    assert [(bar.start, bar.beats) for bar in longer.bars] == [(0, 4), (4, 4), (8, 2), (10, 4), (14, 4)]
    assert [note.start for note in longer.melody[7:9]] == [7, 10]
    assert longer.chords[3] == BeatSpan(6.0, 10.0, "C:maj")


def test_key_change_moves_labels_and_notes_from_its_beat_on() -> None:
    song = remetre.transpose(remetre.with_keys(_song()), 2, 8.0)
    assert [span.label for span in song.chords] == ["G:7/3", "C:maj"] * 2 + ["A:7/3", "D:maj"] * 2
    assert song.keys == [BeatSpan(0.0, 8.0, "C:major"), BeatSpan(8.0, 16.0, "D:major")]
    assert song.melody[8].pitch == 62
    assert song.melody[7].pitch == 63


def test_clock_rises_slows_and_swings() -> None:
    rng = np.random.default_rng(0)
    clock = make_clock(120, 64, "rubato", 4, True, 2 / 3, 1.0, rng)
    seconds = [clock.at(beat / 4) for beat in range(64 * 4)]
    assert (np.diff(seconds) > 0).all()
    assert clock.at(64) - clock.at(63) > 1.2 * (clock.at(11) - clock.at(10))
    share = (clock.at(20.5) - clock.at(20)) / (clock.at(21) - clock.at(20))
    assert share == pytest.approx(2 / 3)
    assert clock.at(20.5, swung=False) == pytest.approx((clock.at(20) + clock.at(21)) / 2)


def test_voicings_hold_the_chord() -> None:
    chord = Chord(2, (2, 5, 9, 0), 5)
    voicing = voice_close(chord, [], 60)
    assert {pitch % 12 for pitch in voicing} == {2, 5, 9, 0}
    assert max(voicing) - min(voicing) < 12
    assert [pitch - voice_power(chord, 40)[0] for pitch in voice_power(chord, 40)] == [0, 7, 12]


@needs_data
def test_drummers_takes_stand_on_the_beat() -> None:
    """Their kicks and snares on the beat: median distance within 12 ms at the take's own tempo."""
    takes = [take for take in list_takes() if take.style in FAMILIES["rock"] and take.metre == "4-4"][::12]
    assert len(takes) > 5
    for take in takes:
        strokes, length = read_take(take)
        assert length % 4 == 0
        hits = np.array([note.start for note in strokes if note.pitch in (36, 38) and note.velocity > 50])
        distance = hits - np.round(hits)
        near = distance[np.abs(distance) < 0.12]
        assert len(near) > 5
        assert abs(float(np.median(near))) * 60 / take.bpm < 0.02


@needs_data
def test_song_parts_stay_as_they_were_in_their_own_key_and_metre() -> None:
    """The truth's piano is the data set's, in seconds: same pitches after transposition, in the same order."""
    _, truth, plan = render_clip(22, 1, style="pop", seconds=14)
    song = load_song(22)
    heard = [note.pitch - plan.transpose for note in truth.piano if note.start > 1]
    known = [note.pitch for note in sorted(song.piano)]
    window = heard[:12]
    assert any(known[index : index + 12] == window for index in range(len(known)))


def halve(number: int) -> str | None:
    """Fails for odd numbers, says nothing of 0."""
    if number % 2:
        raise ValueError("odd")
    return f"{number // 2}" if number else None


def test_work_that_fails_is_named_and_the_rest_goes_on() -> None:
    assert list(work_through(halve, [4, 3, 0, 8], jobs=2, name=lambda number: f"no. {number}")) == [
        "1/4 2",
        "2/4 no. 3 failed: ValueError('odd')",
        "4/4 4",
    ]
