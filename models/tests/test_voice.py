"""The sung lead: the same from the same seed, in tune with the notes, its vowels on their starts."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soxr
from conftest import Open
from scipy.ndimage import uniform_filter1d
from scipy.signal import butter, sosfiltfilt

from songleaf_models.data import voice_samples
from songleaf_models.data.voice import PEAK, sing, sing_take
from songleaf_models.data.voice_pitch import draw_manner
from songleaf_models.data.voice_samples import VOICE_RATE, load_syllables
from songleaf_models.data.voice_sound import draw_timbre
from songleaf_models.data.voice_timing import Syllable, put_in_order
from songleaf_models.data.voice_words import EVALUATION_CAST, TRAINING_CAST, WORDS, Singer
from songleaf_models.truth import TimedNote

pytestmark = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng speaks the syllables")

HIGH = Singer("en-us", "f2", "high")
LOW = Singer("en-us", "m3", "low")
STEPS = [0, 2, 4, 7, 5, 4, 2, 0, -3, 0]


@pytest.fixture(scope="module", autouse=True)
def _few_words(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Records both singers with six words each, in a cache of their own."""
    patch = pytest.MonkeyPatch()
    patch.setattr(voice_samples, "CACHE_DIR", tmp_path_factory.mktemp("cache"))
    patch.setitem(WORDS, "en-us", "do time say fire key go")
    load_syllables.cache_clear()
    yield
    load_syllables.cache_clear()
    patch.undo()


def melody(tonic: int) -> list[TimedNote]:
    """Ten notes of 0.45 s, half a second apart, a rest of a second in the middle."""
    starts = [0.5 + 0.5 * index + (1.0 if index >= 5 else 0.0) for index in range(len(STEPS))]
    return [TimedNote(start, start + 0.45, tonic + step, 90) for start, step in zip(starts, STEPS, strict=True)]


def seeded(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_sings_the_same_from_the_same_seed_and_otherwise_not() -> None:
    first = sing(melody(60), 7.0, 44_100, seeded(), [HIGH])
    assert first.shape == (7 * 44_100,)
    assert first.dtype == np.float32
    assert np.abs(first).max() == pytest.approx(PEAK, abs=1e-4)
    np.testing.assert_array_equal(first, sing(melody(60), 7.0, 44_100, seeded(), [HIGH]))
    assert not np.array_equal(first, sing(melody(60), 7.0, 44_100, seeded(2), [HIGH]))


@pytest.mark.parametrize(("singer", "tonic"), [(LOW, 46), (LOW, 55), (HIGH, 64), (HIGH, 76)])
def test_pitch_follows_the_notes(singer: Singer, tonic: int, load: Open) -> None:
    right = []
    for seed in range(3):
        audio = soxr.resample(sing(melody(tonic), 7.0, 44_100, seeded(seed), [singer]), 44_100, 16_000)
        bounds = {"fmin": np.array(46.875, np.float32), "fmax": np.array(2093.75, np.float32)}
        pitch = load("swift_f0.onnx").run(None, {"audio": audio[None].astype(np.float32), **bounds})[0][0]
        times = (np.arange(len(pitch)) + 0.5) * 256 / 16_000
        for note in melody(tonic):
            centre = (times > note.start + 0.15) & (times < note.start + 0.35)
            right.extend(np.abs(12 * np.log2(pitch[centre] / 440) + 69 - note.pitch) < 0.5)
    assert np.mean(right) > 0.9


def test_vowels_begin_on_the_notes() -> None:
    # Before the vowels of "time", "say", "fire" and "key" there is nothing below 2 kHz; do and go are left out.
    words = {"time", "say", "fire", "key"}
    syllables = load_syllables(LOW)
    rows = np.array([row for row, word in enumerate(syllables.words) if word in words])
    notes = [TimedNote(1.0 * index + 0.5, 1.0 * index + 1.0, 55, 90) for index in range(len(rows))]
    sung = [Syllable(int(row), note.start, note.end, 0.0, 0.0) for row, note in zip(rows, notes, strict=True)]
    audio = sing_take(notes, sung, syllables, draw_manner(seeded()), draw_timbre(seeded()), 5 * VOICE_RATE, seeded())
    low = sosfiltfilt(butter(4, (150, 1500), "bandpass", fs=VOICE_RATE, output="sos"), audio)
    level = 10 * np.log10(uniform_filter1d(low**2, 221) + 1e-12)
    for note in notes:
        around = level[round((note.start - 0.15) * VOICE_RATE) : round((note.start + 0.15) * VOICE_RATE)]
        onset = np.flatnonzero(around > around.max() - 8)[0] / VOICE_RATE - 0.15
        assert abs(onset) < 0.03


def test_is_silent_where_nobody_sings() -> None:
    audio = sing([TimedNote(1.0, 2.0, 60, 90)], 6.0, 22_050, seeded(), [HIGH])
    assert np.abs(audio[3 * 22_050 :]).max() < 0.002
    assert not sing([], 1.0, 44_100, seeded(), [HIGH]).any()


def test_puts_hostile_notes_in_order() -> None:
    notes = [
        TimedNote(2.0, 9.0, 100, 90),
        TimedNote(0.5, 2.5, 20, 90),
        TimedNote(2.01, 3.0, 60, 90),
        TimedNote(4.9, 4.91, 60, 90),
        TimedNote(-1.0, 0.4, 50, 90),
    ]
    assert put_in_order(notes, 5.0) == [
        TimedNote(0.0, 0.4, 50, 90),
        TimedNote(0.5, 2.0, 44, 90),
        TimedNote(2.0, 5.0, 88, 90),
    ]
    assert np.isfinite(sing(notes, 5.0, 16_000, seeded(), [HIGH])).all()


def test_casts_do_not_meet() -> None:
    assert not {singer.variant for singer in TRAINING_CAST} & {singer.variant for singer in EVALUATION_CAST}


def test_says_that_espeak_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="espeak-ng is not installed"):
        voice_samples.speak(HIGH, "la")
