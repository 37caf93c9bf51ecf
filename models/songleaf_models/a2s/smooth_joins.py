"""Chooses bars of overlapping windows so that the song goes over from window to window where they agree best."""

from collections.abc import Sequence

import numpy as np

from songleaf_models.a2s.grid import BEATS, STEPS_A_BEAT
from songleaf_models.a2s.windows import Window


def smooth_joins(windows: Sequence[Window], rolls: np.ndarray, bars: Sequence[tuple[int, int]]) -> list[Window]:
    """Windows laid for `first-bar` with other bars kept, in the same order; some keep nothing.

    Each bar is heard as the first of its own window or as the second of the window before: the path of least
    disagreement over all bars (Viterbi), counted in shares of notes not in common. `rolls` are [W, 32, 128]; bars that
    no single window holds are left as they are.
    """
    own = [_find_whole(windows, bar) for bar in bars]
    heard = [
        [_hear(windows, rolls, own[by], bars[bar]) if by >= 0 else None for by in (bar, bar - 1)]
        for bar in range(len(bars))
    ]

    def differ(bar: int) -> float:
        """Of a bar as its own window and the window before have it."""
        one, other = heard[bar]
        if one is None or other is None:
            return 1.0
        either = len(one | other)
        return 1 - len(one & other) / either if either else 0.0

    costs = [0.0, float("inf")]
    steps = [(0, 0)]
    for bar in range(1, len(bars)):
        change = differ(bar)
        behind = differ(bar - 1) if bar > 1 else float("inf")
        # Behind a second bar only a window that begins here, or the one that began with that bar, can go on.
        to_own = costs[0] + change, costs[1] + (behind + change) / 2
        to_before = (costs[0], costs[1] + behind) if heard[bar][1] is not None else (float("inf"), float("inf"))
        best = int(to_own[1] < to_own[0]), int(to_before[1] < to_before[0])
        steps.append(best)
        costs = [to_own[best[0]], to_before[best[1]]]
    state = int(costs[1] < costs[0])
    kept: dict[int, tuple[int, int]] = {}
    for bar in range(len(bars) - 1, -1, -1):
        by = bar - state
        kept[by] = (bar, kept[by][1] if by in kept else bar)
        state = steps[bar][state]
    choice: dict[int, Window] = {}
    for bar, index in enumerate(own):
        if index is None:
            continue
        first, last = kept.get(bar, (bar, bar))
        window = windows[index]
        end = bars[last][1] if bar in kept else window.keep_from
        start = bars[first][0] if bar in kept else window.keep_from
        choice[index] = Window(window.first, start, end)
    return [choice.get(index, window) for index, window in enumerate(windows)]


def _find_whole(windows: Sequence[Window], bar: tuple[int, int]) -> int | None:
    """The window that keeps a bar, where it keeps all of it."""
    for index, window in enumerate(windows):
        if window.keep_from == bar[0]:
            return index if window.keep_to == bar[1] else None
    return None


def _hear(
    windows: Sequence[Window], rolls: np.ndarray, index: int | None, bar: tuple[int, int]
) -> set[tuple[int, int]] | None:
    """Steps and pitches of a bar as a window has them; None where it does not hold it whole."""
    if index is None or bar[1] - windows[index].first > BEATS:
        return None
    first = windows[index].first
    steps, pitches = np.nonzero(rolls[index])
    inside = (steps >= STEPS_A_BEAT * (bar[0] - first)) & (steps < STEPS_A_BEAT * (bar[1] - first))
    return set(zip((steps[inside] + STEPS_A_BEAT * first).tolist(), pitches[inside].tolist(), strict=True))
