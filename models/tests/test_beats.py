"""The beat network: features, export, training that goes on where it stopped, and the engine's alignment of planes."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from songleaf_models import engine
from songleaf_models.beats.clips import Augmentation, Clip, augment, whole
from songleaf_models.beats.export import keep_weights, make_example, make_pulse
from songleaf_models.beats.features import COUNT, RATE, PulseFeatures, align
from songleaf_models.beats.network import Shape
from songleaf_models.beats.train import Config, Schedule, Trainer
from songleaf_models.evidence import read_evidence
from songleaf_models.weights.listen import open_session

SONG = Path(__file__).resolve().parents[2] / "tests" / "fixtures" / "lets_go_fishin.ogg"

ALIGN = """
const [file, target, from, to, root] = process.argv.slice(1);
const { readFileSync, writeFileSync } = await import('node:fs');
const { decodeEvidence } = await import(`${root}/main/engine/transcription/evidence-file.ts`);
const { alignPlanes } = await import(`${root}/main/engine/analysis/hear-pulse.ts`);
const planes = alignPlanes(decodeEvidence(readFileSync(file), file), Number(from), Number(to));
const shapes = {};
for (const [name, { data, shape }] of Object.entries(planes)) {
  writeFileSync(`${target}/${name}`, Buffer.from(data.buffer));
  shapes[name] = shape;
}
console.log(JSON.stringify(shapes));
"""


def make_clip(frames: int = 1500, interval: float = 20.3) -> Clip:
    """A clip that ticks: flux at every beat, more of it at every fourth."""
    rng = np.random.default_rng(0)
    beats = np.arange(10, frames - 10, interval)
    features = rng.random((COUNT, frames)).astype(np.float16) * 0.2
    positions = np.arange(len(beats)) % 4 + 1
    for beat, position in zip(beats, positions, strict=True):
        features[:8, round(float(beat))] += 1.0 if position == 1 else 0.5
    return Clip("000.0", features, beats, positions, np.zeros(len(beats)), np.zeros(len(beats)))


CONFIG = Config(
    Shape(channels=8, blocks=4), Augmentation(), Schedule(steps=40, batch=2, length=700, measure_steps=1000)
)


def train_steps(folder: Path, steps: list[int]) -> Trainer:
    """Trains up to each number of steps in turn, each time from what was saved."""
    for last in steps:
        trainer = Trainer(CONFIG, folder)
        trainer.restore()
        while trainer.step < last:
            trainer.learn([make_clip()])
        trainer.save()
    return trainer


def test_training_goes_on_exactly_where_it_stopped(tmp_path: Path) -> None:
    once, twice = train_steps(tmp_path / "a", [8]), train_steps(tmp_path / "b", [3, 8])
    for name, value in once.averaged.state_dict().items():
        assert torch.equal(value, twice.averaged.state_dict()[name]), name


def test_training_learns_a_tick(tmp_path: Path) -> None:
    clip = make_clip()
    config = replace(CONFIG, schedule=replace(CONFIG.schedule, steps=60, warmup=5))
    trainer = Trainer(config, tmp_path)
    losses = [trainer.learn([clip]) for _ in range(60)]
    assert np.mean(losses[-5:]) < 0.8 * np.mean(losses[:5])


def test_targets_follow_a_stretch() -> None:
    clip, rng = make_clip(), np.random.default_rng(3)
    plain = Augmentation(1.25, 1.25, 0, 0, 0, 0, 0, 0, 0, 0)
    example = augment(clip, plain, 1000, rng)
    peaks = np.flatnonzero(example.targets[0] > 0.74)
    # Two frames are as near where a beat lies between them.
    steps = np.diff(peaks)
    assert abs(steps[steps > 1].mean() - 20.3 * 1.25) < 0.5
    # The flux lies where the targets do.
    assert example.features[:8, peaks].mean() > 2 * example.features[:8].mean()


def test_whole_clips_say_where_beats_and_downbeats_are() -> None:
    clip = make_clip()
    example = whole(clip)
    assert (example.targets[1] > 0.5).sum() * 3 < (example.targets[0] > 0.5).sum()
    assert example.targets[0, round(float(clip.beats[4]))] > 0.7


def test_the_exported_network_answers_like_its_origin(tmp_path: Path) -> None:
    trainer = train_steps(tmp_path, [4])
    keep_weights(tmp_path / "state.pt", tmp_path / "pulse.pt")
    path = tmp_path / "pulse.onnx"
    data = make_pulse(tmp_path / "pulse.pt")
    assert data == make_pulse(tmp_path / "pulse.pt")
    path.write_bytes(data)
    session = open_session(path)
    for frames in (64, 301):
        planes = make_example(frames)
        (found,) = session.run(None, {name: plane.numpy() for name, plane in planes._asdict().items()})
        with torch.no_grad():
            expected = torch.sigmoid(trainer.averaged.eval()(PulseFeatures()(*planes))).numpy()
        assert found.shape == expected.shape
        assert np.abs(found - expected).max() < 1e-4


def test_the_engine_lays_the_planes_as_training_does(tmp_path: Path) -> None:
    try:
        node = engine.find_node()
    except FileNotFoundError as error:
        pytest.skip(str(error))
    line = next(engine.analyse([SONG], tmp_path))
    file = next(Path(name) for name in line["files"] if name.endswith(".evidence"))
    expected = align(read_evidence(file))._asdict()
    count = expected["beats"].shape[1]
    assert abs(count / RATE - 133) < 2
    for first, last in ((0, count), (700, 1900)):
        command = [node, "--input-type=module", "-e", ALIGN, str(file), str(tmp_path), str(first), str(last)]
        output = subprocess.run([*command, str(engine.ROOT)], capture_output=True, text=True, check=True).stdout
        shapes = json.loads(output)
        for name, plane in expected.items():
            rows = plane.shape[1] // count
            found = np.fromfile(tmp_path / name, np.float32).reshape(shapes[name])
            np.testing.assert_allclose(found, plane[:, first * rows : last * rows].numpy(), atol=1e-3)
