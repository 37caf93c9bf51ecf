"""Grid note F on whole songs: pitch and step equal."""

from collections.abc import Sequence

import numpy as np
import torch

from songleaf_models.arranger.batches import change_crop, gather
from songleaf_models.arranger.loss import tell_nothing
from songleaf_models.arranger.network import Arranger
from songleaf_models.arranger.songs import SongRows

THRESHOLDS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
RAW = 128
"""Onset posterior from which the raw transcription has a note: Basic Pitch's own 0.5."""


def grid_f(found: np.ndarray, true: np.ndarray) -> float:
    """F-measure of two boolean rolls; NaN where there is nothing to find."""
    total = int(true.sum())
    return float(2 * (found & true).sum() / (found.sum() + total)) if total > 0 else float("nan")


@torch.no_grad()
def validate(network: Arranger, songs: Sequence[SongRows]) -> dict[str, float]:
    """Means over songs, one at least, with nothing told: all notes, piano with bridge, melody, bridge; the raw onsets.

    The threshold is the best one of `THRESHOLDS` for piano with bridge; the other roles have the same.
    """
    network.eval()
    rng = np.random.default_rng(0)
    rows: dict[str, list[list[float]]] = {name: [] for name in ("all", "accompaniment", "melody", "bridge", "raw")}
    for song in songs:
        batch = gather([change_crop(np.asarray(song.rows), None, rng)])
        answer = network(batch.heard, batch.melody, batch.step, tell_nothing(batch), batch.settled * 0, batch.visible)
        melody, bridge, piano = (torch.sigmoid(part)[0].numpy() for part in answer[:3])
        both = 1 - (1 - bridge) * (1 - piano)
        targets = batch.targets[0].numpy() > 0
        accompaniment = targets[1] | targets[2]
        raw = batch.heard[0, :, :88].numpy() >= RAW
        found: dict[str, list[float]] = {name: [] for name in rows}
        for threshold in THRESHOLDS:
            found["all"].append(grid_f((both > threshold) | (melody > threshold), accompaniment | targets[0]))
            found["accompaniment"].append(grid_f(both > threshold, accompaniment))
            found["melody"].append(grid_f(melody > threshold, targets[0]))
            found["bridge"].append(grid_f(bridge > threshold, targets[1]))
            found["raw"].append(grid_f(raw, accompaniment | targets[0]))
        for name, values in found.items():
            rows[name].append(values)
    network.train()
    means = {name: np.nanmean(np.array(values), 0) for name, values in rows.items()}
    best = int(means["accompaniment"].argmax())
    return {"threshold": THRESHOLDS[best], **{name: float(values[best]) for name, values in means.items()}}
