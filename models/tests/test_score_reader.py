"""An independent reader (music21, BSD) sees in an engraved score what the engraver wrote."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

music21 = pytest.importorskip("music21")

ROOT = Path(__file__).parents[2]
NODE = next((str(path) for path in [ROOT / ".tools/node_modules/.bin/node"] if path.exists()), shutil.which("node"))

Head = tuple[int, int, str, float, float, int, str, str | None]


def engrave(fixture: str, target: Path) -> list[dict[str, Any]]:
    """Note heads of an engraved fixture as the engine has them; the score is written to `target`."""
    script = ROOT / "tests/unit/score/show-heads.ts"
    run = subprocess.run(
        [str(NODE), str(script), fixture, str(target)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    heads: list[dict[str, Any]] = json.loads(run.stdout)
    return heads


def rows(staff: int, measure: int, voice: str, note: music21.note.NotRest, at: float) -> list[Head]:
    """One row for each note of a note or chord."""
    duration = round(float(note.duration.quarterLength), 4)
    return [
        (staff, measure, voice, round(at, 4), duration, each.pitch.midi, each.pitch.name, each.tie and each.tie.type)
        for each in (note.notes if note.isChord else [note])
    ]


def read(path: Path) -> list[Head]:
    """Note heads of the piano as music21 reads them: staff, measure, voice, place, length, key, name, tie."""
    heads: list[Head] = []
    for staff, part in enumerate(music21.converter.parse(path).getElementsByClass("PartStaff"), 1):
        for number, measure in enumerate(part.getElementsByClass("Measure")):
            voices = list(measure.voices) or [measure]
            for voice in voices:
                # A measure of one voice has it as its own; the voice is then the staff's first.
                name = str(voice.id) if voice is not measure else str(1 + 4 * (staff - 1))
                for note in voice.notes:
                    if "Harmony" not in note.classes:
                        heads += rows(staff, number, name, note, float(note.offset))
    return sorted(heads, key=repr)


@pytest.mark.skipif(NODE is None, reason="needs Node.js")
@pytest.mark.parametrize("fixture", ["pop909-001", "pop909-003", "every-metre"])
def test_music21_reads_what_was_engraved(fixture: str, tmp_path: Path) -> None:
    target = tmp_path / "score.musicxml"
    written = engrave(fixture, target)
    piano = max(head["part"] for head in written)
    expected = [
        (
            head["staff"],
            head["measure"],
            str(head["voice"]),
            round(head["at"], 4),
            round(head["duration"], 4),
            head["pitch"],
            head["name"],
            head["tie"],
        )
        for head in written
        if head["part"] == piano
    ]
    assert len(expected) > 50
    assert read(target) == sorted(expected, key=repr)
