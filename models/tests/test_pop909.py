"""POP909 as it is loaded: bars, chords, sections and melody have to agree with each other."""

import mir_eval
import numpy as np
import pytest

from songleaf_models.data.harte import clean_label, list_tones
from songleaf_models.data.label_fit import find_doubts, measure_fit
from songleaf_models.data.pop909 import POP909_DIR, list_songs, load_grid, load_song
from songleaf_models.song import Song

needs_data = pytest.mark.skipif(not POP909_DIR.exists(), reason="POP909 is not there; set SONGLEAF_DATA")


@pytest.fixture(scope="module")
def held_back() -> list[Song]:
    """Songs of the evaluation set and of the tuning songs."""
    return [load_song(number) for split in ("evaluation", "tune") for number in list_songs(split)]  # type: ignore[arg-type]


@needs_data
def test_splits_do_not_meet() -> None:
    splits = [set(list_songs(split)) for split in ("train", "tune", "evaluation")]  # type: ignore[arg-type]
    assert [number % 20 for number in splits[2]] == [13] * 24
    assert {number % 20 for number in splits[1]} == {3}
    assert len(splits[0]) > 400
    assert not {number % 20 for number in splits[0]} & {3, 7, 13}


@needs_data
@pytest.mark.parametrize("number", [7, 27, 367])
def test_forbidden_songs_raise(number: int) -> None:
    with pytest.raises(ValueError, match="must not be used"):
        load_song(number)


@needs_data
def test_songs_without_sure_bars_raise() -> None:
    with pytest.raises(ValueError, match="not sure"):
        load_song(2)


@needs_data
def test_chords_fit_piano_and_bars(held_back: list[Song]) -> None:
    assert not [song.name for song in held_back if find_doubts(song)]
    assert np.mean([measure_fit(song).tones for song in held_back]) > 0.9
    # Chords change on a bar's first beat or in its middle, seldom elsewhere.
    phases = np.array([chord.start % 4 for song in held_back if song.bars[0].beats == 4 for chord in song.chords])
    assert (phases == 0).mean() > 0.55
    assert np.isin(phases, [0, 2]).mean() > 0.85


@needs_data
def test_chords_parse_and_join(held_back: list[Song]) -> None:
    for song in held_back:
        for chord, following in zip(song.chords, song.chords[1:], strict=False):
            mir_eval.chord.encode(chord.label)
            assert chord.end == following.start > chord.start
        assert song.chords[0].start == 0


@needs_data
def test_sections_add_up_and_capitals_are_sung(held_back: list[Song]) -> None:
    with_sections = [song for song in held_back if song.sections]
    assert len(with_sections) >= 45
    sung, silent = [], []
    for song in with_sections:
        assert song.sections[-1].end == song.chords[-1].end
        for section in song.sections:
            notes = sum(section.start <= note.start < section.end for note in song.melody)
            share = notes / (section.end - section.start)
            (sung if section.label in "ABCDE" else silent if section.label in "io" else []).append(share)
    assert np.median(sung) > 1
    assert np.median(silent) == 0


@needs_data
def test_bars_cover_every_note(held_back: list[Song]) -> None:
    for song in held_back:
        starts = [note.start for part in (song.melody, song.bridge, song.piano) for note in part]
        assert song.bars[0].start - 0.5 <= min(starts)
        assert max(starts) < song.bars[-1].start + song.bars[-1].beats
        assert any(bar.start == 0 for bar in song.bars)


@needs_data
def test_waltz_and_key_change() -> None:
    assert load_song(173).bars[0].beats == 3
    song = load_song(213)
    assert [(span.start, span.label) for span in song.keys] == [(0, "Ab:major"), (428, "Bb:major")]
    assert (song.tonic, song.mode) == (8, "major")


@needs_data
def test_grid_inverts() -> None:
    grid = load_grid(413)
    beats = np.array([-7.5, 0, 3.25, 100, 400])
    assert np.allclose(grid.to_beats(grid.to_seconds(beats)), beats)


def test_labels_become_harte() -> None:
    assert clean_label("F#:sus4(b7", None) == "Gb:sus4(b7)"
    assert clean_label("Eb:min/b3", 6) == "Eb:min/b3"
    assert clean_label("B:maj/3", 3) == "B:maj/3"
    assert clean_label("A:maj6(b7)") == "A:7(13)"
    assert clean_label("N") == "N"
    assert list_tones("Bb:min7/b7") == (10, (0, 3, 7, 10), 8)
    with pytest.raises(ValueError, match="unknown quality"):
        clean_label("C:foo")
