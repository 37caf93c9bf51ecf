"""`python -m songleaf_models.harmony train | export | parity`."""

import argparse
from pathlib import Path

import torch

from songleaf_models.harmony.export import keep_weights
from songleaf_models.harmony.parity import write_parity
from songleaf_models.harmony.train import CONFIG, RUN_DIR, read_config, train


def main() -> None:
    """Parses the command line and runs."""
    parser = argparse.ArgumentParser(prog="songleaf_models.harmony", description=__doc__)
    parser.add_argument(
        "command",
        choices=("train", "export", "parity"),
        help="train: goes on where it stopped; export: keeps the weights; parity: writes the engine's fixture",
    )
    parser.add_argument("--config", type=Path, default=CONFIG)
    parser.add_argument("--out", type=Path, default=RUN_DIR)
    parser.add_argument("--fresh", action="store_true", help="forget what was trained before")
    options = parser.parse_args()
    torch.set_num_threads(1)
    if options.command == "export":
        keep_weights(options.out / "state.pt")
    if options.command == "parity":
        write_parity()
    if options.command != "train":
        return
    if options.fresh:
        for name in ("state.pt", "curves.csv"):
            (options.out / name).unlink(missing_ok=True)
    train(read_config(options.config), options.out)


if __name__ == "__main__":
    main()
