"""The trained arranger as three ONNX files: the reader, run once a song, the writer, run for each take, and the style
reader, run where a take follows the texture of other music.

python -m songleaf_models.arranger export   # keeps what a training run made; then build the weights
"""

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.utils import fuse_conv_bn_eval

from songleaf_models.arranger.loss import PASSAGE
from songleaf_models.arranger.network import STYLE, WIDTH, Arranger, PitchBlock, Reader, Writer
from songleaf_models.arranger.planes import KEYS, PLACE_VALUES, STEP_VALUES
from songleaf_models.places import MODELS_DIR
from songleaf_models.weights.onnx_file import export_onnx, to_bytes

WEIGHTS = MODELS_DIR / "arranger" / "arranger.pt"
"""The trained weights, kept in git so that the ONNX files can be built without training."""
EXAMPLE_STEPS = 64


def load_arranger(path: Path = WEIGHTS) -> Arranger:
    """Reads what `save_weights` wrote; the network is ready to write."""
    network = Arranger()
    network.load_state_dict(torch.load(path, weights_only=True), strict=False)
    return network.eval()


def save_weights(checkpoint: Path, path: Path = WEIGHTS) -> None:
    """Keeps the averaged weights of a checkpoint, without what only training needs."""
    state = torch.load(checkpoint, weights_only=True)["averaged"]
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {name: value.contiguous() for name, value in state.items() if not name.endswith("num_batches_tracked")}
    torch.save(kept, path)


def _fuse(module: nn.Module, convolution: str, norm: str) -> None:
    """Folds a batch norm into the convolution before it, in place: the same function, fewer steps."""
    fused = fuse_conv_bn_eval(getattr(module, convolution), getattr(module, norm))
    setattr(module, convolution, fused)
    setattr(module, norm, nn.Identity())


def fuse_reader(reader: Reader) -> Reader:
    """Folds every norm, in place."""
    _fuse(reader, "first", "first_norm")
    for block in reader.blocks:
        assert isinstance(block, PitchBlock)
        _fuse(block, "near", "near_norm")
        _fuse(block, "octaves", "octaves_norm")
    return reader


def fuse_writer(writer: Writer) -> Writer:
    """Folds every norm, in place."""
    _fuse(writer, "join", "join_norm")
    for block in writer.line:
        _fuse(block, "convolution", "norm")
    return writer


class Notes(nn.Module):
    """What the writer's file holds: probabilities and velocity, `[B, 5, T, 88]`, in the order of `Answer`."""

    def __init__(self, writer: Writer) -> None:
        super().__init__()
        self.writer = writer

    def forward(self, seen: Tensor, step: Tensor, style: Tensor, settled: Tensor, visible: Tensor) -> Tensor:
        """As `Writer.forward`."""
        answer = self.writer(seen, step, style, settled, visible)
        logits = torch.stack(answer[:4], 1)
        return torch.cat([torch.sigmoid(logits), answer.velocity.clamp(0, 1)[:, None]], 1)


def make_reader(path: Path = WEIGHTS) -> bytes:
    """The bytes of `arranger_reader.onnx`."""
    widths = {"heard": 3 * KEYS, "melody": 2 * KEYS, "step": STEP_VALUES}
    example = {name: torch.zeros(1, EXAMPLE_STEPS, width) for name, width in widths.items()}
    axes = {name: {1: "steps"} for name in widths} | {"seen": {2: "steps"}}
    return to_bytes(export_onnx(fuse_reader(load_arranger(path).reader), example, ["seen"], axes))


def make_writer(path: Path = WEIGHTS) -> bytes:
    """The bytes of `arranger_writer.onnx`."""
    widths = {"step": STEP_VALUES, "style": STYLE, "settled": KEYS, "visible": KEYS}
    example = {"seen": torch.zeros(1, WIDTH, EXAMPLE_STEPS, KEYS)}
    example |= {name: torch.zeros(1, EXAMPLE_STEPS, width) for name, width in widths.items()}
    axes = {"seen": {2: "steps"}, "notes": {2: "steps"}} | {name: {1: "steps"} for name in widths}
    return to_bytes(export_onnx(Notes(fuse_writer(load_arranger(path).writer)), example, ["notes"], axes))


def make_style(path: Path = WEIGHTS) -> bytes:
    """The bytes of `arranger_style.onnx`."""
    example = {"rolls": torch.zeros(1, 3, PASSAGE, KEYS), "place": torch.zeros(1, PASSAGE, PLACE_VALUES)}
    outputs = ["mean", "log_deviation"]
    axes = {name: {0: "passages"} for name in (*example, *outputs)}
    return to_bytes(export_onnx(load_arranger(path).style, example, outputs, axes))
