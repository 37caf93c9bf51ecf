"""Reads what the engine heard: the file that `main/engine/transcription/evidence-file.ts` writes."""

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SAMPLE_RATE = 22_050
FRAME_RATE = SAMPLE_RATE / 256
"""Frames a second of onset, note, contour, flux and loudness; frame t is centred on 256 t samples."""
BEAT_RATE = 50.0
CHORD_RATE = SAMPLE_RATE / 512
VOICE_RATE = 62.5
CHORD_STEPS = 16
CHORD_HEADS = (73, 13, 4, 4, 3, 3)

_PLANES = (
    ("onset", 0, 88),
    ("note", 0, 88),
    ("contour", 0, 264),
    ("flux", 0, 8),
    ("loudness", 0, 1),
    ("beats", 1, 6),
    ("chords", 2, 100),
    ("voice", 3, 3),
)


@dataclass
class Evidence:
    """uint8 arrays, quantised as `evidence.ts` says."""

    onset: np.ndarray  # [T, 88] probability * 255
    note: np.ndarray  # [T, 88] probability * 255
    contour: np.ndarray  # [T, 264] salience * 255, thirds of a semitone from A0
    flux: np.ndarray  # [T, 8]
    loudness: np.ndarray  # [T, 1] 0 = -96 dB, 255 = 0 dBFS
    beats: np.ndarray  # [B, 6] of each of three networks: beat that is no downbeat, downbeat; probability * 255
    chords: np.ndarray  # [C, 100] -ln(probability) * 16 within each head of CHORD_HEADS
    voice: np.ndarray  # [V, 3] quarter semitones (0 none, p > 0: MIDI 36 + (p - 1) / 4), confidence, share; V may be 0


def read_evidence(path: Path) -> Evidence:
    """Raises ValueError naming the file."""
    data = path.read_bytes()
    if data[:8] != b"SLEV0002":
        raise ValueError(f"{path} is no evidence of this version")
    counts = struct.unpack_from("<4I", data, 8)
    position = 24
    arrays = {}
    for name, axis, width in _PLANES:
        (length,) = struct.unpack_from("<I", data, position)
        packed = data[position + 4 : position + 4 + length]
        arrays[name] = np.frombuffer(zlib.decompress(packed, 31), np.uint8).reshape(counts[axis], width)
        position += 4 + length
    return Evidence(**arrays)


def write_evidence(evidence: Evidence, path: Path) -> None:
    """Writes what `read_evidence` reads, whole or not at all."""
    counts = (len(evidence.note), len(evidence.beats), len(evidence.chords), len(evidence.voice))
    parts = [b"SLEV0002", struct.pack("<4I", *counts)]
    for name, _, _ in _PLANES:
        packer = zlib.compressobj(6, zlib.DEFLATED, 31)
        packed = packer.compress(np.ascontiguousarray(getattr(evidence, name), np.uint8).tobytes()) + packer.flush()
        parts += [struct.pack("<I", len(packed)), packed]
    temporary = path.with_suffix(".tmp")
    temporary.write_bytes(b"".join(parts))
    temporary.replace(path)
