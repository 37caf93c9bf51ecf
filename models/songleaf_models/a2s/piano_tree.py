"""The tensor that the decoder learns to write: a list of notes a step (Wang et al., PianoTree VAE, ISMIR 2020).

Of 16 slots a step the first is SOS, then come at most 14 notes, then EOS, then PAD. A slot holds six integers: pitch
(0 to 127, SOS, EOS, PAD) and duration - 1 in five bits, most significant first; 2 stands for no duration.
"""

from typing import Literal

import numpy as np

from songleaf_models.a2s.grid import PITCHES, STEPS

SOS, EOS, PAD = 128, 129, 130
SLOTS = 16
MOST_NOTES = SLOTS - 2
BITS = 5
LONGEST = 1 << BITS
NO_DURATION = 2
Order = Literal["pitch", "lead-first"]
"""Of the notes of a step: by pitch, lowest first, or the bridge's before the piano's as in the published code."""

_SHIFTS = np.arange(BITS - 1, -1, -1)


def encode_tree(piano: np.ndarray, bridge: np.ndarray, order: Order = "pitch") -> np.ndarray:
    """[..., 32, 16, 6] uint8 of two piano rolls [..., 32, 128] that hold durations in steps (0: no onset).

    A pitch in both rolls becomes one note, with the longer duration. Notes beyond 14 of a step are left out: the
    highest of the piano's with `lead-first`, the highest of all with `pitch`.
    """
    lead = piano.shape[:-2]
    piano, bridge = piano.reshape(-1, STEPS, PITCHES), bridge.reshape(-1, STEPS, PITCHES)
    durations = np.minimum(np.maximum(piano, bridge), LONGEST)
    where, steps, pitches = np.nonzero(durations)
    if order == "lead-first":
        follows = bridge[where, steps, pitches] == 0
        sorting = np.lexsort((pitches, follows, steps, where))
        where, steps, pitches = where[sorting], steps[sorting], pitches[sorting]
    rows = where * STEPS + steps
    counts = np.bincount(rows, minlength=len(piano) * STEPS)
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    slots = np.arange(len(rows)) - starts[rows] + 1
    kept = slots <= MOST_NOTES
    where, steps, pitches, slots = where[kept], steps[kept], pitches[kept], slots[kept]
    tree = np.full((len(piano), STEPS, SLOTS, 1 + BITS), NO_DURATION, np.uint8)
    tree[..., 0] = PAD
    tree[..., 0, 0] = SOS
    tree[where, steps, slots, 0] = pitches
    bits = ((durations[where, steps, pitches].astype(int) - 1)[:, None] >> _SHIFTS) & 1
    tree[where, steps, slots, 1:] = bits
    ends = np.minimum(counts, MOST_NOTES).reshape(len(piano), STEPS) + 1
    grid = np.indices(ends.shape)
    tree[grid[0], grid[1], ends, 0] = EOS
    return tree.reshape(*lead, STEPS, SLOTS, 1 + BITS)


def decode_tree(tree: np.ndarray) -> np.ndarray:
    """[..., 32, 128] uint8 durations of a tree [..., 32, 16, 6]; what follows a step's first EOS does not count."""
    lead = tree.shape[:-3]
    flat = tree.reshape(-1, STEPS, tree.shape[-2], 1 + BITS)
    pitches = flat[..., 0].astype(int)
    ended = np.cumsum(pitches == EOS, axis=-1) > 0
    where, steps, slots = np.nonzero((pitches < PITCHES) & ~ended)
    bits = flat[where, steps, slots, 1:].astype(int)
    durations = ((bits == 1) << _SHIFTS).sum(-1) + 1
    roll = np.zeros((len(flat), STEPS, PITCHES), np.uint8)
    np.maximum.at(roll, (where, steps, pitches[where, steps, slots]), durations.astype(np.uint8))
    return roll.reshape(*lead, STEPS, PITCHES)


def count_notes(tree: np.ndarray) -> np.ndarray:
    """[..., 32] notes a step."""
    return (tree[..., 0] < PITCHES).sum(-1)
