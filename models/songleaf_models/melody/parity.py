"""A few frames of evidence and what PyTorch hears in them, for the engine's tests: the two must agree."""

import base64
import json
from pathlib import Path

import numpy as np
import torch

from songleaf_models.evidence import Evidence
from songleaf_models.melody.export import load_network
from songleaf_models.melody.features import align_frames
from songleaf_models.melody.network import Listener
from songleaf_models.places import MODELS_DIR

PARITY = MODELS_DIR.parent / "tests" / "fixtures" / "melody" / "parity.json"
FRAMES = 48
VOICE_FRAMES = 30
"""Fewer than 48 frames last, so that the last voice frame has to serve longer."""


def draw_evidence() -> Evidence:
    """Evidence drawn by chance, the same each time."""
    random = np.random.default_rng(9)

    def draw(count: int, width: int, power: float) -> np.ndarray:
        return (255 * random.random((count, width)) ** power).astype(np.uint8)

    empty = np.zeros((0, 1), np.uint8)
    onset, note, contour, loudness = draw(FRAMES, 88, 6), draw(FRAMES, 88, 4), draw(FRAMES, 264, 4), draw(FRAMES, 1, 1)
    voice = draw(VOICE_FRAMES, 3, 1)
    voice[:, 0] = np.where(voice[:, 0] < 60, 0, voice[:, 0] // 2 + 60)
    return Evidence(onset, note, contour, empty, loudness, empty, empty, voice)


def hear(evidence: Evidence) -> dict[str, np.ndarray]:
    """The network's answers in PyTorch, `pitch [T, 47]`, `begins [2 T, 46]`, `sung [T]`."""
    planes = [evidence.contour, evidence.note, evidence.onset, align_frames(evidence)]
    with torch.no_grad():
        answers = Listener(load_network())(*(torch.from_numpy(plane[None].astype(np.float32)) for plane in planes))
    return {name: answer[0].numpy() for name, answer in zip(("pitch", "begins", "sung"), answers, strict=True)}


def write_parity(path: Path = PARITY) -> None:
    """Writes evidence (base64) and answers."""
    evidence = draw_evidence()
    planes = {name: getattr(evidence, name) for name in ("contour", "note", "onset", "loudness", "voice")}
    content = {
        "frames": FRAMES,
        "voiceFrames": VOICE_FRAMES,
        "evidence": {name: base64.b64encode(plane.tobytes()).decode() for name, plane in planes.items()},
        "answers": {name: [round(float(v), 6) for v in answer.ravel()] for name, answer in hear(evidence).items()},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content) + "\n")
