"""Training of a small network whose running mean is used in the end; stopped at any time, it goes on exactly."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np
import torch
from torch import Tensor, nn

from songleaf_models.curves import append_row

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

N = TypeVar("N", bound=nn.Module)


@dataclass(frozen=True)
class Course:
    """How weights are learnt; the rate rises over `warmup` steps and falls as a cosine."""

    steps: int
    rate: float
    warmup: int = 100
    decay: float = 1e-2
    average: float = 0.995  # of the weights, that are used in the end
    save_seconds: float = 120
    measure_steps: int = 250
    seed: int = 1


class AveragedTraining(Generic[N]):
    """Network, optimiser and running mean of the weights, saved and restored as one."""

    def __init__(self, make: Callable[[], N], shape: "DataclassInstance", course: Course, folder: Path) -> None:
        torch.manual_seed(course.seed)
        self.shape, self.course, self.folder, self.step = asdict(shape), course, folder, 0
        self.network, self.averaged = make(), make()
        self.averaged.load_state_dict(self.network.state_dict())
        self.optimiser = torch.optim.AdamW(self.network.parameters(), course.rate, weight_decay=course.decay)

    def rate_at(self, step: int) -> float:
        """Learning rate."""
        course = self.course
        rise = min(1.0, (step + 1) / course.warmup)
        return course.rate * rise * 0.5 * (1 + float(np.cos(np.pi * min(1.0, step / course.steps)))) + 1e-6

    def descend(self, measure_loss: Callable[[N], Tensor]) -> float:
        """One step; returns the loss. What is drawn by chance in it depends on the seed and the step only."""
        torch.manual_seed(self.course.seed * 1_000_003 + self.step)
        for group in self.optimiser.param_groups:
            group["lr"] = self.rate_at(self.step)
        self.network.train()
        loss = measure_loss(self.network)
        self.optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        keep = min(self.course.average, self.step / (self.step + 10))
        with torch.no_grad():
            values = self.network.state_dict().values()
            for mean, value in zip(self.averaged.state_dict().values(), values, strict=True):
                if mean.is_floating_point():
                    mean.lerp_(value, 1 - keep)
                else:
                    mean.copy_(value)
        self.step += 1
        return float(loss.detach())

    def run(self, learn: Callable[[], float], measure: Callable[[N], dict[str, float]]) -> None:
        """Learns to the end of the course; figures of the averaged network go to `curves.csv`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        saved, losses = time.monotonic(), []
        while self.step < self.course.steps:
            losses.append(learn())
            if self.step % self.course.measure_steps == 0 or self.step == self.course.steps:
                row = {"step": self.step, "loss": float(np.mean(losses)), **measure(self.averaged)}
                append_row(self.folder / "curves.csv", {key: round(value, 5) for key, value in row.items()})
                print(row, flush=True)
                losses = []
            if time.monotonic() - saved > self.course.save_seconds:
                self.save()
                saved = time.monotonic()
        self.save()

    def count_parameters(self) -> int:
        """Numbers that are learnt."""
        return sum(parameter.numel() for parameter in self.network.parameters())

    def save(self) -> None:
        """Writes `state.pt` whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        state: dict[str, Any] = {
            "step": self.step,
            "shape": self.shape,
            "network": self.network.state_dict(),
            "averaged": self.averaged.state_dict(),
            "optimiser": self.optimiser.state_dict(),
        }
        temporary = self.folder / "state.part"
        torch.save(state, temporary)
        temporary.replace(self.folder / "state.pt")

    def start_from(self, weights: Path) -> None:
        """Begins with the weights of an earlier run, as `keep_averaged` wrote them. Raises ValueError."""
        content = torch.load(weights, weights_only=True)
        if content["shape"] != self.shape:
            raise ValueError(f"{weights} holds a network of another shape")
        for network in (self.network, self.averaged):
            network.load_state_dict(content["weights"], strict=False)

    def restore(self) -> None:
        """Goes on from `state.pt` if there is one. Raises ValueError if it is of another shape."""
        path = self.folder / "state.pt"
        if not path.exists():
            return
        state = torch.load(path, weights_only=True)
        if state["shape"] != self.shape:
            raise ValueError(f"{path} holds a network of another shape: start with --fresh")
        self.step = state["step"]
        self.network.load_state_dict(state["network"])
        self.averaged.load_state_dict(state["averaged"])
        self.optimiser.load_state_dict(state["optimiser"])


def keep_averaged(state: Path, path: Path) -> None:
    """Writes the averaged weights of a training run's `state.pt`, without what only training needs."""
    content = torch.load(state, weights_only=True)
    values = {name: value for name, value in content["averaged"].items() if not name.endswith("num_batches_tracked")}
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"shape": content["shape"], "weights": values}, path)
