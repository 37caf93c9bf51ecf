"""The evaluation set's renderer: recipes, timing to the millisecond, equal bytes, loudness."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from songleaf_models.data.harte import list_tones
from songleaf_models.data.pop909 import POP909_DIR, list_songs, load_grid, load_song
from songleaf_models.evaluation_set.build import build_song, cut_song
from songleaf_models.evaluation_set.drums import GROOVE_DIR, choose_takes
from songleaf_models.evaluation_set.form import plan_form
from songleaf_models.evaluation_set.harmony import Harmony, write_bass
from songleaf_models.evaluation_set.mastering import PEAK, master, pass_codec
from songleaf_models.evaluation_set.recipes import PEARL, RECIPES
from songleaf_models.evaluation_set.sampler import FONTS, SAMPLE_RATE, Part, Preset, Stroke, find_missing_fonts, play
from songleaf_models.evaluation_set.timeline import lay_timeline
from songleaf_models.evaluation_set.voice import SungNote, sing
from songleaf_models.truth import read_truth

needs_data = pytest.mark.skipif(
    not (POP909_DIR.exists() and GROOVE_DIR.exists()), reason="POP909 or Groove is not there; set SONGLEAF_DATA"
)
needs_fonts = pytest.mark.skipif(
    bool(find_missing_fonts()), reason="the evaluation set's sound fonts are not installed"
)
needs_ffmpeg = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")


def _measure_onsets(audio: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Seconds from each time to where |audio| first passes a tenth of the greatest value that follows."""
    loud = np.abs(audio)
    late = []
    for time in times:
        first = int((time - 0.02) * SAMPLE_RATE)
        part = loud[first : first + SAMPLE_RATE // 4]
        late.append((np.argmax(part > 0.1 * part.max()) + first) / SAMPLE_RATE - time)
    return np.array(late)


@needs_data
def test_recipes_are_the_evaluation_songs() -> None:
    assert [recipe.number for recipe in RECIPES] == list_songs("evaluation")
    assert sum(recipe.lead.preset is None for recipe in RECIPES) == 12
    assert sum(recipe.piano is None for recipe in RECIPES) == 3
    assert sum(recipe.piano is not None and recipe.piano.program < 4 for recipe in RECIPES) == 16
    assert not {Path(path).name for path in FONTS.values()} & {"FluidR3_GM.sf2", "FluidR3Mono_GM.sf3", "sf_GMbank.sf2"}


@needs_fonts
@pytest.mark.parametrize(("preset", "pitch"), [(Preset("general", 0, 0), 60), (PEARL, 36), (PEARL, 38)])
def test_samples_begin_on_time(preset: Preset, pitch: int) -> None:
    times = np.arange(1, 9) * 0.73
    strokes = [Stroke(float(time), float(time) + 0.2, pitch, 100) for time in times]
    stem = play([Part(preset, strokes)], 7 * SAMPLE_RATE)[0]
    late = _measure_onsets(stem.mean(axis=0), times)
    assert np.abs(late).max() < 0.004


@needs_fonts
def test_tuning_is_heard() -> None:
    stroke = Stroke(0.1, 3, 69, 90)
    stems = play([Part(Preset("general", 8, 80), [stroke], cents) for cents in (0.0, 30.0)], 3 * SAMPLE_RATE)
    peaks = [np.argmax(np.abs(np.fft.rfft(stem[0, SAMPLE_RATE:], 2**20))) for stem in stems]
    assert 1200 * np.log2(peaks[1] / peaks[0]) == pytest.approx(30, abs=1.5)


@pytest.mark.parametrize("high", [True, False])
def test_voice_sings_the_pitch(high: bool) -> None:
    pitches = [55, 59, 62, 67] if not high else [64, 67, 71, 74]
    notes = [SungNote(0.5 + index, 1.4 + index, pitch, 90) for index, pitch in enumerate(pitches)]
    audio = sing(notes, 5 * SAMPLE_RATE, high, 0.0, 3)
    for note in notes:
        part = audio[int((note.start + 0.15) * SAMPLE_RATE) : int((note.end - 0.1) * SAMPLE_RATE)]
        # Autocorrelation tells the period even where the fundamental is weak.
        spectrum = np.fft.rfft(part, 2**16)
        likeness = np.fft.irfft(np.abs(spectrum) ** 2)[:2000]
        expected = SAMPLE_RATE / (440 * 2 ** ((note.pitch - 69) / 12))
        low, up = int(expected * 0.94), int(expected * 1.06) + 2
        period = low + int(np.argmax(likeness[low:up]))
        assert abs(12 * np.log2(expected / period)) < 0.7
        assert likeness[period] > 0.6 * likeness[0]
    silent = audio[: int(0.3 * SAMPLE_RATE)]
    assert np.abs(silent).max() < 0.01


def test_voice_refuses_overlaps() -> None:
    with pytest.raises(ValueError, match="overlap"):
        sing([SungNote(0, 1, 60, 90), SungNote(0.5, 1.5, 62, 90)], SAMPLE_RATE, True, 0.0, 1)


def test_master_is_loud_and_does_not_clip() -> None:
    rng = np.random.default_rng(0)
    audio = rng.standard_normal((2, 4 * SAMPLE_RATE)) * np.linspace(0.01, 0.5, 4 * SAMPLE_RATE)
    audio[:, 50_000] = 9.0
    mastered = master(audio)
    assert np.abs(mastered).max() <= PEAK + 1e-6
    assert np.sqrt((mastered**2).mean()) > 0.05


@needs_ffmpeg
def test_codec_keeps_time() -> None:
    rng = np.random.default_rng(0)
    audio = np.zeros((2, 2 * SAMPLE_RATE))
    audio[:, 40_000:44_000] = 0.3 * rng.standard_normal(4_000)
    lossy = pass_codec(audio, 128)
    likeness = np.correlate(lossy[0, 38_000:46_000], audio[0, 39_000:45_000], "valid")
    assert int(np.argmax(likeness)) == 1_000
    assert lossy.shape == audio.shape


@needs_data
def test_bass_plays_the_chord_at_every_change() -> None:
    song = cut_song(load_song(433), 24)
    notes = write_bass(song, plan_form(song), ("ballad", "eighths"), 0.0, np.random.default_rng(0))
    harmony = Harmony(song.chords)
    starts = {note.start: note.pitch % 12 for note in notes}
    for chord in song.chords:
        if chord.label != "N":
            assert starts[chord.start] == list_tones(chord.label)[2]
    assert all(harmony.at(note.start) is not None for note in notes)


@needs_data
@pytest.mark.parametrize("style", ["rock", "funk", "hiphop"])
def test_takes_lie_on_the_beat(style: str) -> None:
    for take in choose_takes(style, 90, 4, np.random.default_rng(1)):
        distances = np.array([hit.beat - round(hit.beat) for hit in take.hits])
        distances = distances[np.abs(distances) < 0.12]
        assert abs(np.median(distances)) < 0.01
        assert distances.std() < 0.03


@needs_data
def test_song_without_sections_has_a_form() -> None:
    song = load_song(273)
    assert not song.sections
    form = plan_form(song)
    assert len(form.starts) == len(form.intensity) == 80
    assert form.opens[0]
    assert not any(form.opens[1:])


@needs_data
def test_timeline_keeps_the_played_beats() -> None:
    song, grid = load_song(373), load_grid(373)
    beats = np.arange(0, 300, dtype=float)
    plain = lay_timeline(song, grid, 1.0, 0.0, False, 1)
    assert np.allclose(np.diff(plain.to_seconds(beats)), np.diff(grid.to_seconds(beats)))
    slowed = np.diff(lay_timeline(song, grid, 1.0, 0.02, True, 1).to_seconds(np.arange(0, 349, dtype=float)))
    assert slowed[-1] > 1.3 * np.median(slowed)
    assert (slowed > 0).all()


@pytest.fixture(scope="module")
def excerpt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with eight bars of song 433, sung, without drums."""
    folder = tmp_path_factory.mktemp("evaluation")
    build_song(_EXCERPT, folder, bars=8)
    return folder


_EXCERPT = next(recipe for recipe in RECIPES if recipe.number == 433)


@needs_data
@needs_fonts
def test_same_bytes_again(excerpt: Path, tmp_path: Path) -> None:
    build_song(_EXCERPT, tmp_path, bars=8)
    for name in ("433.flac", "433.json"):
        assert (tmp_path / name).read_bytes() == (excerpt / name).read_bytes()


@needs_data
@needs_fonts
def test_excerpt_and_truth_agree(excerpt: Path) -> None:
    truth = read_truth(excerpt / "433.json")
    info = soundfile.info(excerpt / "433.flac")
    assert (info.samplerate, info.channels, info.subtype) == (44_100, 2, "PCM_16")
    assert truth.duration == pytest.approx(info.duration, abs=1e-3)
    assert [beat.position for beat in truth.beats[:6]] == [1, 2, 3, 4, 1, 2]
    assert truth.metres[0].beats == 4
    downbeats = [beat.time for beat in truth.beats if beat.position == 1]
    for chord in truth.chords[:-1]:
        nearest = min(abs(chord.start - beat.time) for beat in truth.beats)
        assert nearest < 1e-3
    assert truth.chords[0].start == pytest.approx(downbeats[0], abs=1e-3)
    assert {section.label for section in truth.sections} >= {"i"}
    assert truth.sung
    assert all(any(span.start <= note.start <= span.end for span in truth.sung) for note in truth.melody)


@needs_data
@needs_fonts
def test_beats_sound_where_the_truth_says(tmp_path: Path) -> None:
    """Drums and bass of song 533; energy rises at the beats and not beside them."""
    recipe = next(recipe for recipe in RECIPES if recipe.number == 533)
    assert recipe.drums
    recipe = replace(recipe, layers=(), bridge=None, fade=False, drums=replace(recipe.drums, enter=0.0))
    truth = build_song(recipe, tmp_path, bars=8)
    audio, _ = soundfile.read(tmp_path / "533.flac")
    step = SAMPLE_RATE // 200  # 5 ms
    power = (audio.mean(axis=1)[: len(audio) // step * step].reshape(-1, step) ** 2).mean(axis=1)
    rise = np.maximum(0, np.diff(10 * np.log10(power + 1e-6)))
    frames = np.array([round(beat.time * 200) for beat in truth.beats[4:-4]])
    profile = np.array([rise[frames + lag].mean() for lag in range(-24, 24)])
    assert abs(int(np.argmax(np.convolve(profile, np.ones(3), "same"))) - 24) <= 4
    assert profile[20:28].max() > 2 * np.median(profile)
