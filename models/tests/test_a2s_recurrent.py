"""The GRU that learns in bfloat16 against PyTorch's own."""

import pytest
import torch
from torch import nn

from songleaf_models.a2s.networks.recurrent import run_gru


@pytest.mark.parametrize("bidirectional", [False, True])
def test_halves_answer_and_learn_as_the_whole(bidirectional: bool) -> None:
    """Outputs, last states and every gradient lie within what bfloat16 rounds away."""
    torch.manual_seed(0)
    gru = nn.GRU(40, 32, batch_first=True, bidirectional=bidirectional)
    x = torch.randn(8, 20, 40, requires_grad=True)
    state = torch.randn(1 + bidirectional, 8, 32, requires_grad=True)
    learned = [x, state, *gru.parameters()]
    found = []
    for half in (False, True):
        for tensor in learned:
            tensor.grad = None
        with torch.autocast("cpu", torch.bfloat16, enabled=half):
            output, last = run_gru(gru, x, state)
        assert output.dtype == torch.float32
        (output.sin().sum() + (last * torch.arange(32)).sum()).backward()
        gradients = [tensor.grad for tensor in learned]
        assert all(gradient is not None for gradient in gradients)
        found.append([output.detach(), last.detach(), *(gradient for gradient in gradients if gradient is not None)])
    for whole, halved in zip(*found, strict=True):
        assert (whole - halved).norm() < 0.01 * whole.norm()
        assert not torch.equal(whole, halved)


def test_without_gradients_it_is_the_gru_itself() -> None:
    """What is measured and exported is computed in float32."""
    gru = nn.GRU(5, 4, batch_first=True)
    x = torch.randn(2, 3, 5)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        assert torch.equal(run_gru(gru, x)[0], gru(x)[0])
