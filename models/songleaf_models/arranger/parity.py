"""A few bars of evidence and what PyTorch writes there, for the engine's tests: the two must agree."""

import base64
import json
from pathlib import Path

import numpy as np
import torch

from songleaf_models.arranger.export import Notes, fuse_reader, fuse_writer, load_arranger
from songleaf_models.arranger.grid import lay_grid
from songleaf_models.arranger.network import STYLE
from songleaf_models.arranger.planes import KEYS, Planes, sample_planes
from songleaf_models.evaluate.reference_analysis import write_reference
from songleaf_models.evidence import FRAME_RATE, Evidence
from songleaf_models.places import MODELS_DIR
from songleaf_models.truth import Beat, Metre, Span, TimedNote, Truth

FOLDER = MODELS_DIR.parent / "tests" / "fixtures" / "arranger"
SECONDS = 8.0
KEPT_STEPS = (0, 1, 17, 30, 55)
"""Steps whose answers are kept: the file stays small."""


def draw_song() -> tuple[Evidence, Truth]:
    """Evidence drawn by chance and beats, chords and melody laid over it: a pickup, then 4/4, then 6/8."""
    random = np.random.default_rng(6)
    frames = int(SECONDS * FRAME_RATE)

    def draw(width: int, power: float) -> np.ndarray:
        return (255 * random.random((frames, width)) ** power).astype(np.uint8)

    empty = np.zeros((0, 1), np.uint8)
    onset, note, contour, flux, loudness = draw(88, 6), draw(88, 4), draw(264, 4), draw(8, 2), draw(1, 1)
    evidence = Evidence(onset, note, contour, flux, loudness, empty, empty, empty)
    beats = [Beat(round(0.31 + 0.53 * i + 0.02 * float(random.random()), 4), (i + 3) % 4 + 1) for i in range(9)]
    beats += [Beat(round(beats[-1].time + 0.6 * (i + 1), 4), i % 2 + 1) for i in range(4)]
    change = beats[9].time
    truth = Truth(
        song="drawn",
        variant="0",
        seed=6,
        duration=SECONDS,
        beats=beats,
        metres=[Metre(beats[0].time, 4, "quarter"), Metre(change, 2, "dotted-quarter")],
        chords=[
            Span(beats[0].time, beats[3].time, "N"),
            Span(beats[3].time, beats[7].time, "A:min7/b3"),
            Span(beats[7].time, beats[12].time, "F:9"),
        ],
        melody=[TimedNote(beats[i].time, beats[i + 1].time - 0.1, 60 + 3 * i, 90) for i in range(1, 11)],
    )
    return evidence, truth


def write_notes(planes: Planes) -> np.ndarray:
    """`[5, T, 88]`: what the network writes with half of the settings told and a third of the cells settled."""
    network = load_arranger()
    count = len(planes.step)
    step = torch.from_numpy(planes.step[None].astype(np.float32))
    heard = torch.from_numpy(planes.heard.reshape(1, count, -1).astype(np.float32))
    melody = torch.from_numpy(planes.melody.reshape(1, count, -1).astype(np.float32))
    style, settled, visible = (torch.from_numpy(part) for part in draw_inputs(count))
    with torch.no_grad():
        seen = fuse_reader(network.reader)(heard, melody, step)
        return np.asarray(Notes(fuse_writer(network.writer))(seen, step, style, settled, visible)[0].numpy())


def draw_inputs(count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Style, settled and visible cells by a rule that the engine's test follows too."""
    cells = np.arange(count * KEYS).reshape(1, count, KEYS)
    style = np.tile((np.arange(STYLE) % 5 / 4).astype(np.float32), (1, count, 1))
    return style, (cells % 7 == 0).astype(np.float32), (cells % 3 == 0).astype(np.float32)


def write_parity(folder: Path = FOLDER) -> None:
    """Writes evidence (base64), planes and answers, and the analysis beside them."""
    evidence, truth = draw_song()
    grid = lay_grid(truth, [])
    planes = sample_planes(evidence, truth, grid)
    folder.mkdir(parents=True, exist_ok=True)
    write_reference(truth, folder / "parity.analysis.json")
    names = ("onset", "note", "contour", "flux", "loudness")
    notes = write_notes(planes)
    content = {
        "frames": len(evidence.note),
        "evidence": {name: base64.b64encode(getattr(evidence, name).tobytes()).decode() for name in names},
        "planes": {
            name: base64.b64encode(part.tobytes()).decode()
            for name, part in (("heard", planes.heard), ("melody", planes.melody), ("step", planes.step))
        },
        "steps": KEPT_STEPS,
        "notes": [round(float(value), 6) for value in notes[:, list(KEPT_STEPS)].ravel()],
    }
    (folder / "parity.json").write_text(json.dumps(content) + "\n")
