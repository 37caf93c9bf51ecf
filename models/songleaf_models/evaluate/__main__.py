"""`python -m songleaf_models.evaluate analysis|stability`: the tables of the README."""

import argparse
import sys

from songleaf_models.evaluate import analysis, stability


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(prog="songleaf_models.evaluate", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    analysis.add_arguments(commands.add_parser("analysis", description=analysis.__doc__))
    stability.add_arguments(commands.add_parser("stability", description=stability.__doc__))
    arguments = parser.parse_args()
    return analysis.run(arguments) if arguments.command == "analysis" else stability.run(arguments)


if __name__ == "__main__":
    sys.exit(main())
