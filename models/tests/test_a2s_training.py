"""Training of the published arranger: goes on exactly after a stop, and learns."""

import os
import socket
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from songleaf_models.a2s.batches import Batch, make_batch
from songleaf_models.a2s.checkpoint import load_arranger
from songleaf_models.a2s.config import CONFIGS_DIR, Config, Settings, read_config
from songleaf_models.a2s.losses import measure_losses
from songleaf_models.a2s.networks.arranger import Arranger
from songleaf_models.a2s.networks.shape import Shape
from songleaf_models.a2s.schedule import MIXED, Kind, Stage, force_all
from songleaf_models.a2s.store import open_store
from songleaf_models.a2s.train import scale_config, train_stage
from songleaf_models.a2s.trainer import Trainer
from songleaf_models.a2s.validate import validate
from songleaf_models.a2s.world import join_world
from tests.test_a2s_data import make_store

SMALL = Shape(
    audio="posteriors", chord_encoder=8, chord_decoder=8, chord_side=8, head_channels=4, head_hidden=8, score_wide=16,
    score_embedding=8, score_hidden=8, feature_hidden=8, feature_side=8, feature_embedding=8, note_embedding=16,
    summary_hidden=8, tree_side=8, time_hidden=32, note_hidden=32,
)  # fmt: skip
LACKING: dict[str, Shape] = {
    "a2s": SMALL,
    "no chords": replace(SMALL, chords=False, z_audio=320),
    "supervised": replace(SMALL, chords=False, score=False, features=False, z_audio=512),
}


def make_config(kind: Kind, shape: Shape = SMALL, steps: int = 6) -> Config:
    stages = (
        Stage("1", "1", steps, batch=4, anneal=4),
        Stage("next", kind, steps, after="1", batch=4, anneal=4, beta=(0.01, 0.01)),
    )
    return Config("small", shape, Settings(average=0.9, measure_steps=3), stages)


@pytest.mark.parametrize("kind", ["2", "3a", "3b", "3"])
def test_training_goes_on_exactly(tmp_path: Path, kind: Kind) -> None:
    make_store(tmp_path / "data")
    store = open_store(False, folder=tmp_path / "data")
    config = make_config(kind)
    first = Trainer(config, config.stages[0], store, tmp_path)
    first.learn()
    first.save()
    runs = []
    for breaks in ((6,), (2, 3, 1)):
        folder = tmp_path / f"run{len(breaks)}"
        folder.mkdir()
        (folder / "1.pt").write_bytes((tmp_path / "1.pt").read_bytes())
        for length in breaks:
            trainer = Trainer(config, config.stages[1], store, folder)
            trainer.restore()
            for _ in range(length):
                trainer.learn()
            trainer.save()
        runs.append(trainer)
    assert runs[0].account.steps == runs[1].account.steps == 6
    assert runs[1].account.segments == 24
    assert runs[1].account.epochs == pytest.approx(4.0)
    for one, other in zip(runs[0].network.state_dict().values(), runs[1].network.state_dict().values(), strict=True):
        torch.testing.assert_close(one, other, atol=0, rtol=0)
    for name, value in runs[0].averaged.items():
        torch.testing.assert_close(value, runs[1].averaged[name], atol=0, rtol=0)


@pytest.mark.parametrize("lacking", LACKING)
def test_stages_run_to_their_end(tmp_path: Path, lacking: str) -> None:
    make_store(tmp_path / "data")
    stores = open_store(False, folder=tmp_path / "data"), open_store(True, folder=tmp_path / "data")
    config = make_config("3a", LACKING[lacking], 3)
    for stage in config.stages:
        assert train_stage(config, stage, stores, tmp_path, float("inf"))
    network, content = load_arranger(tmp_path / "next.pt")
    assert content["account"]["steps"] == 3
    assert content["account"]["machines"]
    assert len((tmp_path / "next.csv").read_text().splitlines()) == 2
    assert (tmp_path / "curves.png").stat().st_size > 1000
    assert 0 <= validate(network, stores[1], "pitch")["note_f"] <= 1


def learn_by_heart(shape: Shape, batch: Batch, steps: int, rate: float) -> float:
    """Loss of a pitch after learning one batch, everything forced."""
    torch.manual_seed(0)
    network = Arranger(shape)
    optimiser = torch.optim.Adam(network.parameters(), rate)
    stage = Stage("1", "1", steps, sampled=False)
    for _ in range(steps):
        losses = measure_losses(network, batch, stage, 0, force_all())
        optimiser.zero_grad()
        losses["loss"].backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    return float(losses["pitch"].detach())


def test_one_batch_is_learned_by_heart(tmp_path: Path) -> None:
    make_store(tmp_path)
    batch = make_batch(open_store(False, folder=tmp_path), np.arange(2), "pitch")
    assert learn_by_heart(replace(SMALL, time_hidden=128, note_hidden=128), batch, 60, 1e-2) < 0.7


def test_the_mixed_stage_is_each_of_the_others_in_its_share() -> None:
    rng = np.random.default_rng(0)
    drawn = Counter(Stage("3", "3", 1).draw(rng).kind for _ in range(2000))
    assert drawn.keys() == MIXED.keys()
    for kind, share in MIXED.items():
        assert drawn[kind] / 2000 == pytest.approx(share, abs=0.03)
    stage = Stage("2", "2", 1)
    assert stage.draw(rng) is stage


def test_scaled_stages_anneal_sooner() -> None:
    config = read_config("compact")
    scaled = scale_config(config, 0.25)
    assert scaled.name == "compact@0.25"
    for one, other in zip(config.stages, scaled.stages, strict=True):
        assert other.steps == round(one.steps / 4)
        assert other.anneal == round(one.anneal / 4)
        assert other.warmup == round(one.warmup / 4)
        assert other.rate_at(other.steps) == pytest.approx(one.rate_at(one.steps), rel=0.01)


@pytest.mark.parametrize("path", sorted(CONFIGS_DIR.glob("*.toml")), ids=lambda path: path.stem)
def test_configurations_are_whole(path: Path) -> None:
    config = read_config(path.stem)
    names = [stage.name for stage in config.stages]
    assert names
    assert len(set(names)) == len(names)
    for stage in config.stages:
        assert stage.after is None or stage.after in names[: names.index(stage.name)]


def test_published_sizes_learn_one_batch(tmp_path: Path) -> None:
    make_store(tmp_path)
    store = open_store(False, folder=tmp_path)
    torch.manual_seed(4)
    mels = torch.randn(1, 229, 153)
    batch = make_batch(store, np.arange(1), "lead-first", listen=lambda *_: mels)
    # It begins at ln 130 = 4.87.
    assert learn_by_heart(read_config("paper").shape, batch, 15, 1e-3) < 3.5


def _learn_with_others(rank: int, folder: str, port: int) -> None:
    os.environ.update(RANK=str(rank), WORLD_SIZE="2", MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port))
    torch.set_num_threads(1)
    world = join_world()
    config = make_config("2")
    trainer = Trainer(config, config.stages[0], open_store(False, folder=Path(folder)), Path(folder), world=world)
    for _ in range(3):
        trainer.learn()
    assert world.agree(rank == 1)
    torch.save(trainer.network.state_dict(), Path(folder) / f"{rank}.weights")


def test_processes_train_one_network(tmp_path: Path) -> None:
    make_store(tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    torch.multiprocessing.spawn(_learn_with_others, (str(tmp_path), port), nprocs=2)
    one, other = (torch.load(tmp_path / f"{rank}.weights", weights_only=True) for rank in range(2))
    for name, value in one.items():
        torch.testing.assert_close(value, other[name], atol=0, rtol=0)
