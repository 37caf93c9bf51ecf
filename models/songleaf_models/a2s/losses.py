"""Losses of a batch, and the latents that each stage learns with."""

import torch
from torch import Tensor
from torch.nn import functional

from songleaf_models.a2s.batches import Batch
from songleaf_models.a2s.networks.arranger import Arranger
from songleaf_models.a2s.networks.chords import ChordLogits
from songleaf_models.a2s.networks.features import read_features
from songleaf_models.a2s.networks.gaussian import Gaussian
from songleaf_models.a2s.networks.texture import keep_some, miss_some, move_keys
from songleaf_models.a2s.networks.tree import TreeLogits
from songleaf_models.a2s.piano_tree import NO_DURATION
from songleaf_models.a2s.schedule import Forcing, Stage

DURATION_WEIGHT = 0.5


def tree_losses(logits: TreeLogits) -> tuple[Tensor, Tensor]:
    """Cross entropy of pitches a slot, and of duration bits a bit."""
    pitch = functional.cross_entropy(logits.pitch.float(), logits.target[:, 0])
    bits = logits.target[:, 1:]
    known = bits != NO_DURATION
    duration = functional.cross_entropy(logits.duration.float()[known], bits[known])
    return pitch, duration


def chord_loss(logits: ChordLogits, chords: Tensor) -> Tensor:
    """Cross entropies of root, pitch classes and bass, each a mean; a beat without chord has neither root nor bass."""
    known = chords[..., :12].sum(-1) > 0
    loss = functional.cross_entropy(logits.chroma.float().flatten(0, 2), chords[..., 12:24].long().flatten())
    if known.any():
        for heard, true in ((logits.root, chords[..., :12]), (logits.bass, chords[..., 24:])):
            loss = loss + functional.cross_entropy(heard.float()[known], true[known].argmax(-1))
    return loss


def feature_loss(answers: Tensor, features: Tensor) -> Tensor:
    """Of bass and lead onset (cross entropy) and intensity (squared error)."""
    answers = answers.float()
    bass, lead = (functional.binary_cross_entropy_with_logits(answers[..., i], features[..., i]) for i in (0, 2))
    return bass + lead + functional.mse_loss(answers[..., 1], features[..., 1])


def draw(posterior: Gaussian | None, sampled: bool) -> Tensor | None:
    """A sample, or the mean."""
    if posterior is None:
        return None
    return posterior.sample() if sampled else posterior.mean


def choose_score(stage: Stage, batch: Batch) -> Tensor | None:
    """What the score-texture encoder reads in a stage: [B, 32, 128]."""
    if stage.kind == "1":
        return batch.piano
    if stage.kind == "2":
        roll = keep_some(batch.piano, stage.keep)
        return move_keys(roll, int(torch.randint(-6, 6, ()))) if stage.move_score else roll
    return batch.previous if stage.kind == "3b" else None


def measure_losses(network: Arranger, batch: Batch, stage: Stage, step: int, forcing: Forcing) -> dict[str, Tensor]:
    """Every loss by its name, and `loss`, their weighted sum."""
    score = choose_score(stage, batch) if network.shape.score else None
    latents = network.encode(batch.chords, miss_some(batch.audio, stage.deafen), score)
    z_chords, z_audio = draw(latents.chords, stage.sampled), draw(latents.audio, stage.sampled)
    assert z_audio is not None
    z_score = draw(latents.score, stage.sampled)
    if network.shape.score and z_score is None:
        z_score = stage.z_score_deviation * torch.randn(len(batch), network.shape.z_score)
    losses: dict[str, Tensor] = {}
    imagined: Tensor | None = None
    if network.feature_decoder is not None:
        answers = network.feature_decoder(z_audio, batch.features, forcing.features)
        losses["features"] = feature_loss(answers, batch.features)
        imagined = read_features(answers)
    z = network.join(z_chords, z_audio, z_score)
    hidden = stage.hide_before, stage.hide_all
    logits = network.tree(z, imagined, batch.tree, forcing.steps, forcing.notes, *hidden)
    losses["pitch"], losses["duration"] = tree_losses(logits)
    total = losses["pitch"] + DURATION_WEIGHT * losses["duration"] + losses.get("features", torch.zeros(()))
    if network.chord_decoder is not None and z_chords is not None:
        losses["chords"] = chord_loss(network.chord_decoder(z_chords, batch.chords, forcing.chords), batch.chords)
        total = total + losses["chords"]
    beta, beta_score = stage.betas_at(step)
    if stage.sampled:
        for name, posterior, weight in (
            ("kl_chords", latents.chords, beta),
            ("kl_audio", latents.audio, beta),
            ("kl_score", latents.score, beta_score),
        ):
            if posterior is not None:
                losses[name] = posterior.divergence()
                total = total + weight * losses[name]
    losses["loss"] = total
    return losses
