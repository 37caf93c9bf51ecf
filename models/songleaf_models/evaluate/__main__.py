"""`python -m songleaf_models.evaluate analysis|takes|records|stability`: the tables of the README."""

import argparse
import sys

from songleaf_models.evaluate import analysis, records, stability, takes


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(prog="songleaf_models.evaluate", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    analysis.add_arguments(commands.add_parser("analysis", description=analysis.__doc__))
    takes.add_arguments(commands.add_parser("takes", description=takes.__doc__))
    records.add_arguments(commands.add_parser("records", description=records.__doc__))
    stability.add_arguments(commands.add_parser("stability", description=stability.__doc__))
    arguments = parser.parse_args()
    modules = {"analysis": analysis, "takes": takes, "records": records, "stability": stability}
    return modules[arguments.command].run(arguments)


if __name__ == "__main__":
    sys.exit(main())
