"""A training run's state on disk: weights, optimiser, how far it came and what it cost."""

import platform
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch

from songleaf_models.a2s.config import Config
from songleaf_models.a2s.networks.arranger import Arranger
from songleaf_models.a2s.networks.shape import Shape

FORMAT = 1


@dataclass
class Account:
    """What a stage has cost so far."""

    steps: int = 0
    segments: int = 0
    epochs: float = 0.0
    wall_hours: float = 0.0
    processor_hours: float = 0.0
    machines: list[str] = field(default_factory=list)
    stores: list[str] = field(default_factory=list)


def name_machine() -> str:
    """Processor, system and threads, as a model card tells them."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        model = lines[0].split(":", 1)[1].strip() if lines else model
    return f"{model}, {platform.system()}, {torch.get_num_threads()} thread(s), PyTorch {torch.__version__}"


def write_checkpoint(path: Path, content: dict[str, Any]) -> None:
    """Writes it whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".part")
    torch.save({"format": FORMAT, **content}, temporary)
    temporary.replace(path)


def read_checkpoint(path: Path) -> dict[str, Any]:
    """Raises FileNotFoundError, ValueError for another format."""
    content: dict[str, Any] = torch.load(path, weights_only=True, map_location="cpu")
    if content.get("format") != FORMAT:
        raise ValueError(f"{path} is a checkpoint of another format")
    return content


def load_arranger(path: Path) -> tuple[Arranger, dict[str, Any]]:
    """The network of a checkpoint, ready to arrange, and the checkpoint; the mean of the weights where one was kept."""
    content = read_checkpoint(path)
    network = Arranger(Shape(**content["shape"]))
    network.load_state_dict(content["averaged"] or content["network"])
    return network.eval(), content


def describe(config: Config) -> dict[str, Any]:
    """What a checkpoint says of its configuration."""
    return {"config": config.name, "shape": asdict(config.shape), "settings": asdict(config.settings)}
