"""What the tests share: the checkpoints, and the committed files of `models/weights`."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from songleaf_models.weights import reference
from songleaf_models.weights.fetch import fetch_checkpoints
from songleaf_models.weights.listen import open_session
from songleaf_models.weights.places import WEIGHTS_DIR

torch.set_num_threads(1)

Open = Callable[[str], onnxruntime.InferenceSession]


@pytest.fixture(scope="session")
def checkpoints() -> Path:
    """Folder of the published checkpoints."""
    return fetch_checkpoints()


@pytest.fixture(scope="session")
def load() -> Open:
    """Opens a committed network by its file's name."""
    return lambda file: open_session(WEIGHTS_DIR / file)


@pytest.fixture(scope="session")
def song() -> np.ndarray:
    """audio[N] of a real song, mono at 22,050 Hz, two minutes."""
    return reference.read_song()
