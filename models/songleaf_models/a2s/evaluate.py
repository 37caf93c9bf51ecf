"""The table of the arranger on the evaluation set, with reference beats and chords or the engine's.

python -m songleaf_models.a2s.evaluate compact [compact@0.25 no-chords ...] [--stages 3a] [--assembly two-bar]
python -m songleaf_models.a2s.evaluate kept     # the weights in git
python -m songleaf_models.a2s.evaluate compact --analyses CACHE/evaluate/evaluation/ours   # what `evaluate` wrote
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from songleaf_models.a2s.arrange import Piece, arrange_following, arrange_song
from songleaf_models.a2s.block_chords import arrange_blocks
from songleaf_models.a2s.checkpoint import load_arranger
from songleaf_models.a2s.export import RUNS_DIR, load_weights
from songleaf_models.a2s.networks.arranger import Arranger
from songleaf_models.a2s.piano_tree import Order
from songleaf_models.a2s.segments import cut_segments
from songleaf_models.a2s.store import Store
from songleaf_models.a2s.validate import validate
from songleaf_models.a2s.windows import Assembly
from songleaf_models.evaluate.analysis_file import read_analysis
from songleaf_models.evaluate.measures.arrangement import COLUMNS, measure_arrangement
from songleaf_models.evaluate.measures.style import STYLE_COLUMNS, measure_style
from songleaf_models.evaluate.sets import Item, list_set
from songleaf_models.evaluate.table import Row, format_table, write_csv
from songleaf_models.evidence import read_evidence
from songleaf_models.places import CACHE_DIR
from songleaf_models.truth import TimedNote, Truth, read_truth

KEPT = "kept"
LOSSES = ("pitch", "duration")
"""Cross entropies with everything forced and score texture 0, of the song's complete segments every two bars."""


class Task(NamedTuple):
    """A recording of the evaluation set, what is true of it, and the beats and chords that are arranged on."""

    name: str
    truth: Truth
    piece: Piece


def read_task(item: Item, analyses: Path | None) -> Task:
    """Reference beats and chords, or NAME.analysis.json's in `analyses`. Raises FileNotFoundError, ValueError."""
    truth = read_truth(item.truth)
    told = truth if analyses is None else read_analysis(analyses / f"{item.name}.analysis.json")
    return Task(item.name, truth, Piece(told.beats, told.chords, read_evidence(item.evidence)))


def measure_song(
    network: Arranger, order: Order, task: Task, assembly: Assembly, alone: Arranger | None = None
) -> dict[str, float]:
    """Figures of one song, against PIANO + BRIDGE; with `alone` the network follows what it wrote a bar earlier."""
    _, truth, piece = task
    if alone is None:
        written = arrange_song(network, order, piece, assembly)
    else:
        written = arrange_following(alone, network, order, piece)
    figures = compare(truth, written)
    segments = cut_segments(truth, piece.evidence)
    places = [place for place, one in enumerate(segments) if one["piano"].any() and one["bar"] % 2 == 0]
    if places:
        store = Store([task.name], [segments], np.array([(0, place) for place in places]))
        losses = validate(network, store, order)
        figures |= {name: losses[name] for name in LOSSES}
    return figures


def compare(truth: Truth, written: list[TimedNote]) -> dict[str, float]:
    """Figures of an arrangement against PIANO + BRIDGE."""
    likeness = measure_arrangement(list_target(truth), written, truth.beats, truth.chords)
    return likeness | measure_style(written)


def list_target(truth: Truth) -> list[TimedNote]:
    """What a pianist wrote: PIANO + BRIDGE."""
    return sorted([*truth.piano, *truth.bridge])


class Trained(NamedTuple):
    """A network, what its checkpoint says of it, and the one that begins songs where a bar has to stand before.

    That is stage 3a of the same run for a stage 3b, or the weights in git where it is not there.
    """

    name: str
    network: Arranger
    content: dict[str, Any]
    alone: Arranger


def list_trained(runs: list[str], stages: list[str] | None, folder: Path) -> Iterator[Trained]:
    """The stages there are of each run, and of `kept` the weights in git."""
    for run in runs:
        if run == KEPT:
            network, content = load_weights()
            yield Trained(f"{run}, {content['config']} {content['stage']['name']}", network, content, network)
            continue
        for path in sorted((folder / run).glob("*.pt")):
            if stages and path.stem not in stages:
                continue
            network, content = load_arranger(path)
            alone = network
            if content["stage"]["kind"] == "3b":
                before = path.with_name("3a.pt")
                alone = load_arranger(before)[0] if before.exists() else load_weights()[0]
            yield Trained(f"{run} {path.stem}, step {content['account']['steps']}", network, content, alone)


def measure_rows(trained: Trained, tasks: list[Task], assembly: Assembly) -> dict[str, Row]:
    """A row for each way in which the network arranges; none for one that hears recordings itself."""
    name, network, content, alone = trained
    order, kind = content["settings"]["order"], content["stage"]["kind"]
    if network.transcriber is not None:
        print(f"{name} hears recordings itself and is measured by its losses in training only")
        return {}
    rows: dict[str, Row] = {}
    if kind != "3b":
        rows[name] = {task.name: measure_song(network, order, task, assembly) for task in tasks}
    if kind in ("3", "3b"):
        following = name if kind == "3b" else f"{name}, following"
        rows[following] = {task.name: measure_song(network, order, task, "first-bar", alone) for task in tasks}
    return rows


def main() -> int:
    """Prints likeness to the pianist's part and style; every song's figures go to CACHE/a2s/evaluation.csv."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", nargs="+", help=f"names of folders below CACHE/a2s/runs; {KEPT}: the weights in git")
    parser.add_argument("--stages", nargs="+", help="these only; otherwise all that are there")
    parser.add_argument("--assembly", choices=("first-bar", "two-bar", "smooth"), default="two-bar")
    parser.add_argument("--analyses", type=Path, help="arrange on the NAME.analysis.json there: the engine's hearing")
    parser.add_argument("--songs", type=int, help="the first so many only")
    parser.add_argument("--runs-dir", type=Path, default=RUNS_DIR)
    options = parser.parse_args()
    items = [item for item in list_set("evaluation") if item.evidence.exists()][: options.songs]
    if not items:
        print("There is no evaluation set that has been heard: see the README on how to make it.")
        return 1
    tasks = [read_task(item, options.analyses) for item in items]
    rows: dict[str, Row] = {"PIANO + BRIDGE": {task.name: measure_style(list_target(task.truth)) for task in tasks}}
    rows["block chords"] = {task.name: compare(task.truth, arrange_blocks(task.piece)) for task in tasks}
    for trained in list_trained(options.runs, options.stages, options.runs_dir):
        rows |= measure_rows(trained, tasks, options.assembly)
    # The losses are told with reference beats and chords, whatever is arranged on.
    told, columns = ("heard", COLUMNS) if options.analyses else ("reference", [*COLUMNS, *LOSSES])
    print(format_table(f"{options.assembly}, {told} beats and chords", columns, rows), end="\n\n")
    print(format_table("style", STYLE_COLUMNS, rows), end="\n\n")
    path = CACHE_DIR / "a2s" / "evaluation.csv"
    write_csv(rows, [*COLUMNS, *LOSSES, *STYLE_COLUMNS], path)
    print(f"Songs one by one: {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
