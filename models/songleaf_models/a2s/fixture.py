"""A network a thousandth the size with drawn weights, and what Python makes of a drawn song with it: for engine tests.

python -m songleaf_models.a2s.fixture   # writes tests/fixtures/a2s
"""

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import torch

from songleaf_models.a2s.arrange import Piece, arrange_song, join_windows, lay_inputs, write_following, write_rolls
from songleaf_models.a2s.export import GRAPHS, make_graphs
from songleaf_models.a2s.grid import PITCHES, STEPS, seconds_to_beats
from songleaf_models.a2s.networks.arranger import Arranger
from songleaf_models.a2s.networks.shape import Shape
from songleaf_models.a2s.piano_tree import EOS
from songleaf_models.a2s.smooth_joins import smooth_joins
from songleaf_models.a2s.windows import list_bars, plan_windows
from songleaf_models.arranger.parity import draw_song
from songleaf_models.places import MODELS_DIR
from songleaf_models.truth import Beat
from songleaf_models.weights.fetch import write_whole
from songleaf_models.weights.manifest import describe, write_json
from songleaf_models.weights.networks import name_a2s

FOLDER = MODELS_DIR.parent / "tests" / "fixtures" / "a2s"
TINY = Shape(
    audio="posteriors", z_chords=16, z_audio=24, z_score=24, chord_encoder=8, chord_decoder=8, chord_side=8,
    head_channels=2, head_hidden=12, score_channels=2, score_wide=16, score_embedding=8, score_hidden=16,
    feature_hidden=16, feature_side=8, feature_embedding=8, note_embedding=16, summary_hidden=8, tree_side=16,
    time_hidden=32, note_hidden=32,
)  # fmt: skip
SEED = 7
BARS = {"pickup": [1, 4, 4, 4, 4], "waltz": [3, 3, 3, 3], "odd": [4, 2, 5, 4, 6, 4], "six": [6, 6, 4], "long": [4, 11]}
"""Bars in beats of songs whose windows are told; a first bar of one beat is a pickup of a bar of four."""
KEPT_FRAMES = (0, 1, 17, 76, 152)
"""Frames whose posteriors are told whole; of the others the sums."""


def make_network() -> Arranger:
    """Drawn weights of float16's precision, so great that what is written depends on everything that is read.

    Two to four notes a step, on keys about the middle.
    """
    torch.manual_seed(SEED)
    network = Arranger(TINY).eval()
    tree, features = network.tree, network.feature_decoder
    assert features is not None
    assert network.chord_encoder is not None
    assert network.score_texture is not None
    scales: list[tuple[float, list[Any]]] = [
        (4.0, [tree.pitch.weight, tree.note_cell.weight_ih, tree.time_gru.weight_ih_l0, tree.note_state.weight]),
        (4.0, [tree.side.weight]),
        (8.0, [tree.time_gru.weight_hh_l0, features.cell.weight_hh]),
        (3.0, [tree.embedding.linear.weight]),
        (
            6.0,
            [part.head.mean.weight for part in (network.audio_texture, network.chord_encoder, network.score_texture)],
        ),
    ]
    for scale, weights in scales:
        for weight in weights:
            weight.data *= scale
    keys = torch.arange(tree.pitch.bias.shape[0])
    tree.pitch.bias.data -= 0.08 * (keys - 60).abs() * (keys < PITCHES)
    tree.pitch.bias.data[EOS] += 2.5
    for parameter in network.parameters():
        parameter.data = parameter.data.half().float()
    return network


def lay_positions(bars: list[int]) -> list[int]:
    """Places of beats in their bars."""
    first = [4] if bars[0] == 1 else list(range(1, bars[0] + 1))
    return [*first, *(place for bar in bars[1:] for place in range(1, bar + 1))]


def list_notes(roll: np.ndarray) -> list[list[int]]:
    """[step, pitch, steps] of a roll."""
    return [[int(step), int(pitch), int(roll[step, pitch])] for step, pitch in zip(*np.nonzero(roll), strict=True)]


