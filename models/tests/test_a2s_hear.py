"""What is heard of whole songs is what the engine hears."""

import numpy as np
import pytest
import soundfile
import soxr

from songleaf_models.a2s.hear import PIANO, STYLES
from songleaf_models.data.renders.plan import STYLES as ALL_STYLES
from songleaf_models.evidence import read_evidence
from songleaf_models.flux import measure_level
from songleaf_models.places import TRAIN_DIR
from songleaf_models.transcribe import transcribe
from tests.conftest import Open


def test_level_is_told_in_steps_of_96_dB() -> None:
    sine = np.sin(2 * np.pi * 441 * np.arange(22_050) / 22_050)
    for gain in (0, -20, -60):
        level = measure_level(sine * 10 ** (gain / 20), 80)
        assert level[10:70].mean() == pytest.approx(255 * (1 + (gain - 3.01) / 96), abs=1)
    assert measure_level(np.zeros(1000), 4).max() == 0


def test_transcriber_hears_what_the_engine_hears(load: Open) -> None:
    evidences = sorted(TRAIN_DIR.glob("*.evidence"))[:4]
    if not evidences:
        pytest.skip("no training render has been heard")
    # The last two seconds hear the end of what was read.
    frames = {"onset": 340, "note": 340, "contour": 340, "flux": 500, "loudness": 500}
    differences: dict[str, list[np.ndarray]] = {name: [] for name in frames}
    for evidence in evidences:
        stereo, rate = soundfile.read(evidence.with_suffix(".flac"), dtype="float32", stop=44_100 * 6)
        audio = soxr.resample(stereo.mean(1), rate, 22_050).astype(np.float32)
        heard, wanted = transcribe(load("basic_pitch.onnx"), audio), read_evidence(evidence)
        for name, count in frames.items():
            own, theirs = (getattr(each, name)[:count].astype(int) for each in (heard, wanted))
            differences[name].append(np.abs(own - theirs))
        assert wanted.note[:340].max() > 100
    # Two resamplers differ in the last bits, which dense sound makes more of: by clip up to 1.4 in the onsets.
    for values in map(np.concatenate, differences.values()):
        assert values.mean() < 1
        assert (values > 10).mean() < 0.02


def test_whole_songs_keep_their_metre() -> None:
    assert all(ALL_STYLES[name].metre == "own" and ALL_STYLES[name].swing == (0.5, 0.5) for name in STYLES)
    assert sum(PIANO.values()) == 100
