"""A POP909 song in beats, ready to be rendered: excerpts, other metres, other keys."""

import csv
from dataclasses import dataclass, field, replace
from functools import cache

import mido
import numpy as np

from songleaf_models.places import DATA_DIR
from songleaf_models.song import Bar, BeatSpan, Note

MATCH = 0.9
"""Share of labelled notes found in the MIDI from which people's bars are trusted (`metre.csv`)."""


@dataclass(frozen=True)
class Piece:
    """Everything in beats; the first bar begins at beat 0 of the excerpt."""

    name: str
    bpm: float
    bars: list[Bar]
    dotted: bool
    chords: list[BeatSpan]
    sections: list[BeatSpan]
    melody: list[Note]
    bridge: list[Note]
    piano: list[Note]
    keys: list[BeatSpan] = field(default_factory=list)

    @property
    def end(self) -> float:
        """Beat at which the last bar ends."""
        return self.bars[-1].start + self.bars[-1].beats


@cache
def _read_metre() -> dict[str, tuple[float, float, float]]:
    with (DATA_DIR / "pop909-structure" / "metre.csv").open() as file:
        rows = csv.DictReader(file)
        return {row["song"]: (float(row["scale"]), float(row["first"] or "nan"), float(row["match"])) for row in rows}


def list_pieces(remainders: tuple[int, ...] | None = None) -> list[str]:
    """Songs whose bars are known and that training may use; `remainders` picks by number % 20 instead of all but 3."""
    names = []
    for name, (scale, first, match) in sorted(_read_metre().items()):
        rest = int(name) % 20
        if rest in (7, 13) or match < MATCH or scale != 1 or first % 4:
            continue
        if (remainders is None and rest != 3) or (remainders is not None and rest in remainders):
            names.append(name)
    return names


def _to_beats(times: np.ndarray, grid: np.ndarray) -> np.ndarray:
    before, after = grid[1] - grid[0], grid[-1] - grid[-2]
    inner = np.interp(times, grid, np.arange(len(grid)))
    inner = np.where(times < grid[0], (times - grid[0]) / before, inner)
    return np.where(times > grid[-1], len(grid) - 1 + (times - grid[-1]) / after, inner)


