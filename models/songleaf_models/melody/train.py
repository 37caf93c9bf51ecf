"""Trains the melody network on one processor thread; stopped and started again, it goes on from its last checkpoint."""

import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from songleaf_models.curves import append_row
from songleaf_models.melody.augment import Augmentation, take_batch, take_crop
from songleaf_models.melody.features import Batch, SongRows, pool_labels, prepare_songs, song_number
from songleaf_models.melody.network import POOL, REST, MelodyNetwork
from songleaf_models.places import CACHE_DIR, MODELS_DIR, TRAIN_DIR

CONFIG = MODELS_DIR / "configs" / "melody.toml"
RUN_DIR = CACHE_DIR / "melody"
"""Stacked songs, checkpoints and curves."""
CHECKPOINT = "last.pt"
INPUTS = ("contour", "note", "onset", "frame")
REFRESH = 600
"""Seconds after which new renders are looked for while training goes on."""


@dataclass(frozen=True)
class Config:
    """`configs/melody.toml`."""

    seed: int
    frames: int
    batch: int
    steps: int
    warmup: int
    learning_rate: float
    weight_decay: float
    onset_weight: float
    sung_weight: float
    every: int
    validation: int
    augmentation: Augmentation


def read_config(path: Path = CONFIG) -> Config:
    """Raises TypeError where a field is missing or unknown."""
    content = tomllib.loads(path.read_text())
    content["augmentation"] = Augmentation(**content["augmentation"])
    return Config(**content)


def measure_loss(network: MelodyNetwork, batch: Batch, config: Config) -> tuple[Tensor, dict[str, float]]:
    """Loss to descend and its parts."""
    planes = [torch.from_numpy(batch.planes[name]) for name in INPUTS]
    pitch, onset, sung = network(*planes)
    heard = F.cross_entropy(pitch.flatten(0, 1), torch.from_numpy(batch.pitch).flatten(), ignore_index=-1)
    begins = F.binary_cross_entropy_with_logits(onset, torch.from_numpy(batch.onset), reduction="none").sum(-1).mean()
    who = torch.from_numpy(batch.sung)
    known = who >= 0
    singing = (
        F.binary_cross_entropy_with_logits(sung[known], who[known].float()) if bool(known.any()) else sung.sum() * 0
    )
    total = heard + config.onset_weight * begins + config.sung_weight * singing
    return total, {"pitch": float(heard.detach()), "onset": float(begins.detach()), "sung": float(singing.detach())}


@torch.no_grad()
def validate(network: MelodyNetwork, songs: list[SongRows], voice: bool) -> dict[str, float]:
    """Frame accuracies over whole songs, with the voice plane as it is or without.

    Raw pitch and chroma where the melody sounds, false alarms where it rests, sung or played where that is known.
    """
    network.eval()
    how = Augmentation(0, 0.0, 0.0, 0.0 if voice else 1.1, 0.0, 0.0)
    random = np.random.default_rng(0)
    raw, chroma, alarm, right = [], [], [], []
    for song in songs:
        planes, labels = take_crop(song, 0, len(song.rows) - len(song.rows) % POOL, how, random)
        pitch, _, sung = pool_labels(labels)
        answer, _, singing = network(*(torch.from_numpy(planes[name][None]) for name in INPUTS))
        found = answer[0].argmax(-1).numpy()
        sounds, rests, known = (pitch >= 0) & (pitch < REST), pitch == REST, sung >= 0
        if sounds.any():
            raw.append((found == pitch)[sounds].mean())
            chroma.append(((found % 12 == pitch % 12) & (found < REST))[sounds].mean())
        if rests.any():
            alarm.append((found < REST)[rests].mean())
        if known.any():
            right.append(((singing[0].numpy() > 0) == (sung > 0))[known].mean())
    network.train()
    figures = {"raw": raw, "chroma": chroma, "alarm": alarm, "sung": right}
    return {name: float(np.mean(values)) if values else float("nan") for name, values in figures.items()}


def rate_at(step: int, config: Config) -> float:
    """Linear warm-up, then a cosine to 0."""
    if step < config.warmup:
        return config.learning_rate * (step + 1) / config.warmup
    share = (step - config.warmup) / max(1, config.steps - config.warmup)
    return config.learning_rate * 0.5 * (1 + float(np.cos(np.pi * min(1.0, share))))


def split_songs(songs: list[SongRows], config: Config) -> tuple[list[SongRows], list[SongRows]]:
    """Songs to train on, songs to validate on."""
    held = [song for song in songs if song_number(song.name) % 20 == config.validation]
    kept = [song for song in songs if song_number(song.name) % 20 != config.validation]
    return kept, held


def save_checkpoint(run: Path, network: MelodyNetwork, optimiser: torch.optim.Optimizer, step: int) -> None:
    """Written whole or not at all."""
    temporary = run / "next.tmp"
    torch.save({"network": network.state_dict(), "optimiser": optimiser.state_dict(), "step": step}, temporary)
    temporary.replace(run / CHECKPOINT)


def train(
    source: Path = TRAIN_DIR, run: Path = RUN_DIR, config: Config | None = None, until: int | None = None
) -> MelodyNetwork:
    """Trains to the last step, or `until` an earlier one; reads renders from `source`, keeps everything in `run`."""
    config = config or read_config()
    last = config.steps if until is None else until
    torch.set_num_threads(1)
    torch.manual_seed(config.seed)
    network = MelodyNetwork().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    optimiser = torch.optim.AdamW(network.parameters(), config.learning_rate, weight_decay=config.weight_decay)
    step = 0
    run.mkdir(parents=True, exist_ok=True)
    if (run / CHECKPOINT).exists():
        state = torch.load(run / CHECKPOINT, weights_only=True)
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        step = state["step"]
    songs, held = split_songs(prepare_songs(source, run / "songs"), config)
    if not songs:
        raise ValueError(f"{source} holds no renders with evidence to train on")
    looked = time.monotonic()
    print(f"{len(songs)} songs, {len(held)} for validation, from step {step}", flush=True)
    means: dict[str, float] = {}
    began = time.process_time()
    while step < last:
        if time.monotonic() - looked > REFRESH:
            songs, held = split_songs(prepare_songs(source, run / "songs"), config)
            looked = time.monotonic()
        # Each step has a random state of its own, so that going on equals never having stopped.
        random = np.random.default_rng((config.seed, step))
        torch.manual_seed(config.seed * 1_000_003 + step)
        batch = take_batch(songs, config.batch, config.frames, config.augmentation, random)
        for group in optimiser.param_groups:
            group["lr"] = rate_at(step, config)
        loss, parts = measure_loss(network, batch, config)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        step += 1
        for name, value in parts.items():
            means[name] = means.get(name, value) * 0.98 + value * 0.02
        if step % config.every == 0 or step == last:
            save_checkpoint(run, network, optimiser, step)
            figures = {f"{name}_voice": value for name, value in validate(network, held, True).items()}
            figures |= validate(network, held, False)
            row = {"step": step, "songs": len(songs), "cpu": time.process_time() - began, **means, **figures}
            append_row(run / "curves.csv", {name: round(value, 4) for name, value in row.items()})
            print(" ".join(f"{name} {value:.3f}" for name, value in row.items()), flush=True)
    return network
