"""A GRU over time that learns in bfloat16: PyTorch's own is left out of autocast and stays in float32.

Matrix products take half the time on processors that multiply bfloat16; the gradient of the weights is one product
over all times instead of one a time.
"""

from typing import Protocol, cast

import torch
from torch import Tensor, nn
from torch.nn import functional


def run_gru(gru: nn.GRU, x: Tensor, state: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """What `gru` of one layer with `batch_first` answers to x [B, T, width] and state [D, B, hidden].

    Output [B, T, D hidden] and last states [D, B, hidden]. Where autocast computes in bfloat16 and gradients are asked
    for, products are in bfloat16, states in float32; otherwise it is `gru` itself.
    """
    if not (torch.is_autocast_enabled("cpu") and torch.is_grad_enabled() and x.device.type == "cpu"):
        return gru(x, state)
    outputs, last = [], []
    for direction, suffix in enumerate(("", "_reverse") if gru.bidirectional else ("",)):
        weights = [getattr(gru, f"{name}_l0{suffix}") for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
        first = x.new_zeros(len(x), gru.hidden_size) if state is None else state[direction]
        told = x.flip(1) if direction else x
        output = cast(Tensor, _HalfGru.apply(told, first, *weights))  # type: ignore[no-untyped-call]
        last.append(output[:, -1])
        outputs.append(output.flip(1) if direction else output)
    return torch.cat(outputs, -1), torch.stack(last)


class _Context(Protocol):
    """What PyTorch gives a function to remember by."""

    saved_tensors: tuple[Tensor, ...]
    needs_input_grad: tuple[bool, ...]

    def save_for_backward(self, *tensors: Tensor) -> None: ...


class _HalfGru(torch.autograd.Function):
    """x [B, T, I], state [B, H], weights and biases as in `nn.GRU` -> states [B, T, H], float32."""

    @staticmethod
    def forward(
        ctx: "_Context",
        x: Tensor,
        state: Tensor,
        weight_ih: Tensor,
        weight_hh: Tensor,
        bias_ih: Tensor,
        bias_hh: Tensor,
    ) -> Tensor:
        half, state = torch.bfloat16, state.float()
        told_x, read_ih, read_hh = x.to(half), weight_ih.to(half), weight_hh.to(half)
        told = functional.linear(told_x, read_ih).float() + bias_ih
        # [T, B, 3 H]: a time lies in one piece.
        told = told.transpose(0, 1).contiguous()
        length, batch, _ = told.shape
        hidden = state.shape[-1]
        states = told.new_empty(length + 1, batch, hidden)
        states[0] = state
        gates = told.new_empty(length, batch, 3 * hidden)
        kept = told.new_empty(length, batch, hidden)
        for time in range(length):
            before = states[time]
            read = functional.linear(before.to(half), read_hh).float().add_(bias_hh)
            both = torch.sigmoid_(told[time, :, : 2 * hidden] + read[:, : 2 * hidden])
            reset, update = both.chunk(2, -1)
            new = torch.tanh_(torch.addcmul(told[time, :, 2 * hidden :], reset, read[:, 2 * hidden :]))
            torch.lerp(new, before, update, out=states[time + 1])
            gates[time, :, : 2 * hidden] = both
            gates[time, :, 2 * hidden :] = new
            kept[time] = read[:, 2 * hidden :]
        ctx.save_for_backward(told_x, read_ih, read_hh, states, gates, kept)
        return states[1:].transpose(0, 1)

    @staticmethod
    def backward(ctx: "_Context", gradient: Tensor) -> tuple[Tensor | None, ...]:
        told_x, read_ih, read_hh, states, gates, kept = ctx.saved_tensors
        half = torch.bfloat16
        length, batch, hidden = kept.shape
        gradient = gradient.transpose(0, 1)
        told_by = gates.new_empty(length, batch, 3 * hidden)
        read_by = gates.new_empty(length, batch, 3 * hidden)
        carried = torch.zeros_like(kept[0])
        for time in range(length - 1, -1, -1):
            own = gradient[time] + carried
            reset, update, new = gates[time].chunk(3, -1)
            by_new = own * (1 - update) * (1 - new * new)
            by_update = own * (states[time] - new) * update * (1 - update)
            by_reset = by_new * kept[time] * reset * (1 - reset)
            told_by[time] = torch.cat([by_reset, by_update, by_new], -1)
            read_by[time, :, : 2 * hidden] = told_by[time, :, : 2 * hidden]
            read_by[time, :, 2 * hidden :] = by_new * reset
            carried = (read_by[time].to(half) @ read_hh).float() + own * update
        all_told, all_read = (by.transpose(0, 1).to(half).flatten(0, 1) for by in (told_by, read_by))
        by_x = (all_told @ read_ih).float().view(batch, length, -1) if ctx.needs_input_grad[0] else None
        before = states[:-1].transpose(0, 1).to(half).flatten(0, 1)
        return (
            by_x,
            carried,
            (all_told.t() @ told_x.flatten(0, 1)).float(),
            (all_read.t() @ before).float(),
            told_by.sum((0, 1)),
            read_by.sum((0, 1)),
        )
