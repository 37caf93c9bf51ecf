"""Cost and parity of every file, measured on a real song."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import librosa
import numpy as np
import onnxruntime
import torch

from songleaf_models.arranger.export import Notes, load_arranger
from songleaf_models.beats.export import load_pulse, make_example
from songleaf_models.beats.features import RATE
from songleaf_models.evidence import FRAME_RATE
from songleaf_models.melody.features import align_frames
from songleaf_models.melody.parity import draw_evidence, hear
from songleaf_models.weights import listen, reference
from songleaf_models.weights.chord_net import HEADS
from songleaf_models.weights.fetch import fetch_checkpoints
from songleaf_models.weights.networks import NETWORKS

TRIADS = HEADS["triad"]


@dataclass(frozen=True)
class Result:
    """One row: megabytes, processor seconds a minute of audio on one thread, what the parity check found."""

    file: str
    megabytes: float
    cost: float
    parity: str


def _timed(run: Callable[[], np.ndarray | float], seconds_of_audio: float) -> tuple[float, np.ndarray]:
    start = time.process_time()
    output = run()
    return (time.process_time() - start) / seconds_of_audio * 60, np.asarray(output)


def _check_beats(session: onnxruntime.InferenceSession, checkpoints: Path) -> tuple[float, str]:
    song = reference.read_song()
    cost, activations = _timed(lambda: listen.hear_beats(session, song), len(song) / 22_050)
    error = np.abs(activations - reference.compute_beats(checkpoints, song)).max()
    return cost, f"activations within {error:.1e}"


def _check_tuning(session: onnxruntime.InferenceSession, _checkpoints: Path) -> tuple[float, str]:
    song = reference.read_song()
    cost, tuning = _timed(lambda: listen.find_tuning(session, song), len(song) / 22_050)
    return cost, f"{tuning:.2f}, librosa {reference.find_librosa_tuning():.2f}"


def _check_cqt(session: onnxruntime.InferenceSession, _checkpoints: Path) -> tuple[float, str]:
    song, tuning = reference.read_song(), reference.find_librosa_tuning()
    cost, magnitudes = _timed(lambda: listen.measure_cqt(session, song, tuning), len(song) / 22_050)
    expected = reference.compute_cqt(song, tuning)
    error = np.abs(magnitudes - expected).max()
    return cost, f"magnitudes within {error:.1e} (largest {expected.max():.1f})"


def _check_chords(
    session: onnxruntime.InferenceSession, checkpoints: Path, number: int, weights: Path
) -> tuple[float, str]:
    song, tuning = reference.read_song(), reference.find_librosa_tuning()
    magnitudes = listen.measure_cqt(listen.open_session(weights / "cqt.onnx"), song, tuning)
    cost, logits = _timed(lambda: listen.hear_chords(session, magnitudes), len(song) / 22_050)
    expected = reference.compute_chords(checkpoints, number, reference.compute_cqt(song, tuning))
    error = np.abs(logits - expected).max()
    same = (logits[:, :TRIADS].argmax(1) == expected[:, :TRIADS].argmax(1)).mean()
    return cost, f"audio to logits within {error:.1e}, same triad on {same:.2%}"


def _check_separator(session: onnxruntime.InferenceSession, checkpoints: Path) -> tuple[float, str]:
    transform, magnitudes = reference.transform_stereo()
    seconds = magnitudes.shape[1] * listen.SEPARATOR_HOP / listen.SEPARATOR_RATE
    passages = magnitudes[:, : magnitudes.shape[1] // 512 * 512]
    cost, share = _timed(lambda: listen.share_of_vocals(session, passages), seconds)
    network = reference.make_separator(checkpoints)
    with torch.no_grad():
        blocks = [
            network(torch.from_numpy(block).unsqueeze(0))[0]
            for block in np.split(passages, passages.shape[1] // 512, 1)
        ]
    expected = torch.cat(blocks, dim=1).numpy()
    kept = transform[:, :, : passages.shape[1]]
    ratios = []
    for ours, theirs in ((share, expected), (1 - share, 1 - expected)):
        target = reference.apply_share(kept, theirs)
        noise = target - reference.apply_share(kept, ours)
        ratios.append(10 * np.log10((target**2).sum() / (noise**2).sum()))
    return cost, f"against float32 weights: vocals {ratios[0]:.0f} dB, accompaniment {ratios[1]:.0f} dB SDR"


def _check_swift_f0(session: onnxruntime.InferenceSession, _checkpoints: Path) -> tuple[float, str]:
    song = librosa.resample(reference.read_song(), orig_sr=22_050, target_sr=16_000)[None]
    inputs = {"audio": song, "fmin": np.asarray(46.875, np.float32), "fmax": np.asarray(2093.75, np.float32)}
    cost, _ = _timed(lambda: session.run(["confidence"], inputs)[0], song.shape[1] / 16_000)
    return cost, "as published"


def _check_basic_pitch(session: onnxruntime.InferenceSession, _checkpoints: Path) -> tuple[float, str]:
    song = reference.read_song()
    hop = 43_844 - 30 * 256
    windows = np.lib.stride_tricks.sliding_window_view(song, 43_844)[::hop]
    name = session.get_inputs()[0].name
    seconds = len(windows) * hop / 22_050

    def run() -> np.ndarray:
        return np.stack([session.run(None, {name: window[None, :, None]})[0] for window in windows])

    cost, _ = _timed(run, seconds)
    return cost, "as published"


def _check_pulse(session: onnxruntime.InferenceSession, _checkpoints: Path) -> tuple[float, str]:
    planes, seconds = make_example(2584), 2584 / RATE
    inputs = {name: plane.numpy() for name, plane in planes._asdict().items()}
    cost, probabilities = _timed(lambda: session.run(None, inputs)[0], seconds)
    with torch.no_grad():
        expected = load_pulse()(*planes).numpy()
    return cost, f"probabilities within {np.abs(probabilities - expected).max():.1e}"


def _check_melody(session: onnxruntime.InferenceSession, _checkpoints: Path) -> tuple[float, str]:
    evidence = draw_evidence()
    planes = dict(
        zip(
            ("contour", "note", "onset", "frame"),
            (evidence.contour, evidence.note, evidence.onset, align_frames(evidence)),
            strict=True,
        )
    )
    answers = session.run(None, {name: plane[None].astype(np.float32) for name, plane in planes.items()})
    error = max(
        float(np.abs(answer[0] - expected).max())
        for answer, expected in zip(answers, hear(evidence).values(), strict=True)
    )
    # What a call costs is measured on a minute of the same.
    minute = {name: np.resize(plane, (5168, plane.shape[1]))[None].astype(np.float32) for name, plane in planes.items()}
    cost, _ = _timed(lambda: session.run(None, minute)[0], 5168 / FRAME_RATE)
    return cost, f"probabilities within {error:.1e}"


_STEPS = 356
"""Steps of a minute at 89 quarters, four steps each."""


def _draw_inputs(session: onnxruntime.InferenceSession, steps: int) -> dict[str, np.ndarray]:
    """What a network of the arranger takes, drawn by chance; its free axis has `steps`."""
    random = np.random.default_rng(9)

    def draw(name: str, shape: list[int | str]) -> np.ndarray:
        # The reader's planes are bytes, those of writer and style reader are shares.
        most = 255 if name in ("heard", "melody", "step") else 1
        return (most * random.random([side if isinstance(side, int) else steps for side in shape]) ** 4).astype(
            np.float32
        )

    return {given.name: draw(given.name, given.shape) for given in session.get_inputs()}


def _check_arranger(session: onnxruntime.InferenceSession, _checkpoints: Path, part: str) -> tuple[float, str]:
    inputs = _draw_inputs(session, _STEPS)
    cost, answer = _timed(lambda: session.run(None, inputs)[0], 60)
    arranger = load_arranger()
    network = {"reader": arranger.reader, "writer": Notes(arranger.writer), "style": arranger.style}[part]
    with torch.no_grad():
        told = network(*(torch.from_numpy(value) for value in inputs.values()))
    expected = (told[0] if isinstance(told, tuple) else told).numpy()
    return cost, f"within {np.abs(answer - expected).max():.1e} of PyTorch"


def check_all(weights: Path) -> list[Result]:
    """Runs every file of `weights` that has a check over the fixture."""
    checkpoints = fetch_checkpoints()
    checks: dict[str, Callable[[onnxruntime.InferenceSession, Path], tuple[float, str]]] = {
        "basic-pitch": _check_basic_pitch,
        "beatnet": _check_beats,
        "pulse": _check_pulse,
        "melody": _check_melody,
        **{f"arranger-{part}": partial(_check_arranger, part=part) for part in ("reader", "writer", "style")},
        "tuning": _check_tuning,
        "cqt": _check_cqt,
        "swift-f0": _check_swift_f0,
        "separator": _check_separator,
        **{f"chords-{number}": partial(_check_chords, number=number, weights=weights) for number in range(5)},
    }
    results = []
    for network in NETWORKS:
        # The published arranger's graphs are compared with PyTorch in the tests.
        if network.name not in checks:
            continue
        path = weights / network.file
        cost, parity = checks[network.name](listen.open_session(path), checkpoints)
        results.append(Result(network.file, path.stat().st_size / 1e6, cost, parity))
    return results


def print_table(weights: Path) -> None:
    """The table of the README."""
    results = check_all(weights)
    print("| file | MB | CPU s a minute | parity |\n|---|---|---|---|")
    for result in results:
        print(f"| `{result.file}` | {result.megabytes:.2f} | {result.cost:.2f} | {result.parity} |")
    digest = hashlib.sha256((weights / "manifest.json").read_bytes()).hexdigest()
    print(f"\n{sum(result.megabytes for result in results):.1f} MB together; manifest {digest[:12]}")
