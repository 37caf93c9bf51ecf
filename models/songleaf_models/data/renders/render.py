"""One clip: plan, excerpt, parts, sound, truth."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import soxr

from songleaf_models.data.renders import drums, mix, parts, singer
from songleaf_models.data.renders.fonts import DRUM_BANK, FONTS, KITS, Voice
from songleaf_models.data.renders.piece import Piece, cut_bars, load_piece, warp
from songleaf_models.data.renders.plan import Plan, draw_plan
from songleaf_models.data.renders.synth import SAMPLE_RATE, Channel, SoundingNote, Synth
from songleaf_models.song import Bar, BeatSpan, Note
from songleaf_models.truth import Beat, Key, Metre, Span, TimedNote, Truth

SECONDS = (55.0, 72.0)
"""Shortest and longest excerpt."""
TAIL = 1.5
_NAMES = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")
_CLASS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}

# Programs by role, General MIDI from 0.
_PIANO, _EPIANO, _ORGAN = (0, 1, 2, 3), (4, 5), (16, 17, 18)
_GUITAR, _CLEAN, _DIST = (24, 25), (26, 27, 28), (29, 30)
_STRINGS, _PADS, _BASSES = (48, 49, 50, 51), (88, 89, 90, 91, 92, 94, 95), (32, 33, 34, 35, 36, 38, 39)
_LEADS = (11, 22, 40, 41, 56, 60, 64, 65, 66, 68, 71, 73, 75, 80, 81, 82, 25, 26, 27, 29, 30, 0, 4)
_REORCHESTRATED = (*_GUITAR, *_CLEAN, *_EPIANO, 6, 7, 8, 11, 12, 14, 46, *_ORGAN, 48, 50)


def _class_of(name: str) -> int:
    return (_CLASS[name[0]] + name.count("#") - name.count("b")) % 12


def _transpose_label(label: str, semitones: int) -> str:
    if label in ("N", "X"):
        return "N"
    root = label.split(":")[0].split("/")[0]
    return _NAMES[(_class_of(root) + semitones) % 12] + label[len(root) :]


def _transpose(piece: Piece, semitones: int, from_beat: float = -1e9) -> Piece:
    def notes(line: list[Note]) -> list[Note]:
        return [n._replace(pitch=n.pitch + semitones) if n.start >= from_beat - 0.1 else n for n in line]

    def labels(spans: list[BeatSpan]) -> list[BeatSpan]:
        out = []
        for span in spans:
            if span.start < from_beat < span.end:
                out.append(span._replace(end=from_beat))
                span = span._replace(start=from_beat)
            moved = span.start >= from_beat
            out.append(span._replace(label=_transpose_label(span.label, semitones)) if moved else span)
        return out

    return replace(
        piece,
        melody=notes(piece.melody),
        bridge=notes(piece.bridge),
        piano=notes(piece.piano),
        chords=labels(piece.chords),
        keys=labels(piece.keys),
    )


def _insert(piece: Piece, beat: float, count: int) -> Piece:
    """A bar of `count` beats before `beat`, over the chord that sounds there."""

    def shift(at: float) -> float:
        return at + count if at >= beat - 0.1 else at

    def notes(line: list[Note]) -> list[Note]:
        return [n._replace(start=shift(n.start), end=n.end + shift(n.start) - n.start) for n in line]

    def spans(line: list[BeatSpan]) -> list[BeatSpan]:
        return [s._replace(start=shift(s.start), end=s.end + (count if s.end >= beat - 0.1 else 0)) for s in line]

    bars = [bar for bar in piece.bars if bar.start < beat - 0.1]
    later = [Bar(bar.start + count, bar.beats) for bar in piece.bars if bar.start >= beat - 0.1]
    return replace(
        piece,
        bars=[*bars, Bar(beat, count), *later],
        chords=spans(piece.chords),
        sections=spans(piece.sections),
        keys=spans(piece.keys),
        melody=notes(piece.melody),
        bridge=notes(piece.bridge),
        piano=notes(piece.piano),
    )


def _prepend(piece: Piece, bars: int, beats: int, held: bool) -> Piece:
    """Bars before the song: over its first chord where `held`, else over none."""
    shift = float(bars * beats)
    if not bars:
        return piece

    def notes(line: list[Note]) -> list[Note]:
        return [n._replace(start=n.start + shift, end=n.end + shift) for n in line]

    def spans(line: list[BeatSpan]) -> list[BeatSpan]:
        return [s._replace(start=s.start + shift, end=s.end + shift) for s in line]

    return replace(
        piece,
        bars=[
            *(Bar(float(n * beats), beats) for n in range(bars)),
            *(Bar(b.start + shift, b.beats) for b in piece.bars),
        ],
        chords=[BeatSpan(0, shift, piece.chords[0].label if held else "N"), *spans(piece.chords)],
        sections=[BeatSpan(0, shift, "i"), *spans(piece.sections)],
        keys=[span._replace(start=0.0) if n == 0 else span for n, span in enumerate(spans(piece.keys))],
        melody=notes(piece.melody),
        bridge=notes(piece.bridge),
        piano=notes(piece.piano),
    )


def prepare(name: str, plan: Plan, rng: np.random.Generator) -> Piece:
    """The excerpt in the plan's metre and key."""
    piece = load_piece(name)
    if plan.metre == "3/4":
        piece = warp(piece, 4, 3, 1, 3, False)
    elif plan.metre == "6/8":
        piece = warp(piece, 2, 1.5, 2 / 3, 2, True)
    beats = piece.bars[0].beats
    seconds = float(rng.uniform(*SECONDS)) - 60 / plan.bpm * beats * plan.intro_bars
    count = max(8, round(seconds * plan.bpm / 60 / beats))
    first = int(rng.integers(0, max(1, len(piece.bars) - count)))
    if plan.fade or plan.ritardando:
        first = max(0, len(piece.bars) - count)
    piece = cut_bars(piece, first, min(len(piece.bars), first + count))
    piece = _transpose(piece, plan.transpose)
    if plan.key_change:
        piece = _transpose(piece, plan.key_change, piece.bars[2 * len(piece.bars) // 3].start)
    if plan.two_four:
        piece = _insert(piece, piece.bars[int(rng.integers(4, len(piece.bars) - 2))].start, 2)
    return _prepend(piece, plan.intro_bars, beats, plan.intro == "pad")


def _tempo_map(piece: Piece, plan: Plan, rng: np.random.Generator) -> Callable[[np.ndarray], np.ndarray]:
    """Beats to seconds: a walk about the tempo, and a slower end."""
    count = int(np.ceil(piece.end)) + 12
    walk = np.cumsum(rng.normal(0, plan.drift / 4, count))
    walk -= np.linspace(walk[0], walk[-1], count) * 0.7
    lengths = 60 / plan.bpm * np.exp(np.clip(walk, -0.12, 0.12))
    if plan.ritardando:
        last = int(piece.end)
        lengths[max(0, last - 8) : last] *= np.linspace(1, rng.uniform(1.15, 1.5), min(8, last))
        lengths[last:] *= 1.4
    lead = rng.uniform(0.05, 1.5)
    times = lead + np.concatenate([[0], np.cumsum(lengths)])
    return lambda beats: np.interp(beats, np.arange(count + 1), times)


def _swing(beats: np.ndarray, swing: float) -> np.ndarray:
    whole = np.floor(beats)
    rest = beats - whole
    return whole + np.where(rest < 0.5, rest * 2 * swing, swing + (rest - 0.5) * 2 * (1 - swing))


class _Stage:
    """Turns parts in beats into channels in seconds."""

    def __init__(self, piece: Piece, plan: Plan, rng: np.random.Generator) -> None:
        self.piece, self.plan, self.rng = piece, plan, rng
        self.to_seconds = _tempo_map(piece, plan, rng)
        self.font = str(rng.choice(FONTS))
        self.channels: list[Channel] = []
        self.intro = plan.intro_bars * (piece.bars[0].beats if plan.intro_bars else 0)

    def seconds(self, beats: list[float] | np.ndarray) -> np.ndarray:
        """Swung beats to seconds."""
        return self.to_seconds(_swing(np.asarray(beats, float), self.plan.swing))

    def time(self, notes: list[Note]) -> list[TimedNote]:
        """Exact times."""
        if not notes:
            return []
        starts, ends = self.seconds([n.start for n in notes]), self.seconds([n.end for n in notes])
        return [
            TimedNote(float(s), float(max(e, s + 0.04)), n.pitch, n.velocity)
            for n, s, e in zip(notes, starts, ends, strict=True)
        ]

    def thin(self, notes: list[Note], in_intro: bool) -> list[Note]:
        """Leaves the part out of the intro and of some sections."""
        silent = [s for s in self.piece.sections if self.rng.random() < self.plan.thinning]
        return [
            n
            for n in notes
            if (in_intro or n.start >= self.intro - 0.1) and not any(s.start <= n.start < s.end for s in silent)
        ]

    def add(self, group: int, notes: list[Note], bank: int, program: int, gain: float, in_intro: bool = False) -> None:
        """Adds an instrument, a little loose in time."""
        timed = self.time(self.thin(notes, in_intro))
        if not timed:
            return
        jitter = self.rng.normal(0, self.plan.human, len(timed))
        font = self.font if self.rng.random() < 0.8 else str(self.rng.choice(FONTS))
        if bank == DRUM_BANK:
            program = int(self.rng.choice(KITS[font]))
        sounding = [
            SoundingNote(max(0.0, n.start + j), n.end + j, int(np.clip(n.pitch, 12, 115)), n.velocity)
            for n, j in zip(timed, jitter, strict=True)
        ]
        pan = 0.0 if bank == DRUM_BANK else float(self.rng.uniform(-0.7, 0.7))
        self.channels.append(Channel(group, Voice(font, bank, program), sounding, gain, pan, self.plan.cents))


def _arrange(stage: _Stage) -> tuple[list[Note], bool]:
    """Writes all parts; returns the lead line and whether it sounds."""
    piece, plan, rng = stage.piece, stage.plan, stage.rng
    harmony = parts.Harmony(piece, plan)
    kit = drums.write_drums(piece, plan, rng)
    if plan.intro_bars and plan.intro == "count-in":
        kit = [n for n in kit if n.start >= stage.intro - 0.1]
        kit += [Note(float(b), b + 0.2, drums.RIM, 100) for b in range(int(stage.intro))]
    stage.add(0, kit, DRUM_BANK, 0, 0.9, in_intro=plan.intro in ("drums", "count-in"))
    if rng.random() < (0.7 if plan.style == "ballad" else 0.93):
        bass = parts.write_bass(piece, plan, harmony, rng)
        stage.add(1, bass, 0, int(rng.choice(_BASSES)), 0.9, in_intro=plan.intro == "drums" and rng.random() < 0.4)
    pick = lambda programs: int(rng.choice(programs))  # noqa: E731
    if plan.distorted:
        riff = parts.write_power_chords(piece, plan, harmony, rng)
        stage.add(2, riff, 0, pick(_DIST), 0.8)
        if rng.random() < 0.5:
            stage.add(2, riff, 0, pick(_DIST), 0.8)
    if not plan.distorted or rng.random() < 0.3:
        for write, programs, share in (
            (parts.write_comp, (*_GUITAR, *_CLEAN, *_EPIANO, *_ORGAN, *_PIANO), 0.65),
            (parts.write_arpeggio, (*_GUITAR, *_CLEAN, *_EPIANO, 46, 0, 80), 0.35),
        ):
            if rng.random() < share:
                stage.add(3, write(piece, plan, harmony, rng), 0, pick(programs), float(rng.uniform(0.4, 0.8)))
    if rng.random() < 0.4 or plan.drums == "none" or (plan.intro_bars and plan.intro == "pad"):
        programs = (*_STRINGS, *_PADS, *_ORGAN)
        stage.add(3, parts.write_pad(harmony, rng), 0, pick(programs), 0.45, in_intro=plan.intro == "pad")
    if plan.piano == "literal":
        stage.add(3, piece.piano, 0, pick(_PIANO), 0.8)
    elif plan.piano == "reorchestrated":
        stage.add(3, piece.piano, 0, pick(_REORCHESTRATED), 0.7)
    elif plan.piano == "chords":
        stage.add(3, parts.write_comp(piece, plan, harmony, rng), 0, pick((*_PIANO, *_EPIANO)), 0.7)
    if rng.random() < 0.6:
        stage.add(3, piece.bridge, 0, pick(_LEADS), float(rng.uniform(0.4, 0.7)))
    return piece.melody, rng.random() < 0.9


def _line(notes: list[TimedNote]) -> list[TimedNote]:
    """One voice: a note ends where the next begins; of two at once the higher one stays."""
    out: list[TimedNote] = []
    for note in sorted(notes, key=lambda n: (n.start, -n.pitch)):
        if out and note.start - out[-1].start < 0.03:
            continue
        if out and out[-1].end > note.start:
            out[-1] = out[-1]._replace(end=note.start)
        out.append(note)
    return [n for n in out if n.end - n.start >= 0.04]


def render(name: str, variant: int) -> tuple[np.ndarray, Truth]:
    """record[2, N] at 44.1 kHz and its truth; the same for the same song and variant."""
    rng = np.random.default_rng([int(name), variant, 20])
    plan = draw_plan(rng, load_piece(name).bpm)
    piece = prepare(name, plan, rng)
    stage = _Stage(piece, plan, rng)
    lead, leads = _arrange(stage)
    melody = _line(stage.time(lead)) if leads else []
    while melody and float(np.median([n.pitch for n in melody])) > 79:
        melody = [n._replace(pitch=n.pitch - 12) for n in melody]
    if plan.sung and rng.random() < 0.45:  # men sing an octave lower
        melody = [n._replace(pitch=n.pitch - 12) for n in melody]
    if melody and not plan.sung:
        program = int(rng.choice(_LEADS))
        loose = rng.normal(0, plan.human, len(melody))
        sounding = [
            SoundingNote(max(0.0, n.start + j), n.end + j, n.pitch, max(60, n.velocity))
            for n, j in zip(melody, loose, strict=True)
        ]
        stage.channels.append(Channel(4, Voice(stage.font, 0, program), sounding, 0.9, 0.0, plan.cents))
    duration = float(stage.to_seconds(np.array([piece.end]))[0]) + TAIL
    stems = Synth(5).play(stage.channels, duration)
    if plan.distorted:
        stems[2] = mix.distort(stems[2], rng)
    levels = np.array([-18.0, -19.0, -18.0, -20.0, -17.0]) + rng.normal(0, 2.5, 5)
    if plan.style in ("metal", "punk"):
        levels += np.array([2, 0, 2.5, -3, -1])
    record = sum(mix.level_to(stems[i], float(levels[i])) for i in range(5))
    assert isinstance(record, np.ndarray)
    if melody and plan.sung:
        voice = singer.sing(melody, duration, rng)
        voice = soxr.resample(voice, singer.RATE, SAMPLE_RATE)[: record.shape[1]]
        voice = np.pad(voice, (0, record.shape[1] - len(voice)))
        both = np.stack([voice, voice])
        both = mix.add_room(both, float(rng.uniform(0.05, 0.35)), rng).astype(np.float32)
        record = record + mix.level_to(both, float(rng.normal(-15.5, 2.5)))
    record = mix.finish(record, plan, rng)
    return record, _tell(name, variant, plan, stage, melody, record.shape[1] / SAMPLE_RATE)


def _tell(name: str, variant: int, plan: Plan, stage: _Stage, melody: list[TimedNote], duration: float) -> Truth:
    piece = stage.piece
    beats: list[Beat] = []
    metres: list[Metre] = []
    for bar in piece.bars:
        times = stage.to_seconds(bar.start + np.arange(bar.beats))
        beats += [Beat(float(time), i + 1) for i, time in enumerate(times)]
        if not metres or metres[-1].beats != bar.beats:
            metres.append(Metre(float(times[0]), bar.beats, "dotted-quarter" if piece.dotted else "quarter"))

    def spans(line: list[BeatSpan]) -> list[Span]:
        edges = stage.to_seconds(np.array([[s.start, s.end] for s in line]).reshape(-1, 2))
        return [Span(float(a), float(b), s.label) for (a, b), s in zip(edges, line, strict=True)]

    keys = []
    for span in spans(piece.keys):
        root, _, mode = span.label.partition(":")
        keys.append(Key(span.start, span.end, _class_of(root), "minor" if mode.startswith("min") else "major"))
    sung = [Span(melody[0].start, melody[-1].end, "sung")] if melody and plan.sung else []
    return Truth(
        song=name,
        variant=f"{plan.style} {plan.metre} {plan.drums}",
        seed=variant,
        duration=duration,
        beats=beats,
        metres=metres,
        chords=spans(piece.chords),
        keys=keys,
        sections=spans(piece.sections),
        melody=melody,
        sung=sung,
        piano=stage.time(piece.piano),
        bridge=stage.time(piece.bridge),
        tuning_cents=plan.cents,
    )
