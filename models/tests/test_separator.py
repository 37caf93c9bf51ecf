"""separator.onnx against the published U-Nets in PyTorch with float32 weights."""

from pathlib import Path

import numpy as np
import torch
from conftest import Open

from songleaf_models.weights import reference


def test_stems_equal_the_reference(load: Open, checkpoints: Path) -> None:
    transform, magnitudes = reference.transform_stereo(24)
    passages = np.stack([magnitudes[:, :512], magnitudes[:, 512:1024]])
    (share,) = load("separator.onnx").run(None, {"magnitudes": passages})
    with torch.no_grad():
        expected = reference.make_separator(checkpoints)(torch.from_numpy(passages)).numpy()
    assert share.shape == expected.shape == (2, 2, 512, 1024)
    assert share.min() >= 0
    assert share.max() <= 1
    for ours, theirs in ((share, expected), (1 - share, 1 - expected)):
        target, got = (reference.apply_share(transform[:, :, :512], part[0]) for part in (theirs, ours))
        ratio = 10 * np.log10((target**2).sum() / ((target - got) ** 2).sum())
        assert ratio > 60
