"""`python -m songleaf_models.weights build | measure`."""

import argparse
from pathlib import Path

from songleaf_models.weights.build import build_weights
from songleaf_models.weights.measure import print_table
from songleaf_models.weights.places import WEIGHTS_DIR


def main() -> None:
    """Parses the command line and runs."""
    parser = argparse.ArgumentParser(prog="songleaf_models.weights", description="Builds models/weights.")
    parser.add_argument("command", choices=["build", "measure"], help="build also measures what it built")
    parser.add_argument("--out", type=Path, default=WEIGHTS_DIR, help="default: models/weights")
    options = parser.parse_args()
    if options.command == "build":
        build_weights(options.out)
    print_table(options.out)


if __name__ == "__main__":
    main()
