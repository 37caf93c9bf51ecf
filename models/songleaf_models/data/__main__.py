"""Renders training clips: python -m songleaf_models.data build --variants 2 --jobs 2"""

import argparse
import sys

from songleaf_models.data.renders.build import build, list_clips


def main() -> int:
    """0 where every clip could be rendered."""
    parser = argparse.ArgumentParser(prog="python -m songleaf_models.data", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("build", help="render what is missing of the training clips")
    command.add_argument("--variants", type=int, default=2, help="how many variants a song")
    command.add_argument("--first", type=int, default=0, help="number of the first variant")
    command.add_argument("--jobs", type=int, default=1, help="processes")
    command.add_argument("--songs", help="only songs A-B")
    command.add_argument("--split", choices=("train", "tune", "both"), default="both")
    arguments = parser.parse_args()
    songs = None
    if arguments.songs:
        first, _, last = arguments.songs.partition("-")
        songs = range(int(first), int(last or first) + 1)
    variants = range(arguments.first, arguments.first + arguments.variants)
    clips = []
    if arguments.split in ("tune", "both"):
        clips += list_clips("tune", variants, songs)
    if arguments.split in ("train", "both"):
        clips += list_clips("train", variants, songs)
    failed = 0
    for line in build(clips, arguments.jobs):
        failed += " failed: " in line
        print(line, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
