"""`python -m songleaf_models.evaluation_set build`: renders the evaluation set, or what of it is missing."""

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from songleaf_models.evaluation_set.build import build_song, is_built
from songleaf_models.evaluation_set.fresh import list_fresh_recipes
from songleaf_models.evaluation_set.recipes import RECIPES, Recipe
from songleaf_models.evaluation_set.sampler import find_missing_fonts
from songleaf_models.places import EVALUATION_DIR, FRESH_DIR


def main() -> int:
    """Returns the exit status: 2 if a sound font is missing."""
    parser = argparse.ArgumentParser(prog="songleaf_models.evaluation_set", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser("build", help="render what is missing")
    build.add_argument("songs", nargs="*", type=int, help="numbers; all of the set if none is given")
    build.add_argument("--fresh", action="store_true", help="the songs for a last measurement instead")
    build.add_argument("--again", action="store_true", help="render even what is there")
    build.add_argument("--processes", type=int, choices=(1, 2), default=1)
    arguments = parser.parse_args()
    missing = find_missing_fonts()
    if missing:
        print(
            f"missing: {', '.join(map(str, missing))}; "
            "install musescore-general-soundfont-lossless or put the fonts there, and avldrums.lv2-soundfont",
            file=sys.stderr,
        )
        return 2
    folder = FRESH_DIR if arguments.fresh else EVALUATION_DIR
    recipes = list_fresh_recipes() if arguments.fresh else RECIPES
    wanted = [recipe for recipe in recipes if not arguments.songs or recipe.number in arguments.songs]
    todo = [recipe for recipe in wanted if arguments.again or not is_built(recipe, folder)]
    print(f"{len(wanted) - len(todo)} of {len(wanted)} songs are there, {len(todo)} to render into {folder}")
    with ProcessPoolExecutor(arguments.processes) as pool:
        for future in as_completed([pool.submit(_build, recipe, folder) for recipe in todo]):
            print(future.result(), flush=True)
    return 0


def _build(recipe: Recipe, folder: Path) -> str:
    before = time.process_time()
    truth = build_song(recipe, folder)
    return f"{truth.song}: {truth.duration:.0f} s of audio, {time.process_time() - before:.0f} s of processor time"


if __name__ == "__main__":
    sys.exit(main())
