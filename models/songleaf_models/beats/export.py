"""The trained beat network as `pulse.onnx`, features inside the graph.

python -m songleaf_models.beats.export   # keeps what a training run made; then build the weights
"""

import argparse
from pathlib import Path

import torch

from songleaf_models.averaged_training import keep_averaged
from songleaf_models.beats.features import BASSES, TRIADS, Planes
from songleaf_models.beats.network import Pulse, PulseNet, Shape
from songleaf_models.places import CACHE_DIR, MODELS_DIR
from songleaf_models.weights.fetch import write_whole
from songleaf_models.weights.onnx_file import export_onnx, to_bytes

WEIGHTS = MODELS_DIR / "beats" / "pulse.pt"
"""The trained weights, kept in git so that the ONNX file can be built without training."""


def keep_weights(state: Path, path: Path = WEIGHTS) -> None:
    """Writes the averaged weights of a training run's `state.pt`, without what only training needs."""
    keep_averaged(state, path)


def load_pulse(path: Path = WEIGHTS) -> Pulse:
    """Reads what `keep_weights` wrote; the network is ready to hear."""
    content = torch.load(path, weights_only=True)
    network = PulseNet(Shape(**content["shape"]))
    network.load_state_dict(content["weights"], strict=False)
    return Pulse(network).eval()


def make_example(frames: int) -> Planes:
    """Planes of `frames` frames of the network, drawn by chance."""
    generator = torch.Generator().manual_seed(0)

    def draw(count: int, width: int) -> torch.Tensor:
        return torch.randint(0, 256, (1, count, width), generator=generator).float()

    return Planes(
        draw(2 * frames, 88),
        draw(2 * frames, 88),
        draw(2 * frames, 8),
        draw(2 * frames, 1),
        draw(frames, 6),
        draw(frames, TRIADS + BASSES),
    )


def make_pulse(path: Path = WEIGHTS) -> bytes:
    """The bytes of `pulse.onnx`; two exports of the same weights are equal."""
    example = make_example(64)._asdict()
    axes = {name: {1: "frames" if name in ("beats", "chords") else "double_frames"} for name in example}
    axes["probabilities"] = {2: "frames"}
    return to_bytes(export_onnx(load_pulse(path), example, ["probabilities"], axes))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--state", type=Path, default=CACHE_DIR / "beats" / "state.pt")
    parser.add_argument("--onnx", type=Path, help="also writes the ONNX file here")
    options = parser.parse_args()
    keep_weights(options.state)
    if options.onnx is not None:
        write_whole(options.onnx, make_pulse())


if __name__ == "__main__":
    main()
