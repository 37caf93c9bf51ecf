"""Trains one stage; stopped at any time, it goes on exactly where it saved last."""

import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch

from songleaf_models.a2s.batches import Listen, choose_segments, draw_shift, make_batch
from songleaf_models.a2s.checkpoint import Account, describe, name_machine, read_checkpoint, write_checkpoint
from songleaf_models.a2s.config import Config
from songleaf_models.a2s.losses import measure_losses
from songleaf_models.a2s.networks.arranger import Arranger
from songleaf_models.a2s.schedule import Stage, draw_forcing
from songleaf_models.a2s.store import Store
from songleaf_models.a2s.world import World

ALONE, PROCESSOR = World(), torch.device("cpu")


class Trainer:
    """Network, optimiser, running mean of the weights and account of a stage, saved and restored as one.

    Everything random of a step depends on the seed, the stage and the step only.
    """

    def __init__(
        self,
        config: Config,
        stage: Stage,
        store: Store,
        folder: Path,
        listen: Listen | None = None,
        world: World = ALONE,
        device: torch.device = PROCESSOR,
    ) -> None:
        self.config, self.stage, self.store, self.listen = config, stage, store, listen
        self.world, self.device = world, device
        self.path = folder / f"{stage.name}.pt"
        self.account = Account()
        # Stages of one system draw different numbers.
        self._seed = [config.settings.seed, sum(stage.name.encode())]
        torch.manual_seed(config.settings.seed)
        self.network = Arranger(config.shape)
        if stage.after is not None:
            self._begin_with(folder / f"{stage.after}.pt")
        self.network.to(device)
        self.averaged = {name: value.clone() for name, value in self.network.state_dict().items()}
        self.optimiser = torch.optim.Adam(self.network.parameters(), stage.rate)
        self._clock = (time.monotonic(), time.process_time())

    def _begin_with(self, path: Path) -> None:
        content = read_checkpoint(path)
        if content["shape"] != asdict(self.config.shape):
            raise ValueError(f"{path} holds a network of another shape")
        self.network.load_state_dict(content["averaged"] or content["network"])

    @property
    def done(self) -> bool:
        """Whether the stage has been trained to its end."""
        return self.account.steps >= self.stage.steps

    def learn(self) -> dict[str, float]:
        """One step; returns its losses."""
        step, settings = self.account.steps, self.config.settings
        rng = np.random.default_rng([*self._seed, 1, step])
        torch.manual_seed(int(rng.integers(1 << 62)) + self.world.rank)
        chosen = choose_segments(len(self.store), self.stage.batch, self._seed, step)
        own, shift, stage = chosen[self.world.rank :: self.world.size], draw_shift(rng), self.stage.draw(rng)
        batch = make_batch(self.store, own, settings.order, shift, stage.kind == "3b", self.listen).to(self.device)
        forcing = draw_forcing(stage, step, rng)
        for group in self.optimiser.param_groups:
            group["lr"] = self.stage.rate_at(step)
        self.network.train()
        with torch.autocast(self.device.type, torch.bfloat16, enabled=settings.bfloat16):
            losses = measure_losses(self.network, batch, stage, step, forcing)
        self.optimiser.zero_grad()
        losses["loss"].backward()  # type: ignore[no-untyped-call]
        self.world.average_gradients(self.network)
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), settings.clip)
        self.optimiser.step()
        self._average(step)
        self.account.steps += 1
        self.account.segments += len(chosen)
        self.account.epochs += len(chosen) / len(self.store)
        return {name: float(loss.detach()) for name, loss in losses.items()}

    def _average(self, step: int) -> None:
        """The mean follows faster at first, so that it does not remember how the stage began."""
        keep = min(self.config.settings.average, step / (step + 10))
        with torch.no_grad():
            for name, value in self.network.state_dict().items():
                if value.is_floating_point():
                    self.averaged[name].lerp_(value, 1 - keep)
                else:
                    self.averaged[name].copy_(value)

    def averaged_network(self) -> Arranger:
        """A network with the mean of the weights, ready to arrange."""
        network = Arranger(self.config.shape).to(self.device)
        network.load_state_dict(self.averaged)
        return network.eval()

    def save(self) -> None:
        """Writes STAGE.pt whole or not at all; of many processes only the first does."""
        if not self.world.leads:
            return
        wall, processor = time.monotonic(), time.process_time()
        self.account.wall_hours += (wall - self._clock[0]) / 3600
        self.account.processor_hours += (processor - self._clock[1]) / 3600
        self._clock = (wall, processor)
        for told, known in ((name_machine(), self.account.machines), (self.store.fingerprint(), self.account.stores)):
            if told not in known:
                known.append(told)
        content: dict[str, Any] = {
            **describe(self.config),
            "stage": asdict(self.stage),
            "account": asdict(self.account),
            "network": self.network.state_dict(),
            "averaged": self.averaged if self.config.settings.average > 0 else None,
            "optimiser": self.optimiser.state_dict(),
        }
        write_checkpoint(self.path, content)

    def restore(self) -> None:
        """Goes on from STAGE.pt if there is one. Raises ValueError if it is of another shape or had other settings."""
        if not self.path.exists():
            return
        content = read_checkpoint(self.path)
        if content["shape"] != asdict(self.config.shape):
            raise ValueError(f"{self.path} holds a network of another shape: start with --fresh")
        if content["settings"] != asdict(self.config.settings) or content["stage"] != asdict(self.stage):
            raise ValueError(f"{self.path} was trained with other settings: start with --fresh, or take them back")
        self.account = Account(**content["account"])
        self.network.load_state_dict(content["network"])
        weights = content["averaged"] or content["network"]
        self.averaged = {name: value.to(self.device, copy=True) for name, value in weights.items()}
        self.optimiser.load_state_dict(content["optimiser"])
        self._clock = (time.monotonic(), time.process_time())
