"""`python -m songleaf_models.evaluate records FILE ...`: style, closeness and levels of takes of real recordings."""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from songleaf_models.engine import ROOT, analyse, find_node
from songleaf_models.evaluate.measures.melody import count_matches, note_f
from songleaf_models.evaluate.measures.style import STYLE_COLUMNS, measure_style
from songleaf_models.evaluate.table import Row, format_table
from songleaf_models.places import CACHE_DIR
from songleaf_models.truth import TimedNote

OUT = CACHE_DIR / "evaluate" / "records"
LEVELS = ("easy", "intermediate", "full")
SEEDS = (1, 2, 3, 4)
CLOSENESS = ("chroma", "onsets", "melody recall", "melody kept", "empty bars", "repetition", "grade")
MOVED = 0.15
"""Seconds by which level easy moves a melody note at most: a 16th that is too fast for it (`ease-rhythm.ts`)."""
RISING = (
    *("notes/s", "onsets/s", "notes/onset", "left span", "right span", "left notes", "right notes"),
    *("left leap", "right leap", "rhythm", "accidentals", "grade"),
)
"""Numbers of difficulty that must not fall from a level to the next harder one."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--model", default="songleaf")
    parser.add_argument("--separate", choices=("auto", "always", "never"), default="never")


def run(arguments: argparse.Namespace) -> int:
    """Prints the tables, a row a recording; 1 where one could not be heard."""
    model = arguments.model
    heard = hear(arguments.files, arguments.separate)
    takes = [f"{model}:{level}:1" for level in LEVELS] + [f"{model}:full:{seed}" for seed in SEEDS[1:]]
    closeness: dict[str, Row] = {"full": {}, "easy": {}}
    style: Row = {}
    for name in heard:
        written = write_takes(name, takes)
        full = written[f"{model}:full:1"]
        for level, rows in closeness.items():
            rows[name] = measure_closeness(written[f"{model}:{level}:1"])
        style[name] = measure_style(to_notes(full))
        levels = [measure_difficulty(written[f"{model}:{level}:1"]) for level in LEVELS]
        falling = [
            column for column in RISING if not levels[0][column] <= levels[1][column] + 1e-9 <= levels[2][column] + 2e-9
        ]
        likeness = [
            note_f(to_notes(written[f"{model}:full:{one}"]), to_notes(written[f"{model}:full:{other}"]))
            for one, other in combinations(SEEDS, 2)
        ]
        print(
            f"{name}: takes agree by note F {np.mean(likeness):.3f} ({min(likeness):.3f} to {max(likeness):.3f});",
            end="",
        )
        print(f" falls towards a harder level: {', '.join(falling) or 'nothing'}")
    print()
    for level, rows in closeness.items():
        print(format_table(f"closeness, {level}", CLOSENESS, by_song(rows)), end="\n\n")
    print(format_table("style, full", STYLE_COLUMNS, by_song(style)))
    return 0 if len(heard) == len(arguments.files) else 1


def by_song(rows: Row) -> dict[str, Row]:
    """A table whose rows are songs."""
    return {name: {name: values} for name, values in rows.items()}


def hear(files: Sequence[Path], separate: str) -> list[str]:
    """Lets the engine hear and analyse recordings, what has been heard is kept; the names of those it could."""
    OUT.mkdir(parents=True, exist_ok=True)
    missing = [file for file in files if not (OUT / f"{file.stem}.evidence").exists()]
    for line in analyse(missing, OUT, "--separate", separate) if missing else ():
        if not line["ok"]:
            print(f"{line['song']}: {line['error']['message']}", file=sys.stderr)
            continue
        evidence = next(Path(file) for file in line["files"] if file.endswith(".evidence"))
        evidence.replace(OUT / f"{Path(line['song']).stem}.evidence")
    return [file.stem for file in files if (OUT / f"{file.stem}.evidence").exists()]


def write_takes(name: str, takes: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Takes of a song by their names."""
    script = ROOT / "tests" / "bench" / "evidence" / "arrange-evidence.ts"
    song = str(OUT / f"{name}.evidence")
    subprocess.run([find_node(), str(script), str(OUT), str(OUT), ",".join(takes), song], check=True)
    written: dict[str, dict[str, Any]] = json.loads((OUT / f"{name}.takes.json").read_text())
    return written


def to_notes(take: dict[str, Any]) -> list[TimedNote]:
    """Notes in seconds."""
    return [TimedNote(*note) for note in take["notes"]]


def measure_closeness(take: dict[str, Any]) -> dict[str, float]:
    """Figures of CLOSENESS; what the engine measured, melody kept, share of bars with music in which nothing sounds."""
    facts = take["facts"]
    places = {(round(note[0], 3), note[2]) for note in take["notes"]}
    melody = [(round(note[0], 3), note[2]) in places for note in take["melody"]]
    kept = count_matches([TimedNote(*note) for note in take["melody"]], to_notes(take), MOVED)
    nan = float("nan")
    return {
        **{
            name: nan if facts["closeness"][name] is None else facts["closeness"][name] for name in ("chroma", "onsets")
        },
        "melody recall": float(np.mean(melody)) if melody else nan,
        "melody kept": kept / len(melody) if melody else nan,
        "empty bars": take["empty"] / max(1, take["bars"]),
        "repetition": facts["repetition"],
        "grade": facts["difficulty"]["grade"],
    }


def measure_difficulty(take: dict[str, Any]) -> dict[str, float]:
    """Figures of RISING, as the engine measured them."""
    facts = take["facts"]
    density = facts["density"]
    figures = {
        "notes/s": density["notesPerSecond"],
        "onsets/s": density["onsetsPerSecond"],
        "notes/onset": density["notesPerOnset"],
        "rhythm": facts["rhythm"],
        "accidentals": facts["accidentals"],
        "grade": facts["difficulty"]["grade"],
    }
    for hand in ("left", "right"):
        for number in ("span", "notes", "leap"):
            figures[f"{hand} {number}"] = facts["hands"][hand][number]
    return figures
