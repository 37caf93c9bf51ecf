"""Windows of eight beats over a song, and the bars that are kept of them.

`first-bar` keeps the first bar of a window a bar, `two-bar` both bars of a window every two bars, as the published code
has them under names that say the opposite of what they do; `smooth` chooses among the windows of `first-bar`
(`smooth_joins.py`).
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from songleaf_models.a2s.grid import BEATS

Assembly = Literal["first-bar", "two-bar", "smooth"]


@dataclass(frozen=True)
class Window:
    """Eight beats from beat `first` (before 0: with a pickup) of which [keep_from, keep_to) are kept, all in beats."""

    first: int
    keep_from: int
    keep_to: int


def list_bars(positions: Sequence[int]) -> list[tuple[int, int]]:
    """First beat and past-the-last beat of every bar; what comes before the first downbeat is a bar too."""
    downbeats = [index for index, position in enumerate(positions) if position == 1]
    borders = sorted({0, *downbeats, len(positions)})
    return list(itertools.pairwise(borders))


def plan_windows(positions: Sequence[int], assembly: Assembly) -> list[Window]:
    """Windows in order that keep every beat once, whatever the bars' lengths; a pickup lies at the end of its bar."""
    bars = list_bars(positions)
    windows: list[Window] = []
    index = 0
    while index < len(bars):
        start, end = bars[index]
        index += 1
        if start == 0 and positions and positions[0] != 1:
            length = -(-(end - start) // 4) * 4
            windows += [
                Window(first, max(first, 0), min(first + BEATS, end)) for first in range(end - length, end, BEATS)
            ]
            continue
        joined = assembly == "two-bar" and index < len(bars) and bars[index][1] - start <= BEATS
        if joined:
            end = bars[index][1]
            index += 1
        windows += [Window(first, first, min(first + BEATS, end)) for first in range(start, end, BEATS)]
    return windows
