"""Trains the network on one processor core; stopped at any time, it goes on exactly where it saved last."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from songleaf_models.averaged_training import AveragedTraining, Course
from songleaf_models.harmony.clips import UNKNOWN, Augmentation, Grid, augment, is_held_out, lay_out, read_grids
from songleaf_models.harmony.network import STATES, VALUES, HarmonyNetwork, Shape
from songleaf_models.places import CACHE_DIR, MODELS_DIR, TRAIN_DIR, WHOLE_DIR

CONFIG = MODELS_DIR / "configs" / "harmony.toml"
RUN_DIR = CACHE_DIR / "harmony"
MINOR = torch.tensor([1, 4, 7, 10, 13, 14, 15])
"""Indices into QUALITIES with a minor third."""


@dataclass(frozen=True)
class Schedule(Course):
    """One step is one batch of `length` half beats."""

    steps: int = 3000
    batch: int = 12
    length: int = 128
    rate: float = 2e-3
    smoothing: float = 0.02
    bass_weight: float = 0.3
    heard_share: float = 0.7  # of the examples that the chord network listened to
    found_share: float = 0.4  # of those that lie on beats as Songleaf finds them


@dataclass(frozen=True)
class Config:
    """`configs/harmony.toml`."""

    shape: Shape
    augmentation: Augmentation
    schedule: Schedule


def read_config(path: Path = CONFIG) -> Config:
    """Raises TypeError on a name that is not known."""
    content = tomllib.loads(path.read_text())
    shape = content.get("shape", {})
    if "dilations" in shape:
        shape["dilations"] = tuple(shape["dilations"])
    return Config(
        Shape(**shape), Augmentation(**content.get("augmentation", {})), Schedule(**content.get("schedule", {}))
    )


@dataclass
class Grids:
    """What is trained on: songs heard wholly on true and on found beats; songs that the transcriber alone heard."""

    heard: list[Grid]
    found: list[Grid]
    notes: list[Grid]


def cut(grid: Grid, config: Config, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """rows [length, VALUES], chords [length], basses [length] of a stretch, filled with nothing."""
    length = config.schedule.length
    first = int(rng.integers(0, max(1, len(grid.rows) - length + 1)))
    part = slice(first, first + length)
    rows = np.zeros((length, VALUES), np.float32)
    chords, basses = np.full(length, UNKNOWN), np.full(length, UNKNOWN)
    own = augment(grid.rows[part], config.augmentation, rng)
    rows[: len(own)], chords[: len(own)], basses[: len(own)] = own, grid.chords[part], grid.basses[part]
    return rows, chords, basses


def make_batch(grids: Grids, config: Config, step: int) -> tuple[Tensor, Tensor, Tensor]:
    """The batch of a step: it depends on the seed and the step only."""
    schedule = config.schedule
    rng = np.random.default_rng([schedule.seed, step])
    examples = []
    for _ in range(schedule.batch):
        source = grids.notes
        if rng.random() < schedule.heard_share or not source:
            source = grids.found if rng.random() < schedule.found_share else grids.heard
        examples.append(cut(source[int(rng.integers(len(source)))], config, rng))
    rows, chords, basses = (torch.from_numpy(np.stack(values)) for values in zip(*examples, strict=True))
    return rows, chords, basses


def measure_loss(logits: tuple[Tensor, Tensor], chords: Tensor, basses: Tensor, schedule: Schedule) -> Tensor:
    """Cross entropy of logits [B, N, STATES] and [B, N, BASSES]."""
    named = F.cross_entropy(
        logits[0].flatten(0, 1), chords.flatten(), ignore_index=UNKNOWN, label_smoothing=schedule.smoothing
    )
    lowest = F.cross_entropy(logits[1].flatten(0, 1), basses.flatten(), ignore_index=UNKNOWN)
    return named + schedule.bass_weight * lowest


def reduce_to_triads(states: Tensor) -> Tensor:
    """12 x family + root of states, 24 for no chord."""
    minor = torch.isin(states // 12, MINOR)
    return torch.where(states == STATES - 1, 24, states % 12 + 12 * minor)


@torch.no_grad()
def measure(network: HarmonyNetwork, grids: list[Grid]) -> dict[str, float]:
    """Cross entropy and shares of half beats with the right root, triad and name, means over songs."""
    network.eval()
    rows = []
    for grid in grids:
        known = torch.from_numpy(grid.chords) != UNKNOWN
        if not bool(known.any()):
            continue
        chords, _ = network(torch.from_numpy(grid.rows)[None])
        truth, told = torch.from_numpy(grid.chords)[known], chords[0][known]
        said = told.argmax(-1)
        triads, true_triads = reduce_to_triads(said), reduce_to_triads(truth)
        roots = torch.where(triads == 24, -1, triads % 12) == torch.where(true_triads == 24, -1, true_triads % 12)
        right = [float(part.float().mean()) for part in (roots, triads == true_triads, said == truth)]
        rows.append([float(F.cross_entropy(told, truth)), *right])
    return dict(zip(("entropy", "root", "majmin", "name"), np.mean(rows, axis=0).tolist(), strict=True))


class Trainer(AveragedTraining[HarmonyNetwork]):
    """The training of one configuration."""

    def __init__(self, config: Config, folder: Path) -> None:
        super().__init__(lambda: HarmonyNetwork(config.shape), config.shape, config.schedule, folder)
        self.config = config

    def learn(self, grids: Grids) -> float:
        """One step; returns the loss."""
        rows, chords, basses = make_batch(grids, self.config, self.step)
        return self.descend(lambda network: measure_loss(network(rows), chords, basses, self.config.schedule))


def train(config: Config, folder: Path = RUN_DIR, train_dir: Path = TRAIN_DIR, whole_dir: Path = WHOLE_DIR) -> Trainer:
    """Runs the schedule to its end, from where it was left; curves go to `curves.csv`."""
    for source in (train_dir, whole_dir):
        lay_out(source)
    heard = read_grids(train_dir)
    held_out = [grid for grid in heard if is_held_out(grid.name)]
    own = [grid for grid in heard if not is_held_out(grid.name)]
    notes = [grid for grid in read_grids(whole_dir) if not is_held_out(grid.name)]
    grids = Grids(
        [grid for grid in own if grid.name.endswith(".true")],
        [grid for grid in own if grid.name.endswith(".found")],
        notes,
    )
    trainer = Trainer(config, folder)
    trainer.restore()
    print(
        f"{len(grids.heard)} songs heard, {len(notes)} of which the notes are known;"
        f" {trainer.count_parameters()} parameters",
        flush=True,
    )
    trainer.run(lambda: trainer.learn(grids), lambda network: measure(network, held_out))
    return trainer
