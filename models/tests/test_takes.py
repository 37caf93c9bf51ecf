"""What is said of takes: levels, and closeness of takes of recordings."""

from typing import Any

import pytest

from songleaf_models.evaluate.records import RISING, measure_closeness, measure_difficulty
from songleaf_models.evaluate.takes import compare_levels


def make_take(hardness: float, leap: float | None = None) -> dict[str, Any]:
    hand = {"widest": 12, "span": hardness, "notes": hardness, "leap": hardness if leap is None else leap}
    density = dict.fromkeys(("notesPerSecond", "onsetsPerSecond", "notesPerOnset"), hardness)
    facts = {
        "closeness": {"chroma": 0.7, "onsets": None},
        "density": density,
        "hands": {"left": hand, "right": hand},
        "rhythm": hardness,
        "accidentals": hardness,
        "repetition": 0.25,
        "difficulty": {"grade": hardness, "level": "full"},
    }
    return {
        "notes": [[1.0, 1.5, 60, 80], [2.0, 2.5, 64, 80]],
        "melody": [[1.0, 1.5, 60, 80], [3.0, 3.5, 62, 80]],
        "facts": facts,
        "bars": 8,
        "empty": 2,
    }


def test_levels_that_rise_in_every_number_are_told_from_those_that_do_not() -> None:
    rising = {"m:easy": make_take(1), "m:intermediate": make_take(2), "m": make_take(3)}
    leaping = {"m:easy": make_take(1), "m:intermediate": make_take(2, leap=9), "m": make_take(3)}
    assert list(compare_levels({"a": rising})) == ["m: rising from level to level in all songs, but nothing"]
    (line,) = compare_levels({"a": rising, "b": leaping})
    assert line.endswith("but left leap 50%, right leap 50%")
    assert set(measure_difficulty(rising["m"])) == set(RISING)


def test_closeness_counts_melody_kept_and_bars_left_empty() -> None:
    figures = measure_closeness(make_take(1))
    assert figures["melody recall"] == 0.5
    assert figures["empty bars"] == 0.25
    assert figures["chroma"] == pytest.approx(0.7)
    assert figures["onsets"] != figures["onsets"]
