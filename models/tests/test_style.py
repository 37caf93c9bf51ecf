"""Style statistics of parts of which they are known."""

import numpy as np
import pytest

from songleaf_models.evaluate.measures.style import grid_coherence, group_onsets, measure_style, pattern_entropy
from songleaf_models.truth import TimedNote


def test_figures_of_a_plain_part() -> None:
    notes = [TimedNote(0.5 * i, 0.5 * i + 0.25, pitch, 80) for i in range(32) for pitch in (40, 56, 60, 64)]
    figures = measure_style(notes)
    length = 15.75
    assert figures["notes/s"] == pytest.approx(128 / length)
    assert figures["onsets/s"] == pytest.approx(32 / length)
    assert figures["notes/onset"] == 4
    assert figures["silent share"] == pytest.approx(31 * 0.25 / length)
    assert figures["median length"] == pytest.approx(0.25)
    assert figures["wide span"] == 1
    # E twice, G sharp, C: 1.5 bits.
    assert figures["PCE song"] == figures["PCE 8 s"] == figures["PCE 2 s"] == pytest.approx(1.5)
    assert figures["RGC"] == figures["IPE"] == 0
    assert measure_style(notes[:4]) == {}


def test_onsets_group_from_their_first() -> None:
    assert group_onsets(np.array([0, 0.02, 0.04, 0.2])).tolist() == [0, 0, 1, 2]


def test_coherence_tells_a_grid_from_none() -> None:
    rng = np.random.default_rng(1)
    grid = np.cumsum(rng.choice([0.25, 0.5, 0.75], 200))
    loose = np.cumsum(rng.uniform(0.1, 0.9, 200))
    assert grid_coherence(grid) == pytest.approx(0, abs=1e-3)
    assert grid_coherence(loose) > 0.05


def test_patterns_repeat_or_do_not() -> None:
    rng = np.random.default_rng(2)
    again = np.cumsum(np.tile([0.25, 0.25, 0.5, 1.0], 60))
    assert pattern_entropy(again) == pytest.approx(2, abs=0.05)
    assert pattern_entropy(np.cumsum(rng.choice([0.25, 0.5, 1.0], 240))) > 7
