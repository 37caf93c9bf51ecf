"""What is said of takes: levels, and closeness of takes of recordings."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from songleaf_models.a2s.export import GRAPHS
from songleaf_models.evaluate.measures.warp import measure_warp
from songleaf_models.evaluate.records import RISING, measure_closeness, measure_difficulty
from songleaf_models.evaluate.takes import compare_levels, list_takes, split_by_sound
from songleaf_models.evidence import FRAME_RATE, Evidence
from songleaf_models.truth import TimedNote


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
        "melody": [[1.0, 1.5, 60, 80], [2.1, 2.5, 64, 80], [3.0, 3.5, 62, 80], [3.5, 4.0, 60, 80]],
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


def test_songs_are_told_by_how_the_part_sounds_in_them() -> None:
    songs = {song: {"note F": 0.5} for song in ("013", "073", "533", "833", "elsewhere")}
    groups = split_by_sound(songs)
    assert {sound: list(row) for sound, row in groups.items()} == {
        "on a piano": ["013"],
        "on another instrument": ["073", "833"],
        "not at all": ["533"],
    }


def test_closeness_counts_melody_kept_and_bars_left_empty() -> None:
    figures = measure_closeness(make_take(1))
    assert figures["melody recall"] == 0.25
    assert figures["melody kept"] == 0.5
    assert figures["empty bars"] == 0.25
    assert figures["chroma"] == pytest.approx(0.7)
    assert figures["onsets"] != figures["onsets"]


def test_the_warp_path_is_straight_where_a_take_keeps_time() -> None:
    seconds = 20.0
    note = np.zeros((int(seconds * FRAME_RATE), 88), np.uint8)
    notes = [TimedNote(0.5 * i, 0.5 * i + 0.45, 48 + 5 * i % 17, 80) for i in range(38)]
    for each in notes:
        note[int(each.start * FRAME_RATE) : int(each.end * FRAME_RATE), each.pitch - 21] = 255
    empty = np.zeros((0, 1), np.uint8)
    evidence = Evidence(note, note, empty, empty, empty, empty, empty, empty)
    # Within a note that lasts the path may go any way.
    assert measure_warp(evidence, notes) < 0.1
    late = [each._replace(start=each.start + 0.5, end=each.end + 0.5) for each in notes]
    swaying = [each if i % 16 < 8 else late[i] for i, each in enumerate(notes)]
    assert measure_warp(evidence, swaying) > 0.2
    assert np.isnan(measure_warp(evidence, []))


def test_the_published_arranger_has_rows_where_its_networks_are(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"weights": [{"name": "basic-pitch"}]}))
    assert not any(take.startswith("a2s") for take in list_takes(tmp_path))
    manifest.write_text(json.dumps({"weights": [{"name": name} for name in GRAPHS]}))
    assert {"a2s", "a2s+smooth"}.issubset(list_takes(tmp_path))
