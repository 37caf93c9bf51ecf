"""The published front end: constant tempo, log-mel frames where they belong, pitch shift that shifts pitches."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from songleaf_models.a2s.grid import FRAMES, STRETCHED_BEAT, frame_beats
from songleaf_models.a2s.log_mel import NOMINAL_RATES, measure_log_mel
from songleaf_models.a2s.recordings import Listener, stretch_recording
from songleaf_models.a2s.store import Store
from songleaf_models.a2s.stretch import SEGMENT_SAMPLES, cut_audio, stretch
from songleaf_models.truth import Beat, Truth, write_truth

RATE = 22_050


def make_ticks(times: np.ndarray, seconds: float, pitch: float = 440.0) -> np.ndarray:
    """A tone that is struck anew at each time."""
    audio = np.zeros(int(seconds * RATE), np.float32)
    for time in times:
        first = round(time * RATE)
        length = min(len(audio) - first, RATE // 4)
        t = np.arange(length) / RATE
        audio[first : first + length] += (np.sin(2 * np.pi * pitch * t) * np.exp(-t * 18)).astype(np.float32)
    return audio


@pytest.mark.parametrize("tempo", [70.0, 99.4, 150.0])
def test_beats_come_every_13312_samples(tempo: float) -> None:
    times = 0.4 + np.cumsum(60 / tempo * (1 + 0.03 * np.sin(np.arange(12))))
    stretched = stretch(make_ticks(times, times[-1] + 1), times)
    assert len(stretched) == STRETCHED_BEAT * 14
    envelope = np.abs(stretched).reshape(-1, 128).max(1)
    for beat in range(12):
        at = (beat + 1) * STRETCHED_BEAT // 128
        before, behind = envelope[at - 22 : at - 14].max(), envelope[at - 2 : at + 10].max()
        assert behind > 3 * before


def test_stretching_keeps_the_pitch() -> None:
    times = np.arange(20) * 0.9
    stretched = stretch(np.sin(2 * np.pi * 440 * np.arange(18 * RATE) / RATE).astype(np.float32), times)
    middle = stretched[STRETCHED_BEAT * 5 : STRETCHED_BEAT * 10]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    assert spectrum.argmax() * RATE / len(middle) == pytest.approx(440, abs=1)


def test_frames_lie_where_the_grid_says() -> None:
    times = np.arange(14) * 0.5
    segment = cut_audio(stretch(make_ticks(times, 8), times), 2)
    assert len(segment) == SEGMENT_SAMPLES == 107_496
    mel = measure_log_mel(segment)
    assert mel.shape == (229, FRAMES)
    rise = np.maximum(np.diff(np.exp(mel), axis=1), 0).sum(0)
    frames = np.interp(np.arange(1, 8), frame_beats(), np.arange(FRAMES))
    for frame in frames:
        low = int(frame) - 6
        # Both transforms' windows reach two frames ahead.
        assert -4 <= low + rise[low : low + 12].argmax() - frame <= 1


def test_shift_moves_pitches_and_not_times() -> None:
    assert [round(12 * np.log2(rate / RATE), 1) for rate in NOMINAL_RATES] == [float(s) for s in range(-6, 6)]
    times = np.arange(14) * 0.6
    segment = cut_audio(stretch(make_ticks(times, 9, 440 * 2 ** (3 / 12)), times), 2)
    lower = cut_audio(stretch(make_ticks(times, 9, 440.0), times), 2)
    moved, wanted = measure_log_mel(lower, 3), measure_log_mel(segment)
    assert moved.shape == wanted.shape
    loud = wanted > -3
    assert np.exp(moved).sum(1).argmax() == pytest.approx(np.exp(wanted).sum(1).argmax(), abs=1)
    assert np.corrcoef(moved[loud], wanted[loud])[0, 1] > 0.8


def test_recordings_are_heard_segment_by_segment(tmp_path: Path) -> None:
    times = 0.3 + np.arange(12) * 0.5
    soundfile.write(tmp_path / "901.0.flac", make_ticks(times, 7), RATE)
    beats = [Beat(float(time), index % 4 + 1) for index, time in enumerate(times)]
    write_truth(Truth("901", "0", 0, 7.0, beats), tmp_path / "901.0.json")
    stretch_recording(tmp_path / "901.0.flac", tmp_path)
    segments = np.zeros(2, [("beat", np.int32)])
    segments["beat"] = [0, 4]
    store = Store(["901.0"], [segments], np.array([(0, 0), (0, 1)]))
    heard = Listener(tmp_path)(store, np.array([1, 0]), 0)
    assert heard.shape == (2, 229, FRAMES)
    audio, _ = soundfile.read(tmp_path / "901.0.flac", dtype="float32")
    wanted = measure_log_mel(cut_audio(stretch(audio, times), 4))
    loud = wanted > -4
    np.testing.assert_allclose(heard[0].numpy()[loud], wanted[loud], atol=0.2)
