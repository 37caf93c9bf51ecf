"""Trains a system stage by stage; stopped at any time (Ctrl-C, SIGTERM), it goes on exactly where it saved last.

python -m songleaf_models.a2s.train compact [--stages 1 2 3a] [--hours 2] [--scale 0.25] [--fresh]
torchrun --nproc-per-node 8 -m songleaf_models.a2s.train paper   # on a machine with accelerators
"""

import argparse
import signal
import time
from dataclasses import replace
from pathlib import Path
from types import FrameType

import numpy as np
import torch

from songleaf_models.a2s.config import Config, read_config
from songleaf_models.a2s.export import RUNS_DIR
from songleaf_models.a2s.plot import plot_curves
from songleaf_models.a2s.recordings import Listener, list_stretched
from songleaf_models.a2s.schedule import Stage
from songleaf_models.a2s.store import Store, open_store
from songleaf_models.a2s.trainer import ALONE, PROCESSOR, Trainer
from songleaf_models.a2s.validate import validate
from songleaf_models.a2s.world import World, choose_device, join_world
from songleaf_models.curves import append_row

COLUMNS = ("features", "pitch", "duration", "chords", "kl_chords", "kl_audio", "kl_score", "loss")


class Stop:
    """Set by the signals that ask a program to end."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.asked = True


def scale_config(config: Config, scale: float) -> Config:
    """So many times the steps, all that changes on the way in proportion; named after the scale."""
    if scale == 1:
        return config
    stages = tuple(
        replace(
            stage,
            steps=round(stage.steps * scale),
            warmup=round(stage.warmup * scale),
            anneal=round(stage.anneal * scale),
            rate_factor=stage.rate_factor ** (1 / scale),
        )
        for stage in config.stages
    )
    return replace(config, name=f"{config.name}@{scale:g}", stages=stages)


def train_stage(
    config: Config,
    stage: Stage,
    stores: tuple[Store, Store],
    folder: Path,
    until: float = float("inf"),
    stop: Stop | None = None,
    world: World = ALONE,
    device: torch.device = PROCESSOR,
) -> bool:
    """Trains a stage to its end, to `until` (of time.monotonic) or to a signal; whether it came to its end."""
    own, held_out = stores
    listen = Listener() if config.shape.audio == "mel" else None
    trainer = Trainer(config, stage, own, folder, listen, world, device)
    trainer.restore()
    if trainer.done:
        return True
    size = sum(parameter.numel() for parameter in trainer.network.parameters())
    if world.leads:
        print(
            f"{config.name} {stage.name}: {len(own)} segments of {len(own.files)} songs, {len(held_out)} held out; "
            f"{size} parameters; from step {trainer.account.steps} of {stage.steps}",
            flush=True,
        )
    saved, rows = time.monotonic(), list[dict[str, float]]()
    while not trainer.done and not world.agree(time.monotonic() > until or (stop is not None and stop.asked)):
        rows.append(trainer.learn())
        steps = trainer.account.steps
        if not world.leads:
            continue
        if steps % config.settings.measure_steps == 0 or trainer.done:
            trainer.save()
            saved = time.monotonic()
            found = validate(trainer.averaged_network(), held_out, config.settings.order, listen=listen)
            row = {"step": float(steps), "hours": trainer.account.wall_hours, "rate": stage.rate_at(steps)}
            row |= {name: _mean(rows, name) for name in COLUMNS}
            row |= {f"held_out_{name}": value for name, value in found.items()}
            append_row(folder / f"{stage.name}.csv", {name: round(value, 5) for name, value in row.items()})
            plot_curves(folder)
            print({name: round(value, 4) for name, value in row.items()}, flush=True)
            rows = []
        elif time.monotonic() - saved > config.settings.save_seconds:
            trainer.save()
            saved = time.monotonic()
    trainer.save()
    # The next stage begins with what the first process has written.
    world.wait()
    return trainer.done


def _mean(rows: list[dict[str, float]], name: str) -> float:
    values = [row[name] for row in rows if name in row]
    return float(np.mean(values)) if values else float("nan")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", help="name of a file in configs/a2s")
    parser.add_argument("--stages", nargs="+", help="these only; otherwise all in order")
    parser.add_argument("--hours", type=float, default=float("inf"), help="of this sitting")
    parser.add_argument("--scale", type=float, default=1.0, help="of the number of steps")
    parser.add_argument("--out", type=Path, default=RUNS_DIR)
    parser.add_argument("--fresh", action="store_true", help="forget what was trained of these stages before")
    options = parser.parse_args()
    torch.set_num_threads(1)
    world, device = join_world(), choose_device()
    if device.type != "cpu":
        # Slows every call down a little, for nothing on the processor.
        torch.set_default_device(device)
    until = time.monotonic() + 3600 * options.hours
    config = scale_config(read_config(options.config), options.scale)
    folder = options.out / config.name
    folder.mkdir(parents=True, exist_ok=True)
    stages = [stage for stage in config.stages if not options.stages or stage.name in options.stages]
    known = list_stretched() if config.shape.audio == "mel" else None
    stores = open_store(False, only=known), open_store(True, hop_bars=2, only=known)
    stop = Stop()
    for stage in stages:
        if options.fresh and world.leads:
            for suffix in (".pt", ".csv"):
                (folder / f"{stage.name}{suffix}").unlink(missing_ok=True)
        world.wait()
        if not train_stage(config, stage, stores, folder, until, stop, world, device):
            print(f"stopped in stage {stage.name}; the same command goes on")
            return
    print("all stages are trained")


if __name__ == "__main__":
    main()
