"""`python -m songleaf_models.real`: fetches and writes the real recordings (130 MB of downloads, Debian only)."""

import argparse
import sys

from songleaf_models.places import CACHE_DIR, FULL_SONGS_DIR, REAL_DIR
from songleaf_models.real.build import build_real
from songleaf_models.truth import read_truth


def main() -> int:
    argparse.ArgumentParser(prog="songleaf_models.real", description=__doc__).parse_args()
    try:
        build_real(CACHE_DIR / "packages", REAL_DIR, FULL_SONGS_DIR)
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 1
    for path in sorted(REAL_DIR.glob("*.json")):
        truth = read_truth(path)
        beats = truth.beats
        print(f"{truth.song}: {len(beats)} beats from {beats[0].time:.2f} to {beats[-1].time:.2f} s")
    print(f"{len(list(FULL_SONGS_DIR.glob('*.ogg')))} full songs in {FULL_SONGS_DIR}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
