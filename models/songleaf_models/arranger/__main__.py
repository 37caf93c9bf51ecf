"""`python -m songleaf_models.arranger render | lieder | prepare | train | export`."""

import argparse

from songleaf_models.arranger.export import save_weights
from songleaf_models.arranger.lieder import HEARD_DIR, hear_lieder
from songleaf_models.arranger.parity import write_parity
from songleaf_models.arranger.renders import RENDERS_DIR, render_songs
from songleaf_models.arranger.songs import prepare_songs
from songleaf_models.arranger.train import ANALYSES, CHECKPOINT, RUN_DIR, train
from songleaf_models.evaluate.ours import analyse_evidence
from songleaf_models.evaluate.sets import Item
from songleaf_models.places import TRAIN_DIR, WHOLE_DIR


def analyse_missing() -> None:
    """Lets the engine analyse every training render whose analysis is not kept yet."""
    items = [
        Item(path.stem, path.with_suffix(".flac"), path.with_suffix(".json"), path)
        for path in sorted(TRAIN_DIR.glob("*.evidence"))
        if not (ANALYSES / f"{path.stem}.analysis.json").exists()
    ]
    if items:
        analyse_evidence(items, ANALYSES)


def main() -> None:
    """Parses the command line and runs."""
    parser = argparse.ArgumentParser(prog="songleaf_models.arranger", description="Trains the arranger.")
    parser.add_argument(
        "command",
        choices=["render", "lieder", "prepare", "train", "export"],
        help="render: songs in which the pianist is heard; lieder: songs from print; prepare: analyses the renders and "
        "keeps their rows; train: goes on where it stopped; export: keeps the checkpoint's averaged weights in "
        "models/arranger, and writes the fixture",
    )
    parser.add_argument("--songs", type=int, default=100, help="how many songs to render")
    parser.add_argument("--jobs", type=int, default=1, help="lieder heard at the same time, each on one core")
    arguments = parser.parse_args()
    command = arguments.command
    if command == "render":
        for line in render_songs(arguments.songs):
            print(line, flush=True)
    if command == "lieder":
        for line in hear_lieder(arguments.songs, arguments.jobs):
            print(line, flush=True)
    if command == "prepare":
        analyse_missing()
        songs = prepare_songs((TRAIN_DIR, RENDERS_DIR, HEARD_DIR, WHOLE_DIR), ANALYSES, RUN_DIR / "songs")
        print(f"{len(songs)} songs on grids, {sum(len(song.rows) for song in songs)} steps")
    if command == "train":
        train()
    if command == "export":
        save_weights(RUN_DIR / CHECKPOINT)
        write_parity()


if __name__ == "__main__":
    main()