def tell_parity(network: Arranger) -> dict[str, object]:
    """Windows, posteriors, chords, latents and notes of the drawn song, all of whose beats count as quarters."""
    evidence, truth = draw_song()
    beats = [Beat(beat.time, (index + 3) % 4 + 1) for index, beat in enumerate(truth.beats)]
    piece = Piece(beats, truth.chords, evidence)
    windows = plan_windows(piece.positions, "two-bar")
    told, heard = lay_inputs(windows, beats, truth.chords, evidence)
    rng = np.random.default_rng(SEED)
    score = np.where(rng.random((1, STEPS, PITCHES)) < 0.01, rng.integers(1, 33, (1, STEPS, PITCHES)), 0)
    with torch.no_grad():
        prompt = torch.from_numpy(score.astype(np.float32))
        latents = network.encode(torch.from_numpy(told), torch.from_numpy(heard), prompt)
    assert latents.chords is not None
    assert latents.score is not None
    rolls = write_rolls(network, "pitch", told, heard)
    prompted = write_rolls(network, "pitch", told, heard, np.repeat(score, len(windows), 0))
    steps = 4 * seconds_to_beats(
        np.array([[note.start, note.end] for note in join_windows(windows, rolls, piece.times)]), piece.times
    )
    assert len(arrange_song(network, "pitch", piece)) == len(steps)
    whole = np.floor(255 * heard + 0.5).astype(np.uint8)
    singles = plan_windows(piece.positions, "first-bar")
    inputs = lay_inputs(singles, beats, truth.chords, evidence)
    overlapping = write_rolls(network, "pitch", *inputs)
    following = write_following(network, network, "pitch", singles, *inputs)
    smooth = smooth_joins(singles, overlapping, list_bars(piece.positions))
    return {
        "plans": {
            name: {
                "positions": lay_positions(bars),
                **{
                    assembly: [list(vars(window).values()) for window in plan_windows(lay_positions(bars), assembly)]
                    for assembly in ("first-bar", "two-bar")
                },
            }
            for name, bars in BARS.items()
        },
        "windows": [list(vars(window).values()) for window in windows],
        "chords": ["".join(map(str, row)) for row in told.astype(int).reshape(-1, told.shape[-1])],
        "frames": KEPT_FRAMES,
        "kept": base64.b64encode(whole[:, :, list(KEPT_FRAMES)].tobytes()).decode(),
        "sums": np.round(heard.sum(-1), 4).ravel().tolist(),
        "means": {
            name: np.round(gaussian.mean.numpy(), 5).tolist()
            for name, gaussian in (("chords", latents.chords), ("audio", latents.audio), ("score", latents.score))
        },
        "logDeviations": np.round(latents.audio.log_deviation.numpy(), 5).tolist(),
        "score": list_notes(score[0]),
        "notes": [list_notes(roll) for roll in rolls],
        "prompted": [list_notes(roll) for roll in prompted],
        "overlapping": [list_notes(roll) for roll in overlapping],
        "following": [list_notes(roll) for roll in following],
        "smooth": [list(vars(window).values()) for window in smooth],
        "joined": [
            [*map(int, np.round(row)), note.pitch]
            for row, note in zip(steps, join_windows(windows, rolls, piece.times), strict=True)
        ],
    }


def write_fixture(folder: Path = FOLDER) -> None:
    """The graphs with a manifest in `weights`, and `parity.json`."""
    network = make_network()
    entries = []
    graphs = make_graphs(network)
    for name, data in graphs.items():
        entry = name_a2s(name, graphs.__getitem__)
        write_whole(folder / "weights" / entry.file, data)
        entries.append(describe(entry, data))
    assert {entry["name"] for entry in entries} == set(GRAPHS)
    write_whole(folder / "weights" / "manifest.json", write_json(entries).encode())
    write_whole(folder / "parity.json", (json.dumps(tell_parity(network)) + "\n").encode())


if __name__ == "__main__":
    write_fixture()
