"""`python -m songleaf_models.signatures train | rate`."""

import argparse

from songleaf_models.signatures.choose import rate
from songleaf_models.signatures.export import round_weights, write_parity, write_weights
from songleaf_models.signatures.songs import load_songs
from songleaf_models.signatures.train import read_config, train

CHANGES = (3, 4, 6, 8, 11, 14)
"""Prices of a change that `rate` compares; `key-chain.ts` has the one that is used."""


def main() -> None:
    """Parses the command line and runs."""
    parser = argparse.ArgumentParser(
        prog="songleaf_models.signatures", description="Trains the key signatures' network."
    )
    parser.add_argument(
        "command",
        choices=["train", "rate"],
        help="train: on all songs, writes what the engraver imports; rate: every fourth song kept aside",
    )
    parser.add_argument("--aside", type=int, default=0, choices=range(4), help="which of four (0)")
    options = parser.parse_args()
    songs = load_songs()
    if options.command == "train":
        network = round_weights(train(songs, read_config()))
        write_weights(network)
        write_parity(network)
        return
    aside = songs[options.aside :: 4]
    network = train([song for at, song in enumerate(songs) if at % 4 != options.aside], read_config())
    for change in CHANGES:
        first, bars = rate(network, aside, change)
        print(f"change {change}: {100 * first:.2f} % of first signatures, {100 * bars:.2f} % of bars as printed")


if __name__ == "__main__":
    main()
