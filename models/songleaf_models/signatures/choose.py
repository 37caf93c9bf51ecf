"""Signatures of a song's bars as `key-chain.ts` and `find-keys.ts` choose them, and how many are as printed."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from songleaf_models.signatures.network import SignatureNetwork
from songleaf_models.signatures.songs import SignedSong
from songleaf_models.signatures.train import hear_song

SHORTEST = 8
"""Bars that a signature lasts."""


def choose_signatures(chances: NDArray[np.float32], change: float) -> NDArray[np.int64]:
    """The likeliest chain of signatures (Viterbi), of log-probabilities [bars, 12] and the price of a change."""
    sums = chances[0]
    sources = []
    for row in chances[1:]:
        best = int(sums.argmax())
        changes = sums[best] - change > sums
        sources.append(np.where(changes, best, np.arange(12)))
        sums = np.where(changes, sums[best] - change, sums) + row
    chosen = [int(sums.argmax())]
    for source in reversed(sources):
        chosen.append(int(source[chosen[-1]]))
    return np.array(chosen[::-1])


def keep_lasting(chosen: NDArray[np.int64]) -> NDArray[np.int64]:
    """Short stays become what was before them; the first that lasts also holds for what comes before it."""
    borders = [0, *(np.flatnonzero(np.diff(chosen)) + 1), len(chosen)]
    kept = np.full_like(chosen, -1)
    for begin, end in pairwise(borders):
        if end - begin >= SHORTEST:
            kept[begin:] = chosen[begin]
    lasting = kept[kept >= 0]
    kept[kept < 0] = lasting[0] if len(lasting) else chosen[0]
    return kept


def rate(network: SignatureNetwork, songs: list[SignedSong], change: float) -> tuple[float, float]:
    """Shares of first signatures and of bars' signatures that are as printed."""
    first = bars = 0
    for song in songs:
        equal = keep_lasting(choose_signatures(hear_song(network, song).numpy(), change)) == song.tonics
        first += bool(equal[0])
        bars += int(equal.sum())
    return first / len(songs), bars / sum(len(song.tonics) for song in songs)
