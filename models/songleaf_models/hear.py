"""Hears renders with the engine: NAME.flac -> NAME.evidence beside it. What is there is kept.

python -m songleaf_models.hear FOLDER --jobs 2 [-- --separate always]
"""

import argparse
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from songleaf_models.engine import analyse

BATCH = 8
"""Songs a process: enough that loading the networks costs little, few enough that little is lost when stopped."""


def hear_batch(songs: list[Path], options: list[str]) -> int:
    """Hears songs of one folder; returns how many could be heard."""
    heard = 0
    with tempfile.TemporaryDirectory(dir=songs[0].parent) as work:
        for line in analyse(songs, Path(work), *options):
            if not line["ok"]:
                print(f"{line['song']}: {line['error']['message']}", flush=True)
                continue
            evidence = next(Path(file) for file in line["files"] if file.endswith(".evidence"))
            evidence.replace(Path(line["song"]).with_suffix(".evidence"))
            heard += 1
    return heard


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("options", nargs="*", help="of `songleaf analyse`, behind --")
    arguments = parser.parse_args()
    songs = sorted(song for song in arguments.folder.glob("*.flac") if not song.with_suffix(".evidence").exists())
    batches = [songs[first : first + BATCH] for first in range(0, len(songs), BATCH)]
    done = 0
    with ThreadPoolExecutor(arguments.jobs) as pool:
        for heard in pool.map(lambda batch: hear_batch(batch, arguments.options), batches):
            done += heard
            print(f"{done} of {len(songs)} heard", flush=True)


if __name__ == "__main__":
    main()
