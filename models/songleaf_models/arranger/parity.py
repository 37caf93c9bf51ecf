"""A few bars of evidence and what PyTorch writes there, and a texture and how it is told, for the engine's tests: both
must agree."""

import base64
import json
from pathlib import Path

import numpy as np
import torch

from songleaf_models.arranger.export import Notes, fuse_reader, fuse_writer, load_arranger
from songleaf_models.arranger.grid import lay_grid
from songleaf_models.arranger.loss import PASSAGE
from songleaf_models.arranger.network import SETTINGS, STYLE
from songleaf_models.arranger.planes import KEYS, PLACE_VALUES, Planes, paint_place, sample_planes
from songleaf_models.arranger.settings import measure_settings
from songleaf_models.arranger.targets import BRIDGE, HOLD, PIANO, paint_targets
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


def draw_texture() -> list[tuple[int, int, int]]:
    """Notes drawn by chance over a passage: 16th, pitch, length in 16ths; keys struck while they sound among them."""
    random = np.random.default_rng(8)
    steps = np.sort(random.integers(0, PASSAGE, 90))
    pitches, lengths = random.integers(36, 84, 90), random.integers(1, 9, 90)
    drawn = zip(steps.tolist(), pitches.tolist(), lengths.tolist(), strict=True)
    return [(step, pitch, min(length, PASSAGE - step)) for step, pitch, length in drawn]


def read_texture(notes: list[tuple[int, int, int]]) -> dict[str, object]:
    """Notes over eight bars of 4/4, and what training would tell of a pianist who played them."""
    seconds = 0.125
    played = [TimedNote(step * seconds, (step + length) * seconds, pitch, 80) for step, pitch, length in notes]
    beats = [Beat(4 * seconds * i, i % 4 + 1) for i in range(PASSAGE // 4)]
    metres = [Metre(0, 4, "quarter")]
    truth = Truth(song="drawn", variant="0", seed=8, duration=20, beats=beats, metres=metres, piano=played)
    grid = lay_grid(truth, [])
    bits = paint_targets(truth, grid)[:, 0]
    settings = measure_settings((bits & PIANO) > 0, np.zeros((PASSAGE, KEYS)), PASSAGE / 4)
    assert settings is not None
    rolls = np.stack([(bits & bit) > 0 for bit in (BRIDGE, PIANO, HOLD)]).astype(np.float32)
    place = (paint_place(grid)[:, :PLACE_VALUES] / 255).astype(np.float32)
    with torch.no_grad():
        mean, spread = load_arranger().style(torch.from_numpy(rolls)[None], torch.from_numpy(place)[None])

    def listed(values: np.ndarray) -> list[float]:
        return [round(float(value), 6) for value in values.ravel()]

    return {
        "notes": notes,
        "mean": listed(mean.numpy()),
        "logDeviation": listed(spread.numpy()),
        # How close it stays to a record is no texture's own.
        "settings": dict(zip(SETTINGS[:3], listed(settings[:3]), strict=True)),
    }


def write_parity(folder: Path = FOLDER) -> None:
    """Writes evidence (base64), planes, answers and texture, and the analysis beside them."""
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
        "texture": read_texture(draw_texture()),
    }
    (folder / "parity.json").write_text(json.dumps(content) + "\n")
