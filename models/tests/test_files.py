"""What lies in models/weights is what the code builds, byte for byte."""

import hashlib
import json
from pathlib import Path

import pytest

from songleaf_models.weights.manifest import describe, write_json
from songleaf_models.weights.networks import NETWORKS, Network
from songleaf_models.weights.places import WEIGHTS_DIR

MANIFEST = json.loads((WEIGHTS_DIR / "manifest.json").read_text())


@pytest.mark.parametrize("network", NETWORKS, ids=lambda network: network.name)
def test_a_second_build_has_the_same_bytes(network: Network, checkpoints: Path) -> None:
    committed = next(entry for entry in MANIFEST["weights"] if entry["name"] == network.name)
    assert describe(network, network.make(checkpoints)) == committed
    assert hashlib.sha256((WEIGHTS_DIR / network.file).read_bytes()).hexdigest() == committed["sha256"]


def test_the_manifest_lists_every_file_once() -> None:
    files = {path.name for path in WEIGHTS_DIR.glob("*.onnx")}
    assert sorted(files) == sorted(entry["file"] for entry in MANIFEST["weights"])
    assert write_json(MANIFEST["weights"]) == (WEIGHTS_DIR / "manifest.json").read_text()


def test_every_licence_is_there() -> None:
    named = {name for entry in MANIFEST["weights"] for name in entry["licenceFiles"]}
    assert named == {f"licences/{path.name}" for path in (WEIGHTS_DIR / "licences").iterdir()}
    assert all((WEIGHTS_DIR / name).stat().st_size > 500 for name in named)


def test_everything_stays_small() -> None:
    assert sum(entry["bytes"] for entry in MANIFEST["weights"]) < 100e6
