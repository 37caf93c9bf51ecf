"""Figures on held-out segments while a network is trained."""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from songleaf_models.a2s.batches import Batch, Listen, make_batch
from songleaf_models.a2s.losses import draw, feature_loss, tree_losses
from songleaf_models.a2s.networks.arranger import Arranger
from songleaf_models.a2s.networks.features import read_features
from songleaf_models.a2s.piano_tree import Order, decode_tree
from songleaf_models.a2s.schedule import force_all
from songleaf_models.a2s.store import Store

BATCH = 64
ScoreInput = Callable[[Batch], Tensor | None]


def score_rolls(true: np.ndarray, written: np.ndarray) -> dict[str, float]:
    """F-measures of notes (step and pitch equal) and onsets (step equal) over all rolls [N, 32, 128] together."""
    answers = {}
    for name, reference, found in (("note_f", true > 0, written > 0), ("onset_f", _onsets(true), _onsets(written))):
        both = (reference & found).sum()
        answers[name] = float(2 * both / max(1, reference.sum() + found.sum()))
    answers["density"] = float((written > 0).sum() / max(1, (true > 0).sum()))
    return answers


def _onsets(rolls: np.ndarray) -> np.ndarray:
    return np.any(rolls > 0, axis=-1)


@torch.no_grad()
def validate(
    network: Arranger,
    store: Store,
    order: Order,
    score: ScoreInput | None = None,
    every: int = 1,
    listen: Listen | None = None,
) -> dict[str, float]:
    """Token losses with everything forced, and F-measures of what is written with nothing forced, means as latents.

    `score`: what the score-texture encoder reads; without it z_score is 0, as in use.
    """
    was_training = network.training
    network.eval()
    device = next(network.parameters()).device
    sums: dict[str, float] = {}
    true, written = [], []
    numbers = np.arange(0, len(store), every)
    for first in range(0, len(numbers), BATCH):
        chosen = numbers[first : first + BATCH]
        batch = make_batch(store, chosen, order, previous=score is not None, listen=listen).to(device)
        given = score(batch) if score is not None else None
        for name, value in _force(network, batch, given).items():
            sums[name] = sums.get(name, 0.0) + value * len(batch)
        tree = network.arrange(batch.chords, batch.audio, given, ascending=order == "pitch")
        written.append(decode_tree(tree.cpu().numpy()))
        true.append(decode_tree(batch.tree.cpu().numpy()))
    network.train(was_training)
    means = {name: value / max(1, len(numbers)) for name, value in sums.items()}
    return means | score_rolls(np.concatenate(true), np.concatenate(written)) if true else means


def _force(network: Arranger, batch: Batch, score: Tensor | None) -> dict[str, float]:
    forcing = force_all()
    latents = network.encode(batch.chords, batch.audio, score)
    z_audio = latents.audio.mean
    imagined, losses = None, {}
    if network.feature_decoder is not None:
        answers = network.feature_decoder(z_audio, batch.features, forcing.features)
        losses["features"] = float(feature_loss(answers, batch.features))
        imagined = read_features(answers)
    z = network.join(draw(latents.chords, False), z_audio, draw(latents.score, False))
    pitch, duration = tree_losses(network.tree(z, imagined, batch.tree, forcing.steps, forcing.notes))
    return {**losses, "pitch": float(pitch), "duration": float(duration)}
