"""The trained arranger as three ONNX graphs: encoding of chords and audio, encoding of a score, decoding.

python -m songleaf_models.a2s.export compact [--stage 3a]
    # keeps what training made in models/a2s/a2s.pt, writes the graphs into models/weights and into its manifest
python -m songleaf_models.a2s.export compact --untrained --weights FILE --out FOLDER   # drawn weights, to try things
"""

import argparse
import functools
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from songleaf_models.a2s.checkpoint import Account, describe, load_arranger
from songleaf_models.a2s.chord_rows import WIDTH
from songleaf_models.a2s.config import read_config
from songleaf_models.a2s.grid import BEATS, FRAMES, KEYS, PITCHES, STEPS
from songleaf_models.a2s.networks.arranger import Arranger
from songleaf_models.a2s.networks.chords import ChordEncoder
from songleaf_models.a2s.networks.shape import Shape
from songleaf_models.a2s.networks.texture import AudioTexture, ScoreTexture
from songleaf_models.a2s.writer import Writer
from songleaf_models.places import CACHE_DIR, MODELS_DIR, WEIGHTS_DIR
from songleaf_models.weights.onnx_file import export_onnx, number_names, store_halves, to_bytes

WEIGHTS = MODELS_DIR / "a2s" / "a2s.pt"
"""The trained weights, kept in git so that the ONNX files can be built without training."""
GRAPHS = ("a2s-encode", "a2s-score", "a2s-decode")
RUNS_DIR = CACHE_DIR / "a2s" / "runs"


class Encode(nn.Module):
    """chords [W, 8, 36], heard [W, 3, 153, 88] -> mean and log deviation of chords and of audio texture.

    Without a chord branch the first input is not there, nor are the first two outputs.
    """

    def __init__(self, chords: ChordEncoder, audio: AudioTexture) -> None:
        super().__init__()
        self.chords, self.audio = chords, audio

    def forward(self, chords: Tensor, heard: Tensor) -> tuple[Tensor, ...]:
        return (*self.chords(chords), *self.audio(heard))


class EncodeScore(nn.Module):
    """score [W, 32, 128] float, durations in steps at onsets -> mean and log deviation of the score texture."""

    def __init__(self, score: ScoreTexture) -> None:
        super().__init__()
        self.score = score

    def forward(self, score: Tensor) -> tuple[Tensor, ...]:
        return tuple(self.score(score))


def make_graphs(network: Arranger) -> dict[str, bytes]:
    """Name -> bytes of `a2s-encode`, `a2s-score` (where there is a score-texture encoder), `a2s-decode`.

    Notes are written by pitch. Weights are stored as float16 and cast when a graph is loaded. Raises ValueError for a
    network that transcribes itself or has no chords.
    """
    if network.transcriber is not None or network.chord_encoder is None:
        raise ValueError("only networks that read chords and posteriors are exported")
    network.eval()
    inputs = {"chords": torch.zeros(2, BEATS, WIDTH), "heard": torch.rand(2, 3, FRAMES, KEYS)}
    names = ["chords_mean", "chords_log_deviation", "audio_mean", "audio_log_deviation"]
    encode = Encode(network.chord_encoder, network.audio_texture)
    graphs = {"a2s-encode": _export(encode, inputs, names)}
    if network.score_texture is not None:
        score = {"score": torch.zeros(2, STEPS, PITCHES)}
        names = ["score_mean", "score_log_deviation"]
        graphs["a2s-score"] = _export(EncodeScore(network.score_texture), score, names)
    writer = torch.jit.script(Writer(network).eval())
    latents = {"z": torch.zeros(2, network.shape.z)}
    graphs["a2s-decode"] = _export(writer, latents, ["pitch", "duration", "features"])
    return graphs


def _export(module: nn.Module, inputs: dict[str, Tensor], outputs: list[str]) -> bytes:
    axes = {name: {0: "windows"} for name in [*inputs, *outputs]}
    return to_bytes(store_halves(number_names(export_onnx(module, inputs, outputs, axes))))


def make_graph(name: str, path: Path = WEIGHTS) -> bytes:
    """One of `GRAPHS` from kept weights. Raises KeyError where the network lacks it, and as `make_graphs`."""
    return _make_graphs(path, path.stat().st_mtime_ns)[name]


@functools.cache
def _make_graphs(path: Path, _changed: int) -> dict[str, bytes]:
    network, content = load_weights(path)
    if content["settings"]["order"] != "pitch":
        raise ValueError(f"{path}: only networks that write by pitch are exported")
    return make_graphs(network)


def keep_weights(checkpoint: Path, path: Path = WEIGHTS) -> None:
    """Writes the weights of a training run's STAGE.pt as float16, with what they cost, without what training needs."""
    network, content = load_arranger(checkpoint)
    _keep(network, {name: content[name] for name in ("config", "shape", "settings", "stage", "account")}, path)


def draw_weights(name: str, path: Path) -> None:
    """Keeps weights of a configuration that nothing was learned with, in the form of learned ones."""
    config = read_config(name)
    torch.manual_seed(config.settings.seed)
    told = {**describe(config), "stage": {"kind": "untrained"}, "account": asdict(Account())}
    _keep(Arranger(config.shape), told, path)


def _keep(network: Arranger, told: dict[str, Any], path: Path) -> None:
    halves = {
        name: value.half() if value.is_floating_point() else value for name, value in network.state_dict().items()
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".part")
    torch.save({**told, "weights": halves}, temporary)
    temporary.replace(path)


def load_weights(path: Path = WEIGHTS) -> tuple[Arranger, dict[str, Any]]:
    """Reads what `keep_weights` wrote: the network, ready to arrange, and what is told of it."""
    content: dict[str, Any] = torch.load(path, weights_only=True)
    network = Arranger(Shape(**content["shape"]))
    network.load_state_dict(content["weights"])
    return network.eval(), content


def main() -> None:
    """Command line."""
    # What is registered is built from this module.
    from songleaf_models.weights.build import register
    from songleaf_models.weights.networks import name_a2s

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", help="name of a folder below CACHE/a2s/runs")
    parser.add_argument("--stage", default="3a")
    parser.add_argument("--untrained", action="store_true", help="weights of that configuration drawn by chance")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="where the weights are kept")
    parser.add_argument("--out", type=Path, default=WEIGHTS_DIR, help="folder with a manifest; default: models/weights")
    options = parser.parse_args()
    if options.untrained:
        draw_weights(options.run, options.weights)
    else:
        keep_weights(RUNS_DIR / options.run / f"{options.stage}.pt", options.weights)
    networks = [name_a2s(name, functools.partial(make_graph, path=options.weights)) for name in GRAPHS]
    size = register(networks, options.out)
    print(f"{', '.join(network.file for network in networks)}: {size / 1e6:.2f} MB together")


if __name__ == "__main__":
    main()
