"""Charts become beats where they should; the fetched recordings hold what is said of them."""

from pathlib import Path

import mido
import numpy as np
import pytest
import soundfile

from songleaf_models.places import REAL_DIR
from songleaf_models.real.charts import find_music, read_chart
from songleaf_models.real.songs import CHARTED_SONGS
from songleaf_models.truth import read_truth


def write_chart(path: Path) -> None:
    """60 beats a minute for two beats and a half, then 120."""
    track = mido.MidiTrack()
    track.append(mido.MetaMessage("set_tempo", tempo=1_000_000, time=0))
    track.append(mido.MetaMessage("set_tempo", tempo=500_000, time=240))
    file = mido.MidiFile(ticks_per_beat=96)
    file.tracks.append(track)
    file.save(str(path))


def test_beats_follow_the_tempo_map_and_the_shift(tmp_path: Path) -> None:
    write_chart(tmp_path / "notes.mid")
    beats = read_chart(tmp_path / "notes.mid", duration=4.1, early=0.04)
    assert [beat.time for beat in beats] == pytest.approx([0.04, 1.04, 2.04, 2.79, 3.29, 3.79])
    assert [beat.position for beat in beats] == [1, 2, 3, 4, 1, 2]


def test_music_lies_between_the_silences() -> None:
    rate = 1000
    audio = np.zeros((3 * rate, 2))
    audio[500:2000] = 0.5
    # A tail 60 dB below.
    audio[2000:] = 0.0005
    assert find_music(audio, rate) == pytest.approx((0.5, 2.0))
    assert find_music(np.zeros((rate, 2)), rate) == (0.0, 0.0)


@pytest.mark.skipif(not REAL_DIR.exists(), reason="needs `python -m songleaf_models.real`")
@pytest.mark.parametrize("song", CHARTED_SONGS, ids=lambda song: song.name)
def test_the_beats_fall_on_the_recordings_attacks(song) -> None:  # noqa: ANN001
    """Attacks on the beats outweigh those a fifth of a beat away, and no mix clips."""
    truth = read_truth(REAL_DIR / f"{song.name}.json")
    audio, rate = soundfile.read(REAL_DIR / f"{song.name}.flac", dtype="float32")
    assert truth.duration == pytest.approx(len(audio) / rate, abs=1e-3)
    assert np.abs(audio).max() < 0.99
    mono = audio.mean(axis=1)
    hop = 441
    frames = np.lib.stride_tricks.sliding_window_view(mono, 2 * hop)[::hop]
    spectra = np.log1p(100 * np.abs(np.fft.rfft(frames * np.hanning(2 * hop), axis=1)))
    flux = np.maximum(np.diff(spectra, axis=0), 0).sum(axis=1)
    # Frame t of the difference lies between the centres of frames t and t + 1.
    times = (np.arange(len(flux)) + 1.5) * hop / rate
    beats = np.array([beat.time for beat in truth.beats])
    interval = np.median(np.diff(beats))

    def attack(shift: float) -> float:
        return float(np.interp(beats + shift, times, flux).mean())

    assert attack(0) > attack(0.2 * interval)
    assert attack(0) > attack(-0.2 * interval)
