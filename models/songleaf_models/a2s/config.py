"""Configurations of training: `configs/a2s/*.toml`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from songleaf_models.a2s.networks.shape import Shape
from songleaf_models.a2s.piano_tree import Order
from songleaf_models.a2s.schedule import Stage
from songleaf_models.places import MODELS_DIR

CONFIGS_DIR = MODELS_DIR / "configs" / "a2s"


@dataclass(frozen=True)
class Settings:
    """What holds for all stages."""

    seed: int = 1
    order: Order = "pitch"
    # Greatest norm of the gradient.
    clip: float = 3.0
    # Share of the running mean of the weights that a step keeps; 0: the weights themselves are used.
    average: float = 0.0
    # Whether matrix products are computed in bfloat16.
    bfloat16: bool = False
    save_seconds: float = 180.0
    measure_steps: int = 500


@dataclass(frozen=True)
class Config:
    """A system: its name, sizes, settings and stages in order."""

    name: str
    shape: Shape
    settings: Settings
    stages: tuple[Stage, ...]

    def stage(self, name: str) -> Stage:
        """Raises KeyError naming the stages there are."""
        for stage in self.stages:
            if stage.name == name:
                return stage
        raise KeyError(f"{self.name} has no stage {name}: {', '.join(stage.name for stage in self.stages)}")


def read_config(name: str, folder: Path = CONFIGS_DIR) -> Config:
    """Reads NAME.toml; `[base] config` names one whose tables hold where this one says nothing.

    Raises FileNotFoundError, TypeError on names that are not known.
    """
    content = _read_tables(name, folder)
    stages = []
    for table in content.get("stage", []):
        values: dict[str, Any] = {**content.get("stages", {}), **table}
        values.update({key: tuple(value) for key, value in values.items() if isinstance(value, list)})
        stages.append(Stage(**values))
    return Config(name, Shape(**content.get("shape", {})), Settings(**content.get("settings", {})), tuple(stages))


def _read_tables(name: str, folder: Path) -> dict[str, Any]:
    content = tomllib.loads((folder / f"{name}.toml").read_text())
    base = content.pop("base", {}).get("config")
    if base is None:
        return content
    under = _read_tables(base, folder)
    for table in ("shape", "settings", "stages"):
        content[table] = {**under.get(table, {}), **content.get(table, {})}
    content.setdefault("stage", under.get("stage", []))
    return content
