"""Hears renders with the engine: NAME.flac -> NAME.evidence beside it. What is there is kept.

python -m songleaf_models.hear FOLDER --jobs 2 [--separate always]
"""

import argparse
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from songleaf_models.engine import analyse
from songleaf_models.truth import read_truth

BATCH = 6
"""Songs a process: enough that loading the networks costs little, few enough that little is lost when stopped."""


def hear_batch(songs: list[Path], separate: str) -> int:
    """Hears songs of one folder; returns how many could be heard."""
    heard = 0
    with tempfile.TemporaryDirectory(dir=songs[0].parent) as work:
        for line in analyse(songs, Path(work), "--separate", separate):
            if not line["ok"]:
                print(f"{line['song']}: {line['error']['message']}", flush=True)
                continue
            evidence = next(Path(file) for file in line["files"] if file.endswith(".evidence"))
            evidence.replace(Path(line["song"]).with_suffix(".evidence"))
            heard += 1
    return heard


def plan_batches(songs: list[Path], separate: str) -> list[tuple[list[Path], str]]:
    """Batches with what to do about voices; `sung`: separate songs of odd number in which somebody sings.

    The networks have to do without the separated voice as well, and separating costs more than all the rest.
    """

    def choice(song: Path) -> str:
        if separate != "sung":
            return separate
        odd = int(song.name.split(".")[0]) % 2 == 1
        return "always" if odd and read_truth(song.with_suffix(".json")).sung else "never"

    groups: dict[str, list[Path]] = {}
    for song in songs:
        groups.setdefault(choice(song), []).append(song)
    batches = [
        (group[first : first + BATCH], kind) for kind, group in groups.items() for first in range(0, len(group), BATCH)
    ]
    return sorted(batches, key=lambda batch: batch[0][0])


def main() -> int:
    """Command line; 1 where a song could not be heard."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--separate", choices=("auto", "always", "never", "sung"), default="sung")
    parser.add_argument("--pattern", default="*.flac")
    arguments = parser.parse_args()
    missing = [song for song in arguments.folder.glob(arguments.pattern) if not song.with_suffix(".evidence").exists()]
    songs = sorted(missing, key=lambda song: song.stat().st_mtime)
    done = 0
    with ThreadPoolExecutor(arguments.jobs) as pool:
        for heard in pool.map(lambda batch: hear_batch(*batch), plan_batches(songs, arguments.separate)):
            done += heard
            print(f"{done} of {len(songs)} heard", flush=True)
    return 0 if done == len(songs) else 1


if __name__ == "__main__":
    sys.exit(main())
