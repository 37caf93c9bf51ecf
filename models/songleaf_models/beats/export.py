"""Writes `pulse.onnx`, features included: python -m songleaf_models.beats.export."""

import argparse
from pathlib import Path

import torch

from songleaf_models.beats.features import BASSES, TRIADS, Planes
from songleaf_models.beats.network import Pulse, PulseNet, Shape
from songleaf_models.places import CACHE_DIR
from songleaf_models.weights.fetch import write_whole
from songleaf_models.weights.onnx_file import export_onnx, to_bytes


def load_pulse(state: Path) -> Pulse:
    """The averaged network of a training run's `state.pt`."""
    content = torch.load(state, weights_only=True)
    network = PulseNet(Shape(**content["shape"]))
    network.load_state_dict(content["averaged"])
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


def export_pulse(state: Path) -> bytes:
    """The file's bytes; two exports of one state are equal."""
    example = make_example(64)._asdict()
    long = {name: {1: "frames" if name in ("beats", "chords") else "frames_86"} for name in example}
    model = export_onnx(load_pulse(state), example, ["probabilities"], {**long, "probabilities": {2: "frames"}})
    return to_bytes(model)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--state", type=Path, default=CACHE_DIR / "beats" / "state.pt")
    parser.add_argument("--out", type=Path, default=CACHE_DIR / "beats" / "pulse.onnx")
    options = parser.parse_args()
    data = export_pulse(options.state)
    write_whole(options.out, data)
    print(f"{options.out}: {len(data) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
