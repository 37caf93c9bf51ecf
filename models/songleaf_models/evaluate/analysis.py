"""`python -m songleaf_models.evaluate analysis`: what is heard against what is true."""

import argparse
import shutil
from pathlib import Path

from songleaf_models.evaluate.measures.all import TABLES, measure
from songleaf_models.evaluate.ours import analyse_evidence, analyse_recordings
from songleaf_models.evaluate.published import read_published
from songleaf_models.evaluate.sets import list_set
from songleaf_models.evaluate.table import Row, format_table, write_csv, write_json
from songleaf_models.places import CACHE_DIR
from songleaf_models.truth import read_truth


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument(
        "--set", choices=("evaluation", "fresh", "tune", "real", "hand"), default="evaluation", dest="set_name"
    )
    parser.add_argument("--tables", nargs="+", choices=tuple(TABLES), default=list(TABLES))
    parser.add_argument("--songs", type=int, help="the first so many only")
    parser.add_argument("--separate", choices=("auto", "always", "never"), help="handed to `songleaf analyse`")
    parser.add_argument("--from-evidence", action="store_true", help="analyse the .evidence beside each recording")
    parser.add_argument("--no-published", action="store_true", help="leave out the rows of the published networks")
    parser.add_argument("--json", type=Path, help="write means, intervals and songs there too")


def run(arguments: argparse.Namespace) -> int:
    """Prints the tables; writes every song's figures to CACHE/evaluate/analysis-SET.csv."""
    items = list_set(arguments.set_name)[: arguments.songs]
    if not items:
        print(f"There is no recording in the set {arguments.set_name}: see the README on how to make it.")
        return 1
    folder = CACHE_DIR / "evaluate" / arguments.set_name
    out = folder / "ours"
    # What an earlier run left must not stand in for a song that fails now.
    shutil.rmtree(out, ignore_errors=True)
    if arguments.from_evidence:
        ours = analyse_evidence(items, out)
    else:
        options = ["--separate", arguments.separate] if arguments.separate else []
        ours = analyse_recordings(items, out, options)
    truths = {item.name: read_truth(item.truth) for item in items}
    tables = tuple(arguments.tables)
    rows: dict[str, Row] = {}
    if not arguments.no_published:
        for item in items:
            kept = folder / "published"
            for row, table, hearing in read_published(item.audio, item.evidence, kept, tables):
                rows.setdefault(row, {})[item.name] = measure(truths[item.name], hearing, (table,))
    rows["Songleaf"] = {name: measure(truths[name], hearing, tables) for name, hearing in ours.items()}
    columns = [column for table in tables for column in TABLES[table]]
    for table in tables:
        text = format_table(table, TABLES[table], rows)
        if text:
            print(text, end="\n\n")
    missing = sorted(set(truths) - set(ours))
    if missing:
        print(f"Songleaf said nothing of {', '.join(missing)}.")
    path = folder.parent / f"analysis-{arguments.set_name}.csv"
    write_csv(rows, columns, path)
    print(f"Songs one by one: {path}")
    if arguments.json:
        write_json(rows, columns, arguments.json)
    return 1 if missing else 0
