"""The trained harmony network as `harmony.onnx`, all that it does to its inputs inside the graph."""

from pathlib import Path

import torch

from songleaf_models.averaged_training import keep_averaged
from songleaf_models.harmony.network import VALUES, Harmony, HarmonyNetwork, Shape
from songleaf_models.places import MODELS_DIR
from songleaf_models.weights.onnx_file import export_onnx, to_bytes

WEIGHTS = MODELS_DIR / "harmony" / "harmony.pt"
"""The trained weights, kept in git so that the ONNX file can be built without training."""
OUTPUTS = ["chords", "bass"]


def keep_weights(state: Path, path: Path = WEIGHTS) -> None:
    """Writes the averaged weights of a training run's `state.pt`, without what only training needs."""
    keep_averaged(state, path)


def load_harmony(path: Path = WEIGHTS) -> Harmony:
    """Reads what `keep_weights` wrote; the network is ready to hear."""
    content = torch.load(path, weights_only=True)
    network = HarmonyNetwork(Shape(**content["shape"]))
    network.load_state_dict(content["weights"], strict=False)
    return Harmony(network).eval()


def make_harmony(path: Path = WEIGHTS) -> bytes:
    """The bytes of `harmony.onnx`."""
    example = {"halves": torch.zeros(1, 64, VALUES)}
    axes = {"halves": {1: "halves"}, "chords": {1: "halves"}, "bass": {1: "halves"}}
    return to_bytes(export_onnx(load_harmony(path), example, OUTPUTS, axes))
