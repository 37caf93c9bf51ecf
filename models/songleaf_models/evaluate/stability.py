"""`python -m songleaf_models.evaluate stability`: full-length real songs of which nothing is known but that none may
trouble the engine."""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from songleaf_models.engine import ROOT, find_node
from songleaf_models.evaluate.analysis_file import read_analysis
from songleaf_models.evaluate.table import Row, write_csv, write_json
from songleaf_models.places import CACHE_DIR, FULL_SONGS_DIR
from songleaf_models.truth import Truth

COLUMNS = (
    *("minutes", "bpm", "tempo drift %", "octave jumps", "metre changes"),
    *("wall s/min", "CPU s/min", "peak MB", "failed"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("--songs", type=int, help="the first so many only")
    parser.add_argument("--separate", choices=("auto", "always", "never"), help="handed to `songleaf analyse`")
    parser.add_argument("--json", type=Path, help="write the figures there too")


def run(arguments: argparse.Namespace) -> int:
    """Prints a table, one song a line."""
    songs = sorted(FULL_SONGS_DIR.glob("*.ogg"))[: arguments.songs]
    if not songs:
        print("The songs are not there: run `python -m songleaf_models.real`.")
        return 1
    options = ["--separate", arguments.separate] if arguments.separate else []
    print("| song | " + " | ".join(COLUMNS) + " |\n" + "|---" * (len(COLUMNS) + 1) + "|")
    row: Row = {}
    for song in songs:
        figures = measure_song(song, options)
        row[song.stem] = figures
        print(
            f"| {song.stem} | " + " | ".join(f"{figures.get(name, np.nan):.4g}" for name in COLUMNS) + " |", flush=True
        )
    rows = {"Songleaf": row}
    path = CACHE_DIR / "evaluate" / "stability.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_csv(rows, COLUMNS, path)
    if arguments.json:
        write_json(rows, COLUMNS, arguments.json)
    return int(any(figures["failed"] for figures in row.values()))


def measure_song(song: Path, options: list[str]) -> dict[str, float]:
    """Analyses one song in a process of its own; its time, its memory and how steady its beats are."""
    with tempfile.TemporaryDirectory() as work:
        command = [find_node(), str(ROOT / "main" / "cli" / "main.ts"), "analyse", str(song)]
        command += ["--out", work, "--device", "cpu", "--json", *options]
        # A process in between: `ru_maxrss` of children is the largest one ever waited for.
        program = "import sys; from songleaf_models.evaluate.stability import report; report(sys.argv[1:])"
        done = subprocess.run([sys.executable, "-c", program, *command], capture_output=True, text=True, check=True)
        used = json.loads(done.stdout.splitlines()[-1])
        written = list(Path(work).glob("*.analysis.json"))
        if used["code"] != 0 or len(written) != 1:
            return {"failed": 1.0}
        heard = read_analysis(written[0])
    minutes = heard.duration / 60
    return {
        "minutes": minutes,
        **describe_steadiness(heard),
        "wall s/min": used["wall"] / minutes,
        "CPU s/min": used["cpu"] / minutes,
        "peak MB": used["peak"],
        "failed": 0.0,
    }


def report(command: list[str]) -> None:
    """Runs a command; prints its exit code, wall and CPU seconds and its peak memory in MB as JSON."""
    started = time.monotonic()
    code = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode
    wall = time.monotonic() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    # Kilobytes on Linux.
    print(json.dumps({"code": code, "wall": wall, "cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss / 1024}))


def describe_steadiness(heard: Truth) -> dict[str, float]:
    """`tempo drift %`: how far the tempo's middle 90 % spread around its median, in medians of 8 beats.

    `octave jumps`: changes between such medians by more than a third. `metre changes`: metres after the first.
    """
    intervals = np.diff([beat.time for beat in heard.beats])
    if len(intervals) < 16:
        return {"bpm": float("nan"), "metre changes": float(max(0, len(heard.metres) - 1))}
    count = len(intervals) // 8
    tempi = 60 / np.median(intervals[: count * 8].reshape(count, 8), axis=1)
    low, middle, high = np.percentile(tempi, [5, 50, 95])
    jumps = np.abs(np.log2(tempi[1:] / tempi[:-1])) > np.log2(4 / 3)
    return {
        "bpm": float(middle),
        "tempo drift %": float(100 * (high - low) / middle),
        "octave jumps": float(jumps.sum()),
        "metre changes": float(len(heard.metres) - 1),
    }
