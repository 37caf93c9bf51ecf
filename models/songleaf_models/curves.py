"""Curves of a training run: a CSV file that grows by a row."""

import csv
from pathlib import Path


def append_row(path: Path, row: dict[str, float]) -> None:
    """Appends to a CSV file, with its head where it is new."""
    new = not path.exists()
    with path.open("a", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        if new:
            writer.writeheader()
        writer.writerow(row)
