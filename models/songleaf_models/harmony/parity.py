"""A few half beats and what PyTorch says of them, for the engine's tests: the two must agree."""

import base64
import json
from pathlib import Path

import numpy as np
import torch

from songleaf_models.harmony.export import load_harmony
from songleaf_models.harmony.network import HEADS, VALUES
from songleaf_models.places import MODELS_DIR

PARITY = MODELS_DIR.parent / "tests" / "fixtures" / "harmony" / "parity.json"
HALVES = 24


def draw_rows() -> np.ndarray:
    """Half beats drawn by chance [HALVES, VALUES], the same each time; heads and keys in steps of 1/255."""
    random = np.random.default_rng(11)
    rows = np.floor(256 * random.random((HALVES, VALUES)) ** 5) / 255
    rows[:, HEADS:] *= random.random((HALVES, VALUES - HEADS)) < 0.2
    halves = np.arange(HALVES)
    rows[:, VALUES - 3 :] = np.stack([halves % 2, halves // 2 % 4 + 1, np.full(HALVES, 4)], 1)
    return np.minimum(rows, 4).astype(np.float32)


def write_parity(path: Path = PARITY) -> None:
    """Writes rows (base64 of float32) and answers."""
    rows = draw_rows()
    with torch.no_grad():
        answers = load_harmony()(torch.from_numpy(rows[None]))
    content = {
        "halves": HALVES,
        "rows": base64.b64encode(rows.tobytes()).decode(),
        "answers": {
            name: [round(float(value), 5) for value in answer.ravel()]
            for name, answer in zip(("chords", "bass"), answers, strict=True)
        },
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content) + "\n")
