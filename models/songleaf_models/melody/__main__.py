"""`python -m songleaf_models.melody train | parity`."""

import argparse

from songleaf_models.melody.export import WEIGHTS, save_weights
from songleaf_models.melody.parity import write_parity
from songleaf_models.melody.train import train


def main() -> None:
    """Parses the command line and runs."""
    parser = argparse.ArgumentParser(prog="songleaf_models.melody", description="Trains the melody network.")
    parser.add_argument(
        "command",
        choices=["train", "parity"],
        help="train: goes on where it stopped, keeps the weights in models/melody; parity: writes the engine's fixture",
    )
    if parser.parse_args().command == "train":
        network = train()
        WEIGHTS.parent.mkdir(parents=True, exist_ok=True)
        save_weights(network)
    write_parity()


if __name__ == "__main__":
    main()
