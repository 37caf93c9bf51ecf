"""`python -m songleaf_models.evaluate takes`: takes of every arranger against what a pianist made of the song."""

import argparse
import json
import subprocess
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from songleaf_models.a2s.export import GRAPHS
from songleaf_models.engine import ROOT, find_node
from songleaf_models.evaluate.measures.arrangement import measure_arrangement
from songleaf_models.evaluate.measures.melody import FRAME, note_f, pitch_at
from songleaf_models.evaluate.measures.style import STYLE_COLUMNS, measure_style
from songleaf_models.evaluate.measures.warp import WARP_COLUMN, measure_warp
from songleaf_models.evaluate.ours import analyse_evidence
from songleaf_models.evaluate.records import RISING, measure_difficulty
from songleaf_models.evaluate.reference_analysis import write_reference
from songleaf_models.evaluate.sets import Item, list_set
from songleaf_models.evaluate.table import Row, format_table, write_csv
from songleaf_models.evaluation_set.recipes import RECIPES
from songleaf_models.evidence import read_evidence
from songleaf_models.places import CACHE_DIR, WEIGHTS_DIR
from songleaf_models.truth import TimedNote, Truth, read_truth

CLOSENESS = ("note F", "accompaniment F", "onset F", "chroma", "melody", "melody recall", "groove", "density ratio")
ALL_TAKES = (
    *("raw", "chords", "reduction", "songleaf", "songleaf:full:2", "songleaf:full:3"),
    *("songleaf:intermediate", "songleaf:easy"),
)
A2S_TAKES = (
    *("a2s", "a2s:full:2", "a2s:full:3", "a2s:intermediate", "a2s:easy"),
    *("a2s+first-bar", "a2s+smooth", "a2s+following"),
)
"""Of the published arranger, whose windows are joined in several ways."""
BY_SOUND = ("raw", "songleaf")
"""Takes that are also told by how the pianist's part sounds in the recording."""
BATCH = 8


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("--set", choices=("evaluation", "fresh", "tune"), default="evaluation", dest="set_name")
    parser.add_argument("--analysis", nargs="+", choices=("own", "reference"), default=["own", "reference"])
    parser.add_argument("--takes", nargs="+", default=list_takes(), help="MODEL[+JOINS][:LEVEL[:SEED]], or raw")
    parser.add_argument("--songs", type=int, help="the first so many only")


def list_takes(weights: Path = WEIGHTS_DIR) -> list[str]:
    """Takes of all arrangers whose networks are in the manifest."""
    manifest = json.loads((weights / "manifest.json").read_text())
    present = {entry["name"] for entry in manifest["weights"]}
    return [*ALL_TAKES, *(A2S_TAKES if present.issuperset(GRAPHS) else ())]


def run(arguments: argparse.Namespace) -> int:
    """Prints the tables; writes every song's figures to CACHE/evaluate/takes-SET-ANALYSIS.csv."""
    items = [item for item in list_set(arguments.set_name) if item.evidence.exists()][: arguments.songs]
    if not items:
        print(f"There is no heard recording in the set {arguments.set_name}: see the README on how to make it.")
        return 1
    folder = CACHE_DIR / "evaluate" / arguments.set_name
    truths = {item.name: read_truth(item.truth) for item in items}
    for kind in arguments.analysis:
        analyses = folder / ("ours" if kind == "own" else "reference")
        provide_analyses(items, truths, analyses, kind)
        takes = write_takes(items, analyses, folder / f"takes-{kind}", arguments.takes)
        rows: dict[str, Row] = {name: {} for name in arguments.takes}
        heard = {item.name: read_evidence(item.evidence) for item in items}
        for song, written in takes.items():
            for name, take in written.items():
                warp = measure_warp(heard[song], [TimedNote(*note) for note in take["notes"]])
                rows[name][song] = {**measure_take(truths[song], take), WARP_COLUMN: warp}
        print(f"Analysis: {kind}\n")
        print(format_table("closeness", CLOSENESS, rows), end="\n\n")
        for name in (name for name in rows if name in BY_SOUND):
            print(format_table(f"{name}: the part sounds", CLOSENESS, split_by_sound(rows[name])), end="\n\n")
        for line in (*compare_seeds(takes), *compare_levels(takes)):
            print(line)
        rows["pianist"] = {
            name: {**measure_style(all_notes(truth)), WARP_COLUMN: measure_warp(heard[name], all_notes(truth))}
            for name, truth in truths.items()
        }
        print(format_table("style", (*STYLE_COLUMNS, WARP_COLUMN, "CPU s"), rows), end="\n\n")
        write_csv(
            rows,
            [*CLOSENESS, *STYLE_COLUMNS, WARP_COLUMN, "CPU s"],
            folder.parent / f"takes-{arguments.set_name}-{kind}.csv",
        )
    return 0