def load_piece(name: str) -> Piece:
    """Reads a 4/4 song of POP909 with people's bars, chords and phrases. Raises ValueError for reserved songs."""
    if int(name) % 20 in (7, 13):
        raise ValueError(f"song {name} is reserved for evaluation")
    _, first, _ = _read_metre()[name]
    grid = np.loadtxt(DATA_DIR / "pop909" / name / "beat_midi.txt")[:, 0]
    origin = first / 4
    file = mido.MidiFile(DATA_DIR / "pop909" / name / f"{name}.mid")
    tracks: dict[str, list[Note]] = {"MELODY": [], "BRIDGE": [], "PIANO": []}
    ticks: list[tuple[int, int]] = []
    for track in file.tracks:
        tick = 0
        for message in track:
            tick += message.time
            if message.type == "set_tempo":
                ticks.append((tick, message.tempo))
    ticks = sorted(ticks) or [(0, 500_000)]
    edges = np.array([tick for tick, _ in ticks])
    slopes = np.array([tempo for _, tempo in ticks]) / file.ticks_per_beat / 1e6
    seconds = np.concatenate([[0], np.cumsum(np.diff(edges) * slopes[:-1])])

    def to_seconds(tick: np.ndarray) -> np.ndarray:
        at = np.clip(np.searchsorted(edges, tick, side="right") - 1, 0, None)
        return seconds[at] + (tick - edges[at]) * slopes[at]

    for track in file.tracks:
        if track.name not in tracks:
            continue
        tick, open_notes, rows = 0, {}, []
        for message in track:
            tick += message.time
            if message.type not in ("note_on", "note_off"):
                continue
            if message.type == "note_on" and message.velocity > 0:
                open_notes[message.note] = (tick, message.velocity)
            elif message.note in open_notes:
                start, velocity = open_notes.pop(message.note)
                rows.append((start, max(tick, start + 1), message.note, velocity))
        if not rows:
            continue
        table = np.array(sorted(rows))
        starts = _to_beats(to_seconds(table[:, 0]), grid) - origin
        ends = _to_beats(to_seconds(table[:, 1]), grid) - origin
        tracks[track.name] = [
            Note(float(s), float(max(e, s + 0.05)), int(p), int(v))
            for s, e, p, v in zip(starts, ends, table[:, 2], table[:, 3], strict=True)
        ]
    folder = DATA_DIR / "pop909-structure" / name
    chords, beat = [], 0.0
    for line in (folder / "finalized_chord.txt").read_text().splitlines():
        parts = line.split()
        if len(parts) < 3:
            continue
        length = float(parts[-1])
        chords.append(BeatSpan(beat, beat + length, parts[0]))
        beat += length
    sections, bar = [], 0
    text = (folder / "human_label1.txt").read_text().strip()
    i = 0
    while i < len(text):
        j = i + 1
        while j < len(text) and text[j].isdigit():
            j += 1
        count = int(text[i + 1 : j] or 0)
        if count:
            sections.append(BeatSpan(4.0 * bar, 4.0 * (bar + count), text[i]))
        bar += count
        i = j
    bars = [Bar(4.0 * n, 4) for n in range(int(min(beat, 4 * bar, len(grid) - 1 - origin) // 4))]
    key = (folder / "analyzed_key.txt").read_text().strip()
    bpm = 60 / float(np.median(np.diff(grid)))
    keys = [BeatSpan(0.0, 4.0 * len(bars), key)]
    return Piece(name, bpm, bars, False, chords, sections, tracks["MELODY"], tracks["BRIDGE"], tracks["PIANO"], keys)


def _map_spans(spans: list[BeatSpan], low: float, high: float, shift: float) -> list[BeatSpan]:
    clipped = (BeatSpan(max(s.start, low) - shift, min(s.end, high) - shift, s.label) for s in spans)
    return [span for span in clipped if span.end > span.start + 1e-6]


def cut_bars(piece: Piece, first: int, last: int) -> Piece:
    """Bars `first` to `last` (past the end); notes that begin in them."""
    low = piece.bars[first].start
    high = piece.bars[last - 1].start + piece.bars[last - 1].beats

    def keep(notes: list[Note]) -> list[Note]:
        # A pushed attack just before the bar line belongs to the bar.
        return [
            Note(max(0.0, n.start - low), min(n.end, high) - low, n.pitch, n.velocity)
            for n in notes
            if low - 0.1 <= n.start < high - 0.1 and min(n.end, high) > max(n.start, low) + 0.02
        ]

    return replace(
        piece,
        bars=[Bar(bar.start - low, bar.beats) for bar in piece.bars[first:last]],
        chords=_map_spans(piece.chords, low, high, low),
        sections=_map_spans(piece.sections, low, high, low),
        keys=_map_spans(piece.keys, low, high, low),
        melody=keep(piece.melody),
        bridge=keep(piece.bridge),
        piano=keep(piece.piano),
    )


def warp(piece: Piece, cell: float, kept: float, scale: float, beats: int, dotted: bool) -> Piece:
    """Turns every cell of `cell` beats into one of `kept` beats by dropping its end, then scales time.

    4/4 -> 3/4: cell 4, kept 3, scale 1. 4/4 -> 6/8: cell 2, kept 1.5, scale 2/3 (a half bar becomes a dotted quarter).
    """

    def move(beat: float) -> float:
        whole, rest = divmod(beat, cell)
        return (whole * kept + min(rest, kept)) * scale

    def move_notes(notes: list[Note]) -> list[Note]:
        moved = [Note(move(n.start), move(n.end), n.pitch, n.velocity) for n in notes if n.start % cell < kept - 0.05]
        return [n if n.end > n.start + 0.05 else n._replace(end=n.start + 0.2) for n in moved]

    def move_spans(spans: list[BeatSpan]) -> list[BeatSpan]:
        moved = (BeatSpan(move(s.start), move(s.end), s.label) for s in spans)
        return [span for span in moved if span.end > span.start + 1e-6]

    count = int(move(piece.end) // beats)
    return replace(
        piece,
        bars=[Bar(float(beats * n), beats) for n in range(count)],
        dotted=dotted,
        chords=move_spans(piece.chords),
        sections=move_spans(piece.sections),
        keys=move_spans(piece.keys),
        melody=move_notes(piece.melody),
        bridge=move_notes(piece.bridge),
        piano=move_notes(piece.piano),
    )
