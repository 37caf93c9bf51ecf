"""Trains the arranger on one processor thread; stopped and started again, it goes on from its last checkpoint."""

import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from songleaf_models.arranger.batches import Augmentation, take_batch
from songleaf_models.arranger.loss import Weights, measure_loss
from songleaf_models.arranger.network import Arranger
from songleaf_models.arranger.songs import SongRows, prepare_songs
from songleaf_models.arranger.validate import validate
from songleaf_models.curves import append_row
from songleaf_models.melody.features import song_number
from songleaf_models.places import CACHE_DIR, MODELS_DIR, TRAIN_DIR, WHOLE_DIR

CONFIG = MODELS_DIR / "configs" / "arranger.toml"
RUN_DIR = CACHE_DIR / "arranger"
"""Analyses, rows, checkpoints and curves."""
ANALYSES = RUN_DIR / "analyses"
CHECKPOINT = "last.pt"
CLEAR = 0.4
REFRESH = 400
"""Seconds after which new analyses and renders are looked for while training goes on."""


@dataclass(frozen=True)
class Config:
    """`configs/arranger.toml`."""

    seed: int
    steps: int  # of training
    batch: int
    length: int  # steps of the grid in a crop
    warmup: int
    learning_rate: float
    weight_decay: float
    average: float  # share of the weights so far that the averaged ones keep at each step
    halves: bool
    every: int
    validation: int
    weights: Weights
    augmentation: Augmentation


def read_config(path: Path = CONFIG) -> Config:
    """Raises TypeError where a field is missing or unknown."""
    content = tomllib.loads(path.read_text())
    content["augmentation"] = Augmentation(**content["augmentation"])
    content["weights"] = Weights(**content["weights"])
    return Config(**content)


def rate_at(step: int, config: Config) -> float:
    """Linear warm-up, then a cosine to 0."""
    if step < config.warmup:
        return config.learning_rate * (step + 1) / config.warmup
    share = (step - config.warmup) / max(1, config.steps - config.warmup)
    return config.learning_rate * 0.5 * (1 + float(np.cos(np.pi * min(1.0, share))))


def split_songs(songs: list[SongRows], config: Config) -> tuple[list[SongRows], list[SongRows]]:
    """Songs to train on; songs to validate on, as far as the piano is heard in them."""
    held = [song for song in songs if song_number(song.name) % 20 == config.validation and song.clear >= CLEAR]
    kept = [song for song in songs if song_number(song.name) % 20 != config.validation]
    return kept, held


class Run:
    """A network in training, its weights averaged over steps, and where it stands."""

    def __init__(self, folder: Path, config: Config) -> None:
        self.folder = folder
        torch.manual_seed(config.seed)
        self.network = Arranger().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.averaged = Arranger().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.averaged.load_state_dict(self.network.state_dict())
        self.optimiser = torch.optim.AdamW(
            self.network.parameters(), config.learning_rate, weight_decay=config.weight_decay
        )
        self.step = 0
        if (folder / CHECKPOINT).exists():
            state = torch.load(folder / CHECKPOINT, weights_only=True)
            self.network.load_state_dict(state["network"])
            self.averaged.load_state_dict(state["averaged"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.step = state["step"]

    @torch.no_grad()
    def average(self, keep: float) -> None:
        """Moves the averaged weights towards the present ones, faster at the start."""
        keep = min(keep, (1 + self.step) / (10 + self.step))
        for mean, value in zip(self.averaged.state_dict().values(), self.network.state_dict().values(), strict=True):
            if mean.dtype.is_floating_point:
                mean.lerp_(value, 1 - keep)
            else:
                mean.copy_(value)

    def save(self) -> None:
        """Written whole or not at all."""
        temporary = self.folder / "next.tmp"
        state = {name: getattr(self, name).state_dict() for name in ("network", "averaged", "optimiser")}
        torch.save({**state, "step": self.step}, temporary)
        temporary.replace(self.folder / CHECKPOINT)


def train(
    source: Path = TRAIN_DIR,
    folder: Path = RUN_DIR,
    config: Config | None = None,
    until: int | None = None,
    whole: Path = WHOLE_DIR,
) -> Arranger:
    """Trains to the last step, or `until` an earlier one; returns the averaged network.

    Raises ValueError where `source` holds nothing to train on.
    """
    config = config or read_config()
    last = config.steps if until is None else until
    torch.set_num_threads(1)
    folder.mkdir(parents=True, exist_ok=True)
    run = Run(folder, config)
    sources = (source, folder / "renders", folder / "lieder", whole)
    songs, held = split_songs(prepare_songs(sources, folder / "analyses", folder / "songs"), config)
    if not songs:
        raise ValueError(f"{source} holds no renders with evidence to train on")
    print(f"{len(songs)} songs, {len(held)} for validation, from step {run.step}", flush=True)
    means: dict[str, float] = {}
    began = time.process_time()
    looked = time.monotonic()
    while run.step < last:
        if time.monotonic() - looked > REFRESH:
            songs, held = split_songs(prepare_songs(sources, folder / "analyses", folder / "songs"), config)
            looked = time.monotonic()
        # Each step has a random state of its own, so that going on equals never having stopped.
        rng = np.random.default_rng((config.seed, run.step))
        torch.manual_seed(config.seed * 1_000_003 + run.step)
        batch = take_batch(songs, config.batch, config.length, config.augmentation, rng)
        for group in run.optimiser.param_groups:
            group["lr"] = rate_at(run.step, config)
        loss, parts = measure_loss(run.network, batch, config.weights, config.halves)
        run.optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(run.network.parameters(), 1.0)
        run.optimiser.step()
        run.step += 1
        run.average(config.average)
        for name, value in parts.items():
            means[name] = means.get(name, value) * 0.98 + value * 0.02
        if run.step % config.every == 0 or run.step == last:
            run.save()
            figures = {
                f"{view}_{name}": value
                for view in sorted({song.view for song in held})
                for name, value in validate(run.averaged, [song for song in held if song.view == view]).items()
            }
            row = {"step": run.step, "cpu": time.process_time() - began, **means, **figures}
            append_row(folder / "curves.csv", {name: round(value, 4) for name, value in row.items()})
            print(" ".join(f"{name} {value:.3f}" for name, value in row.items()), flush=True)
    return run.averaged
