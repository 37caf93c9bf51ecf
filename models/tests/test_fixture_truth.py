"""The hand-marked truth of the real song holds together, and its beats lie on the record's attacks."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import soundfile
from scipy.signal import butter, sosfilt

from songleaf_models.truth import read_truth

FIXTURES = Path(__file__).resolve().parents[2] / "tests" / "fixtures"
TRUTH = read_truth(FIXTURES / "lets_go_fishin.truth.json")


def test_bars_follow_the_metres() -> None:
    times = [beat.time for beat in TRUTH.beats]
    assert times == sorted(set(times))
    for before, beat in pairwise(TRUTH.beats):
        beats = [metre for metre in TRUTH.metres if metre.time <= before.time][-1].beats
        assert beat.position == before.position % beats + 1
    assert all(any(metre.time == beat.time and beat.position == 1 for beat in TRUTH.beats) for metre in TRUTH.metres)


def test_chords_and_sections_cover_the_song_and_change_on_beats() -> None:
    times = {beat.time for beat in TRUTH.beats}
    for spans in (TRUTH.chords, TRUTH.sections):
        assert spans[-1].end == TRUTH.duration
        for before, span in pairwise(spans):
            assert before.end == span.start
            assert span.start in times or span.label == "N"


def test_one_voice_sings() -> None:
    for before, note in pairwise(TRUTH.melody):
        assert before.end <= note.start < note.end
    for note in TRUTH.melody:
        assert any(span.start <= note.start and note.end <= span.end for span in TRUTH.sung)


def test_beats_lie_on_the_low_drum() -> None:
    audio, rate = soundfile.read(FIXTURES / "lets_go_fishin.ogg", dtype="float32")
    low = sosfilt(butter(2, (40, 160), "bandpass", fs=rate, output="sos"), audio.mean(axis=1)) ** 2
    step = rate // 1000
    energy = np.concatenate([[0], np.cumsum(low[: len(low) // step * step].reshape(-1, step).mean(axis=1))])
    seconds = step / rate
    offsets = []
    for beat in TRUTH.beats[:187]:
        near = np.arange(max(12, int((beat.time - 0.06) / seconds)), int((beat.time + 0.06) / seconds))
        behind, before = energy[near + 8] - energy[near], energy[near] - energy[near - 12]
        rise = np.log(behind / 8 + 1e-8) - np.log(before / 12 + 1e-8)
        if rise.max() > 2.5:
            offsets.append(near[rise.argmax()] * seconds - beat.time)
    assert len(offsets) > 100
    assert np.mean(np.abs(offsets) < 0.02) > 0.9
