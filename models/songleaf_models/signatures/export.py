"""The trained network as a table of numbers that the engraver imports, and a small song to compare both by."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from songleaf_models.engine import ROOT
from songleaf_models.signatures.network import BAR_VIEWS, SONG_VIEWS, SignatureNetwork
from songleaf_models.signatures.songs import SignedSong
from songleaf_models.signatures.train import hear_song

WEIGHTS = ROOT / "main" / "engine" / "score" / "import" / "key-weights.ts"
PARITY = ROOT / "tests" / "fixtures" / "signatures" / "parity.json"
PLACES = 3
"""Decimals of the weights."""

_HEAD = """// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: numbers that happen to lie near constants
import type { KeyNetwork } from './key-network.ts';

/**
 * Trained on the printed signatures of songs of the OpenScore Lieder (CC0) whose number ends in 0 to 4
 * (`python -m songleaf_models.signatures train`).
 */
// biome-ignore format: tables
export const keyNetwork: KeyNetwork = {
"""


def round_weights(network: SignatureNetwork) -> SignatureNetwork:
    """The network, in place, with weights as they are written."""
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.copy_(torch.round(parameter, decimals=PLACES))
    return network


def write_weights(network: SignatureNetwork, path: Path = WEIGHTS) -> None:
    """Writes a network that was rounded. The bias of the answer is the same for all signatures and left out."""
    tables = {
        "bar": _list(network.bar.weight),
        "barBias": _list(network.bar.bias),
        "song": _list(network.song.weight),
        "songBias": _list(network.song.bias),
        "forward": _list_units(network, ""),
        "backward": _list_units(network, "_reverse"),
        "answer": _list(network.answer.weight),
        "barAnswer": _list(network.bar_answer.weight),
        "songAnswer": _list(network.song_answer.weight),
    }
    lines = [f"  {name}: {json.dumps(table, separators=(',', ':'))},\n" for name, table in tables.items()]
    path.write_text(f"{_HEAD}{''.join(lines)}}};\n")


def write_parity(network: SignatureNetwork, path: Path = PARITY) -> None:
    """Writes views of a few bars, drawn by chance, and what the network says of them."""
    random = np.random.default_rng(9)
    views = [random.random(size).astype(np.float32).round(3) for size in ((6, BAR_VIEWS), SONG_VIEWS)]
    song = SignedSong(views[0], views[1], np.zeros(6, np.int64))
    content = {
        "bars": [[round(float(value), 3) for value in row] for row in song.bars],
        "song": [round(float(value), 3) for value in song.whole],
        "chances": [[round(float(value), 5) for value in row] for row in hear_song(network, song)],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content) + "\n")


def _list_units(network: SignatureNetwork, direction: str) -> dict[str, Any]:
    names = {"input": "weight_ih", "inputBias": "bias_ih", "recurrent": "weight_hh", "recurrentBias": "bias_hh"}
    return {name: _list(getattr(network.gru, f"{part}_l0{direction}")) for name, part in names.items()}


def _list(weights: Tensor) -> list[float]:
    return [round(float(value), PLACES) + 0.0 for value in weights.detach().flatten()]
