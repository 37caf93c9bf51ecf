"""Prints and writes figures: rows of means with intervals, and every song's own."""

import csv
import json
import math
from collections.abc import Sequence
from pathlib import Path

from songleaf_models.evaluate.bootstrap import Estimate, estimate

Figures = dict[str, float]
"""Figures of a song by their names."""
Row = dict[str, Figures]
"""Figures of each song by its name."""


def format_table(title: str, columns: Sequence[str], rows: dict[str, Row]) -> str:
    """Markdown; rows that have none of the columns are left out, '' where there are none at all."""
    lines = []
    for name, songs in rows.items():
        estimates = [estimate([figures.get(column, math.nan) for figures in songs.values()]) for column in columns]
        if any(found.n for found in estimates):
            n = max(found.n for found in estimates)
            lines.append(f"| {name} | {n} | " + " | ".join(_format(found, n) for found in estimates) + " |")
    if not lines:
        return ""
    head = f"| {title} | n | " + " | ".join(columns) + " |"
    return "\n".join([head, "|---" * (len(columns) + 2) + "|", *lines])


def _format(found: Estimate, usual: int) -> str:
    if found.n == 0:
        return ""
    told = "" if found.n == usual else f", n {found.n}"
    return f"{found.mean:.3f} ({found.low:.3f}-{found.high:.3f}{told})"


def write_csv(rows: dict[str, Row], columns: Sequence[str], path: Path) -> None:
    """One line a row and song."""
    temporary = path.with_suffix(".tmp")
    with temporary.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["row", "song", *columns])
        for name, songs in rows.items():
            for song, figures in songs.items():
                values = [f"{figures[column]:.4f}" if column in figures else "" for column in columns]
                writer.writerow([name, song, *values])
    temporary.replace(path)


def write_json(rows: dict[str, Row], columns: Sequence[str], path: Path) -> None:
    """{row: {column: {mean, low, high, n}}} and every song's figures under `songs`."""
    content = {
        name: {
            "means": {
                column: found._asdict()
                for column in columns
                if (found := estimate([figures.get(column, math.nan) for figures in songs.values()])).n
            },
            "songs": songs,
        }
        for name, songs in rows.items()
    }
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(content, indent=1))
    temporary.replace(path)
