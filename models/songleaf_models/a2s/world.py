"""Processes that train one network together, as `torchrun` starts them; one alone without it."""

import os
from dataclasses import dataclass

import torch
from torch import distributed, nn


@dataclass(frozen=True)
class World:
    """This process's number among all."""

    rank: int = 0
    size: int = 1

    @property
    def leads(self) -> bool:
        """Whether this process writes files and speaks."""
        return self.rank == 0

    def average_gradients(self, network: nn.Module) -> None:
        """Every gradient becomes the mean over all processes."""
        if self.size == 1:
            return
        for parameter in network.parameters():
            if parameter.grad is not None:
                distributed.all_reduce(parameter.grad)
                parameter.grad /= self.size

    def wait(self) -> None:
        """Goes on when every process has come here."""
        if self.size > 1:
            distributed.barrier()

    def agree(self, asked: bool) -> bool:
        """Whether any process asks for it."""
        if self.size == 1:
            return asked
        flag = torch.tensor(float(asked))
        distributed.all_reduce(flag, distributed.ReduceOp.MAX)
        return bool(flag > 0)


def join_world() -> World:
    """Joins the processes that torchrun started with this one."""
    size = int(os.environ.get("WORLD_SIZE", "1"))
    if size == 1:
        return World()
    distributed.init_process_group("nccl" if torch.cuda.is_available() else "gloo")
    return World(distributed.get_rank(), size)


def choose_device() -> torch.device:
    """An accelerator where PyTorch knows one, the process's own where there are several; otherwise the processor."""
    if torch.cuda.is_available():
        return torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")))
    return torch.device("cpu")
