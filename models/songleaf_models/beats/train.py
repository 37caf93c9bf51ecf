"""Trains the network on one processor core; stopped at any time, it goes on exactly where it saved last.

python -m songleaf_models.beats.train [--config configs/beats.toml] [--start beats/pulse.pt] [--fresh]
"""

import argparse
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from songleaf_models.averaged_training import AveragedTraining, Course
from songleaf_models.beats.clips import Augmentation, Clip, augment, read_clips, whole
from songleaf_models.beats.network import HEADS, PulseNet, Shape
from songleaf_models.beats.score import score_frames
from songleaf_models.data.pop909 import find_split
from songleaf_models.places import CACHE_DIR, MODELS_DIR, TRAIN_DIR, WHOLE_DIR

HEAD_WEIGHTS = (1.0, 1.0, 0.1, 0.1)


@dataclass(frozen=True)
class Schedule(Course):
    """One step is one batch of clips of `length` frames."""

    steps: int = 4000
    batch: int = 4
    length: int = 2560
    rate: float = 3e-3
    heard_share: float = 0.6  # of the examples, of clips that all networks listened to


@dataclass(frozen=True)
class Config:
    """`configs/beats.toml`."""

    shape: Shape
    augmentation: Augmentation
    schedule: Schedule


def read_config(path: Path) -> Config:
    """Raises TypeError on a name that is not known."""
    content = tomllib.loads(path.read_text())
    return Config(
        Shape(**content.get("shape", {})),
        Augmentation(**content.get("augmentation", {})),
        Schedule(**content.get("schedule", {})),
    )


def is_held_out(name: str) -> bool:
    """Songs of the split `tune` are never trained on: constants are tuned on them.

    Raises ValueError for songs of the sets that measure.
    """
    number = re.search(r"\d+", name)
    split = "train" if number is None else find_split(int(number[0]))
    if split not in ("train", "tune"):
        raise ValueError(f"{name} must not be trained on")
    return split == "tune"


def measure_loss(logits: Tensor, targets: Tensor, weights: Tensor) -> Tensor:
    """Weighted cross-entropy, each head's mean by its weight; [B, 4, T] each."""
    loss = functional.binary_cross_entropy_with_logits(logits, targets, reduction="none") * weights
    each = loss.sum((0, 2)) / weights.sum((0, 2)).clamp(min=1)
    return (each * torch.tensor(HEAD_WEIGHTS)).sum()


def make_batch(clips: list[Clip], others: Sequence[Clip], config: Config, step: int) -> tuple[Tensor, Tensor, Tensor]:
    """The batch of a step: it depends on the seed and the step only. `others`: heard by the transcriber alone."""
    schedule = config.schedule
    rng = np.random.default_rng([schedule.seed, step])
    examples = []
    for _ in range(schedule.batch):
        source = clips if not others or rng.random() < schedule.heard_share else others
        examples.append(augment(source[int(rng.integers(len(source)))], config.augmentation, schedule.length, rng))
    return (
        torch.from_numpy(np.stack([example.features for example in examples])),
        torch.from_numpy(np.stack([example.targets for example in examples])),
        torch.from_numpy(np.stack([example.weights for example in examples])),
    )


class Trainer(AveragedTraining[PulseNet]):
    """The training of one configuration."""

    def __init__(self, config: Config, folder: Path) -> None:
        super().__init__(lambda: PulseNet(config.shape), config.shape, config.schedule, folder)
        self.config = config

    def learn(self, clips: list[Clip], others: Sequence[Clip] = ()) -> float:
        """One step; returns the loss."""
        features, targets, weights = make_batch(clips, others, self.config, self.step)
        return self.descend(lambda network: measure_loss(network(features), targets, weights))


def measure(network: PulseNet, clips: list[Clip]) -> dict[str, float]:
    """Loss and F-measures of peaks on whole clips, without a decoder."""
    network.eval()
    losses, scores = [], []
    for clip in clips:
        example = whole(clip)
        with torch.no_grad():
            logits = network(torch.from_numpy(example.features)[None])
        targets, weights = torch.from_numpy(example.targets)[None], torch.from_numpy(example.weights)[None]
        losses.append(float(measure_loss(logits, targets, weights)))
        scores.append(score_frames(torch.sigmoid(logits[0]).numpy(), clip))
    beat, downbeat = np.mean(scores, axis=0)
    return {"held_out_loss": float(np.mean(losses)), "beat_f": float(beat), "downbeat_f": float(downbeat)}


def train(
    config: Config, folder: Path, clips: list[Clip], others: list[Clip] | None = None, start: Path | None = None
) -> Trainer:
    """Runs the schedule to its end, from where it was left; curves go to `curves.csv`.

    `others`: clips that only the transcriber heard. `start`: weights to begin with instead of weights drawn by chance.
    """
    held_out = [clip for clip in clips if is_held_out(clip.name)]
    own = [clip for clip in clips if not is_held_out(clip.name)]
    more = [clip for clip in others or [] if not is_held_out(clip.name)]
    hours = sum(clip.features.shape[1] for clip in own + more) / 43.07 / 3600
    trainer = Trainer(config, folder)
    if start:
        trainer.start_from(start)
    trainer.restore()
    print(
        f"{len(own)} + {len(more)} clips ({hours:.1f} h), {len(held_out)} held out;"
        f" {trainer.count_parameters()} parameters; from {trainer.step}",
        flush=True,
    )
    trainer.run(lambda: trainer.learn(own, more), lambda network: measure(network, held_out or own[:20]))
    return trainer


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, default=MODELS_DIR / "configs" / "beats.toml")
    parser.add_argument("--data", type=Path, default=TRAIN_DIR)
    parser.add_argument("--more", type=Path, default=WHOLE_DIR, help="clips that the transcriber alone heard")
    parser.add_argument("--start", type=Path, help="weights of an earlier run to begin with")
    parser.add_argument("--out", type=Path, default=CACHE_DIR / "beats")
    parser.add_argument("--fresh", action="store_true", help="forget what was trained before")
    options = parser.parse_args()
    torch.set_num_threads(1)
    if options.fresh:
        for name in ("state.pt", "curves.csv"):
            (options.out / name).unlink(missing_ok=True)
    clips, others = read_clips(options.data), read_clips(options.more)
    train(read_config(options.config), options.out, clips, others, options.start)
    print(f"heads {HEADS}; export with python -m songleaf_models.beats.export")


if __name__ == "__main__":
    main()
