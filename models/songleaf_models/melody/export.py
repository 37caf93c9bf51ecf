"""The trained melody network as `melody.onnx`, features inside the graph."""

from pathlib import Path

import torch
from torch import nn
from torch.nn.utils import fuse_conv_bn_eval

from songleaf_models.melody.features import WIDTHS
from songleaf_models.melody.network import POOL, LineBlock, Listener, MelodyNetwork, PlaneBlock
from songleaf_models.places import MODELS_DIR
from songleaf_models.weights.onnx_file import export_onnx, to_bytes

WEIGHTS = MODELS_DIR / "melody" / "melody.pt"
"""The trained weights, kept in git so that the ONNX file can be built without training."""
OUTPUTS = ["pitch", "begins", "sung"]


def load_network(path: Path = WEIGHTS) -> MelodyNetwork:
    """Reads what `save_weights` wrote; the network is ready to hear."""
    network = MelodyNetwork()
    network.load_state_dict(torch.load(path, weights_only=True), strict=False)
    return network.eval()


def save_weights(network: MelodyNetwork, path: Path = WEIGHTS) -> None:
    """Weights alone, without what training needs."""
    state = {name: value.detach().clone().contiguous() for name, value in network.state_dict().items()}
    torch.save({name: value for name, value in state.items() if not name.endswith("num_batches_tracked")}, path)


def fuse_norms(network: MelodyNetwork) -> MelodyNetwork:
    """Folds each batch norm into the convolution before it, in place: the same function, fewer steps."""
    convolution, norm, relu = network.first
    assert isinstance(convolution, nn.Conv2d)
    assert isinstance(norm, nn.BatchNorm2d)
    network.first = nn.Sequential(fuse_conv_bn_eval(convolution, norm), relu)
    for block in (*network.blocks, *network.line):
        assert isinstance(block, (PlaneBlock, LineBlock))
        block.convolution = fuse_conv_bn_eval(block.convolution, block.norm)
        block.norm = nn.Identity()  # type: ignore[assignment]
    return network


def make_melody(path: Path = WEIGHTS) -> bytes:
    """The bytes of `melody.onnx`."""
    listener = Listener(fuse_norms(load_network(path))).eval()
    example = {name: torch.zeros(1, 16 * POOL, width) for name, width in WIDTHS.items()}
    axes = {name: {1: "frames"} for name in WIDTHS}
    axes |= {"pitch": {1: "pooled"}, "begins": {1: "halves"}, "sung": {1: "pooled"}}
    return to_bytes(export_onnx(listener, example, OUTPUTS, axes))
