"""The arranger's ONNX graphs against PyTorch, and their way into the app."""

import hashlib
import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from songleaf_models.a2s.export import GRAPHS, keep_weights, load_weights, main, make_graphs
from songleaf_models.a2s.fixture import FOLDER, write_fixture
from songleaf_models.a2s.networks.arranger import Arranger
from songleaf_models.a2s.networks.shape import Shape
from songleaf_models.a2s.piano_tree import BITS
from songleaf_models.a2s.store import open_store
from songleaf_models.a2s.trainer import Trainer
from tests.test_a2s_data import make_store
from tests.test_a2s_training import SMALL, make_config

PLACES = replace(SMALL, head_places=3, score_places=2, feature_places=4, tree_places=5)
SHAPES: dict[str, Shape] = {"a2s": SMALL, "no features": replace(SMALL, features=False), "places": PLACES}


def make_network(shape: Shape) -> Arranger:
    """Weights so great that what it writes depends on what it wrote, of float16's precision as they are stored."""
    torch.manual_seed(5)
    network = Arranger(shape).eval()
    tree = network.tree
    for weight in (tree.pitch.weight, tree.note_cell.weight_ih, tree.time_gru.weight_ih_l0, tree.note_state.weight):
        weight.data *= 4
    tree.pitch.bias.data[129] += 4
    for parameter in network.parameters():
        parameter.data = parameter.data.half().float()
    return network


def run(data: bytes, **inputs: torch.Tensor) -> list[np.ndarray]:
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    return session.run(None, {name: value.numpy() for name, value in inputs.items()})


@pytest.mark.parametrize("name", SHAPES)
def test_graphs_answer_as_pytorch_does(name: str) -> None:
    network = make_network(SHAPES[name])
    graphs = make_graphs(network)
    for windows in (1, 7):
        chords, heard = torch.rand(windows, 8, 36).round(), torch.rand(windows, 3, 153, 88)
        score = 4 * (torch.rand(windows, 32, 128) < 0.05).float()
        z = torch.randn(windows, network.shape.z)
        with torch.no_grad():
            latents = network.encode(chords, heard, score)
            assert latents.chords is not None
            assert latents.score is not None
            features = network.imagine_features(z[:, 128:320])
            tree = network.tree.write_ascending(z, features)
        wanted = [*latents.chords, *latents.audio]
        for found, true in zip(run(graphs["a2s-encode"], chords=chords, heard=heard), wanted, strict=True):
            np.testing.assert_allclose(found, true.numpy(), atol=1e-4)
        for found, true in zip(run(graphs["a2s-score"], score=score), latents.score, strict=True):
            np.testing.assert_allclose(found, true.numpy(), atol=1e-4)
        pitch, duration, soft = run(graphs["a2s-decode"], z=z)
        slots = tree[:, :, 1:-1].numpy()
        notes = slots[..., 0] < 128
        assert 0 < notes.sum() < notes.size
        np.testing.assert_array_equal(pitch < 128, notes)
        np.testing.assert_array_equal(pitch[notes], slots[..., 0][notes])
        lengths = (slots[..., 1:] << np.arange(BITS - 1, -1, -1)).sum(-1) + 1
        np.testing.assert_array_equal(duration[notes], lengths[notes])
        if features is not None:
            np.testing.assert_allclose(soft, features.numpy(), atol=1e-4)


def test_two_exports_have_the_same_bytes() -> None:
    first = make_graphs(make_network(SMALL))
    # What was scripted before leaves its traces in names.
    make_graphs(make_network(SHAPES["no features"]))
    assert make_graphs(make_network(SMALL)) == first


def test_kept_weights_are_those_of_the_checkpoint(tmp_path: Path) -> None:
    make_store(tmp_path)
    config = make_config("3a", steps=1)
    trainer = Trainer(config, config.stages[0], open_store(False, folder=tmp_path), tmp_path)
    trainer.learn()
    trainer.save()
    keep_weights(trainer.path, tmp_path / "kept.pt")
    network, content = load_weights(tmp_path / "kept.pt")
    assert content["settings"]["order"] == "pitch"
    for name, value in trainer.averaged_network().state_dict().items():
        torch.testing.assert_close(network.state_dict()[name], value.half().float(), atol=0, rtol=0)
    assert (tmp_path / "kept.pt").stat().st_size < trainer.path.stat().st_size / 4


def test_graphs_are_registered_with_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = {"name": "other", "file": "other.onnx", "bytes": 5}
    old = {"name": "a2s-score", "file": "a2s_score.onnx", "bytes": 7, "sha256": "0"}
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"format": "songleaf-weights", "version": 1, "weights": [other, old]}))
    kept = tmp_path / "kept.pt"
    options = ["compact", "--untrained", "--weights", str(kept), "--out", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", ["export", *options])
    main()
    entries = {entry["name"]: entry for entry in json.loads(manifest.read_text())["weights"]}
    assert set(entries) == {"other", *GRAPHS}
    assert entries["other"] == other
    for name in GRAPHS:
        data = (tmp_path / entries[name]["file"]).read_bytes()
        assert entries[name]["sha256"] == hashlib.sha256(data).hexdigest()
        assert entries[name]["bytes"] == len(data)
    assert entries["a2s-decode"]["inputs"] == {"z": ["windows", 512]}
    assert load_weights(kept)[1]["settings"]["order"] == "pitch"


def test_the_engines_fixture_is_what_this_code_writes(tmp_path: Path) -> None:
    write_fixture(tmp_path)
    names = sorted(path.relative_to(FOLDER) for path in FOLDER.rglob("*") if path.is_file())
    assert [tmp_path / name for name in names] == sorted(path for path in tmp_path.rglob("*") if path.is_file())
    for name in names:
        if name.suffix == ".onnx":
            assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes()
    wanted, found = (json.loads((folder / "parity.json").read_text()) for folder in (FOLDER, tmp_path))
    for key in ("plans", "windows", "chords", "kept", "score", "notes", "prompted", "joined", "smooth"):
        assert found[key] == wanted[key]
    assert sum((FOLDER / name).stat().st_size for name in names if name.suffix == ".onnx") < 300_000
