"""Trains the network of key signatures on one processor thread."""

import math
import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from songleaf_models.places import MODELS_DIR
from songleaf_models.signatures.network import BAR_VIEWS, SONG_VIEWS, SignatureNetwork
from songleaf_models.signatures.songs import SignedSong, turn_views

CONFIG = MODELS_DIR / "configs" / "signatures.toml"


@dataclass(frozen=True)
class Config:
    """`configs/signatures.toml`."""

    seed: int
    rounds: int  # over all songs
    batch: int  # songs
    longest: int  # bars of a song that are read; what comes behind is left out
    warmup: int  # steps
    learning_rate: float
    weight_decay: float
    dropout: float
    standing: int  # units that tell what stands out in a bar, and in the song
    units: int  # that read bars, in each direction


def read_config(path: Path = CONFIG) -> Config:
    """Raises TypeError where a field is missing or unknown."""
    return Config(**tomllib.loads(path.read_text()))


def hear_song(network: SignatureNetwork, song: SignedSong) -> Tensor:
    """Log-probabilities [bars, 12] of the signatures of a song, by major tonic."""
    bars, whole = (torch.from_numpy(turn_views(views))[None] for views in (song.bars, song.whole))
    with torch.no_grad():
        return network(bars, whole)[0]


def train(songs: list[SignedSong], config: Config) -> SignatureNetwork:
    """The same songs give the same network on the same machine. Prints a line a round."""
    torch.manual_seed(config.seed)
    torch.set_num_threads(1)
    order = np.random.default_rng(config.seed)
    network = SignatureNetwork(config.standing, config.units, config.dropout)
    optimiser = torch.optim.AdamW(network.parameters(), lr=config.learning_rate, weight_decay=config.weight_decay)
    steps = config.rounds * math.ceil(len(songs) / config.batch)
    step = 0
    for turn in range(config.rounds):
        losses = []
        shuffled = order.permutation(len(songs))
        for at in range(0, len(songs), config.batch):
            for group in optimiser.param_groups:
                group["lr"] = config.learning_rate * _rate_at(step, steps, config.warmup)
            loss = _measure_loss(network, [songs[index] for index in shuffled[at : at + config.batch]], config.longest)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1)
            optimiser.step()
            losses.append(loss.item())
            step += 1
        print(f"round {turn + 1}: loss {np.mean(losses):.4f}", flush=True)
    return network.eval()


def _rate_at(step: int, steps: int, warmup: int) -> float:
    """Linear warm-up, a cosine to 0."""
    return min(1.0, (step + 1) / warmup) * (0.5 + 0.5 * math.cos(math.pi * step / steps))


def _measure_loss(network: SignatureNetwork, songs: list[SignedSong], longest: int) -> Tensor:
    """Cross entropy of the signatures: half of it the mean over a song's bars, half the first, which is printed big."""
    count = min(longest, max(len(song.tonics) for song in songs))
    bars = np.zeros((len(songs), 12, count, BAR_VIEWS), np.float32)
    whole = np.zeros((len(songs), 12, SONG_VIEWS), np.float32)
    for at, song in enumerate(songs):
        bars[at, :, : len(song.tonics)] = turn_views(song.bars[:count])
        whole[at] = turn_views(song.whole)
    chances = network(torch.from_numpy(bars), torch.from_numpy(whole))
    losses = []
    for row, song in zip(chances, songs, strict=True):
        tonics = torch.from_numpy(song.tonics[:count])
        missed = -row[torch.arange(len(tonics)), tonics]
        losses.append((missed.mean() + missed[0]) / 2)
    return torch.stack(losses).mean()