def split_by_sound(row: Row) -> dict[str, Row]:
    """Songs of the evaluation set by how the pianist's part sounds in them; others are left out."""
    sounds = {f"{recipe.number:03d}": recipe.part_sounds() for recipe in RECIPES}
    groups: dict[str, Row] = {}
    for song in (song for song in row if song in sounds):
        groups.setdefault(sounds[song], {})[song] = row[song]
    return groups


def compare_seeds(takes: dict[str, dict[str, dict[str, Any]]]) -> Iterator[str]:
    """Of each model with several takes at full level: note F between two of them, mean over pairs and songs."""
    names = {name for written in takes.values() for name in written}
    for model in sorted({name.split(":")[0] for name in names}):
        own = sorted(name for name in names if name == model or name.startswith(f"{model}:full"))
        values = [
            note_f(
                [TimedNote(*note) for note in written[one]["notes"]], [TimedNote(*n) for n in written[other]["notes"]]
            )
            for written in takes.values()
            for one, other in combinations(own, 2)
        ]
        if values:
            spread = f"{min(values):.3f} to {max(values):.3f}"
            yield f"{model}: note F between takes {np.mean(values):.3f} ({spread})"


def compare_levels(takes: dict[str, dict[str, dict[str, Any]]]) -> Iterator[str]:
    """Of each model with all levels: share of songs in which each number of RISING rises with the level, or stays."""
    names = {name for written in takes.values() for name in written}
    for model in sorted({name.split(":")[0] for name in names}):
        levels = (f"{model}:easy", f"{model}:intermediate", model)
        if not names.issuperset(levels):
            continue
        songs = [[measure_difficulty(written[level]) for level in levels] for written in takes.values()]
        shares = {
            column: float(np.mean([easy[column] <= middle[column] <= full[column] for easy, middle, full in songs]))
            for column in RISING
        }
        falling = ", ".join(f"{name} {share:.0%}" for name, share in shares.items() if share < 1)
        yield f"{model}: rising from level to level in all songs, but {falling or 'nothing'}"


def provide_analyses(items: Sequence[Item], truths: dict[str, Truth], folder: Path, kind: str) -> None:
    """Writes an analysis file of every song anew: those there may be of other code."""
    folder.mkdir(parents=True, exist_ok=True)
    if kind == "own":
        analyse_evidence(items, folder)
    if kind == "reference":
        for item in items:
            write_reference(truths[item.name], folder / f"{item.name}.analysis.json")


def write_takes(
    items: Sequence[Item], analyses: Path, out: Path, takes: Sequence[str]
) -> dict[str, dict[str, dict[str, Any]]]:
    """Lets the engine write every take of every song; take by its name, by song."""
    out.mkdir(parents=True, exist_ok=True)
    script = ROOT / "tests" / "bench" / "evidence" / "arrange-evidence.ts"
    for first in range(0, len(items), BATCH):
        songs = [str(item.evidence) for item in items[first : first + BATCH]]
        subprocess.run([find_node(), str(script), str(out), str(analyses), ",".join(takes), *songs], check=True)
    return {item.name: json.loads((out / f"{item.name}.takes.json").read_text()) for item in items}


def all_notes(truth: Truth) -> list[TimedNote]:
    """What the pianist plays with the melody."""
    return sorted([*truth.melody, *truth.piano, *truth.bridge])


def measure_take(truth: Truth, take: dict[str, Any]) -> dict[str, float]:
    """Figures of CLOSENESS and STYLE_COLUMNS."""
    notes = [TimedNote(*note) for note in take["notes"]]
    accompaniment = [TimedNote(*note) for note in take["accompaniment"]]
    melody = [TimedNote(*note) for note in take["melody"]]
    reference = all_notes(truth)
    figures = measure_arrangement(reference, notes, truth.beats, truth.chords)
    played = sorted([*truth.piano, *truth.bridge])
    figures["accompaniment F"] = note_f(played, accompaniment) if accompaniment else np.nan
    figures["melody"] = melody_chroma(truth.melody, notes)
    places = {(round(note.start, 3), note.pitch) for note in notes}
    if melody:
        figures["melody recall"] = float(np.mean([(round(note.start, 3), note.pitch) in places for note in melody]))
    return {**figures, **measure_style(notes), "CPU s": take["cpu"]}


def melody_chroma(true: Sequence[TimedNote], notes: Sequence[TimedNote]) -> float:
    """Share of frames with melody whose pitch class the highest sounding note has."""
    if not true:
        return float("nan")
    times = np.arange(0, max(note.end for note in true), FRAME) + FRAME / 2
    reference, found = pitch_at(times, true), pitch_at(times, notes)
    voiced = reference > 0
    return float(((found > 0) & (found % 12 == reference % 12))[voiced].mean())
