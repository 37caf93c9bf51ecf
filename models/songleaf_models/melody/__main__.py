"""`python -m songleaf_models.melody train | export`."""

import argparse

from songleaf_models.melody.export import WEIGHTS, save_weights
from songleaf_models.melody.train import train


def main() -> None:
    """Parses the command line and runs."""
    parser = argparse.ArgumentParser(prog="songleaf_models.melody", description="Trains the melody network.")
    parser.add_argument("command", choices=["train"], help="goes on where it stopped; then run the weights' build")
    parser.parse_args()
    network = train()
    WEIGHTS.parent.mkdir(parents=True, exist_ok=True)
    save_weights(network)


if __name__ == "__main__":
    main()
