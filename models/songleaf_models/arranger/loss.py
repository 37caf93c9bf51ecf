"""What training descends: how badly the notes that are hidden are told."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from songleaf_models.arranger.batches import PLACE, Batch
from songleaf_models.arranger.network import LATENT, Answer, Arranger

PASSAGE = 128
"""Steps that share a latent: eight bars of 16ths in 4/4."""


@dataclass(frozen=True)
class Weights:
    """Of the parts of the loss; bridge notes are rare, so they count more."""

    melody: float = 0.5
    bridge: float = 2.0
    piano: float = 1.0
    hold: float = 0.25
    velocity: float = 3.0
    latent: float = 1.0


def draw_style(network: Arranger, batch: Batch) -> tuple[Tensor, Tensor]:
    """Style `[B, T, STYLE]` with the latent of each passage drawn from its notes, and what the latent costs in nats."""
    count, length = batch.inside.shape
    passages = length // PASSAGE
    rolls = batch.targets[:, 1:].reshape(count, 3, passages, PASSAGE, -1).transpose(1, 2).flatten(0, 1)
    place = (batch.step[..., PLACE] / 255).reshape(count * passages, PASSAGE, -1)
    mean, spread = network.style(rolls, place)
    latent = mean + torch.randn_like(mean) * spread.exp()
    told = batch.tell_style[:, None, None]
    nats = 0.5 * (mean**2 + (2 * spread).exp() - 2 * spread - 1).sum(-1).reshape(count, passages)
    spelled = (latent.reshape(count, passages, LATENT) * told).repeat_interleave(PASSAGE, 1)
    flags = told.expand(count, length, 1)
    settings = batch.settings[:, None].expand(count, length, -1)
    return torch.cat([settings, spelled, flags], -1), (nats * batch.tell_style[:, None]).mean() / PASSAGE


def tell_nothing(batch: Batch) -> Tensor:
    """Style without settings and latent."""
    from songleaf_models.arranger.network import STYLE

    return torch.zeros(*batch.inside.shape, STYLE)


def measure_loss(network: Arranger, batch: Batch, weights: Weights, halves: bool) -> tuple[Tensor, dict[str, float]]:
    """Loss to descend, nats a step, and its parts; with `halves` most of the network computes in bfloat16."""
    style, cost = draw_style(network, batch)
    with torch.autocast("cpu", torch.bfloat16, enabled=halves):
        answer = network(batch.heard, batch.melody, batch.step, style, batch.settled, batch.visible)
    answer = Answer(*(part.float() for part in answer))
    steps = batch.inside.sum()
    inside = batch.inside[..., None]
    hidden = inside * (1 - batch.visible)
    # What little is hidden counts as much as a whole crop that is.
    rarity = inside.expand_as(hidden).sum((1, 2)) / hidden.sum((1, 2)).clamp(min=88)
    hidden = hidden * rarity[:, None, None].clamp(max=4)

    def differ(logits: Tensor, index: int, where: Tensor) -> Tensor:
        lost = functional.binary_cross_entropy_with_logits(logits, batch.targets[:, index], reduction="none")
        return (lost * where).sum() / steps

    # 0: not known.
    struck = batch.targets[:, :3].amax(1) * inside * (batch.velocity > 0)
    parts = {
        "melody": differ(answer.melody, 0, inside),
        "bridge": differ(answer.bridge, 1, hidden),
        "piano": differ(answer.piano, 2, hidden),
        "hold": differ(answer.hold, 3, inside),
        "velocity": ((answer.velocity - batch.velocity) ** 2 * struck).sum() / struck.sum().clamp(min=1),
        "latent": cost,
    }
    total = torch.stack([getattr(weights, name) * part for name, part in parts.items()]).sum()
    return total, {name: float(part.detach()) for name, part in parts.items()}
