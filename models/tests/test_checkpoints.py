"""Checkpoints that hold more than arrays are refused before anything in them runs."""

import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest

from songleaf_models.weights.checkpoints import load_array_checkpoint


class _Touch:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Path.touch, (self.path,)


def _write(path: Path, content: object) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("some/data.pkl", pickle.dumps(content, protocol=2))
    return path


def test_code_in_a_checkpoint_is_not_run(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    bad = _write(tmp_path / "bad.ckpt", {"weight": _Touch(trace)})
    with pytest.raises(pickle.UnpicklingError, match="not allowed"):
        load_array_checkpoint(bad)
    assert not trace.exists()


def test_other_things_than_float32_arrays_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="float32"):
        load_array_checkpoint(_write(tmp_path / "text.ckpt", {"weight": "text"}))


def test_every_published_tensor_is_read(checkpoints: Path) -> None:
    state = load_array_checkpoint(checkpoints / "separator_vocals.ckpt")
    assert state["down1_conv.1.weight"].shape == (16, 2, 5, 5)
    assert all(np.isfinite(tensor.numpy()).all() for tensor in state.values())
