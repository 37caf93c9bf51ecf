"""Turns a song into another of another metre, key or length, in beats."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from songleaf_models.data.harte import NAMES, parse_pitch_class
from songleaf_models.song import Bar, BeatSpan, Note, Song

_CLOSE = 1e-6

NoteMove = Callable[[Note], Note | None]
SpanMove = Callable[[BeatSpan], BeatSpan | None]


def move_song(song: Song, move_note: NoteMove, move_span: SpanMove, bars: list[Bar]) -> Song:
    """The song with every note and span moved, or left out where its move is None."""

    def notes(part: list[Note]) -> list[Note]:
        return sorted(note for note in map(move_note, part) if note is not None)

    def spans(part: list[BeatSpan]) -> list[BeatSpan]:
        return [span for span in map(move_span, part) if span is not None]

    return replace(
        song,
        bars=bars,
        chords=spans(song.chords),
        sections=spans(song.sections),
        keys=spans(song.keys),
        melody=notes(song.melody),
        bridge=notes(song.bridge),
        piano=notes(song.piano),
    )


def with_keys(song: Song) -> Song:
    """Says the key in spans even where it never changes; no spans where nobody knows it."""
    if song.keys or song.tonic is None or not song.chords:
        return song
    whole = BeatSpan(song.chords[0].start, song.chords[-1].end, f"{NAMES[song.tonic]}:{song.mode}")
    return replace(song, keys=[whole])


def transpose_label(label: str, semitones: int) -> str:
    """A chord's or key's label with another root; a chord's bass is counted from the root and stays."""
    if label in ("N", "X") or semitones % 12 == 0:
        return label
    root = label.split(":")[0].split("/")[0]
    return NAMES[(parse_pitch_class(root) + semitones) % 12] + label[len(root) :]


def transpose(song: Song, semitones: int, start: float = -np.inf) -> Song:
    """Everything from the beat `start` on."""
    moved = move_song(
        replace(song, chords=split_spans(song.chords, start), keys=split_spans(song.keys, start)),
        lambda note: note._replace(pitch=note.pitch + semitones * (note.start >= start - _CLOSE)),
        lambda span: span,
        song.bars,
    )

    def labels(spans: list[BeatSpan]) -> list[BeatSpan]:
        return [
            span._replace(label=transpose_label(span.label, semitones * (span.start >= start - _CLOSE)))
            for span in spans
        ]

    return replace(moved, chords=labels(moved.chords), keys=labels(moved.keys))


def split_spans(spans: list[BeatSpan], beat: float) -> list[BeatSpan]:
    """The span that holds the beat becomes two."""
    parts: list[BeatSpan] = []
    for span in spans:
        if span.start < beat < span.end:
            parts += [span._replace(end=beat), span._replace(start=beat)]
        else:
            parts.append(span)
    return parts


def warp(song: Song, old: np.ndarray, new: np.ndarray, bars: list[Bar]) -> Song:
    """Moves every time by the line through (old[i], new[i]), both in order; beyond its ends it goes on straight."""
    first = (new[1] - new[0]) / (old[1] - old[0])
    last = (new[-1] - new[-2]) / (old[-1] - old[-2])

    def moved(beat: float) -> float:
        if beat < old[0]:
            return float(new[0] + (beat - old[0]) * first)
        if beat > old[-1]:
            return float(new[-1] + (beat - old[-1]) * last)
        return float(np.interp(beat, old, new))

    return move_song(
        song,
        lambda note: note._replace(start=moved(note.start), end=moved(note.end)),
        lambda span: span._replace(start=moved(span.start), end=moved(span.end)),
        bars,
    )


def is_even(song: Song) -> bool:
    """Whether every bar has two or four quarters, as the other metres below need it."""
    return song.unit == "quarter" and all(bar.beats == 4 for bar in song.bars)


def to_waltz(song: Song) -> Song:
    """3/4: of every two quarters the first becomes a half (the long-short way in which variations turn to triple time).

    A 4/4 bar becomes two of 3/4; a quarter lasts 2/3 as long, so that a half-bar takes as long as before.
    """
    old, new, bars, position = [], [], [], 0.0
    for bar in song.bars:
        for half in range(bar.beats // 2):
            old += [bar.start + 2 * half, bar.start + 2 * half + 1]
            new += [position, position + 2]
            bars.append(Bar(position, 3))
            position += 3
    old.append(song.bars[-1].start + song.bars[-1].beats)
    new.append(position)
    return replace(warp(song, np.array(old), np.array(new), bars), bpm=song.bpm * 1.5)


def to_compound(song: Song) -> Song:
    """6/8: each quarter becomes a dotted one, its eighths long and short; a 4/4 bar becomes two of 6/8."""
    old, new, bars, position = [], [], [], 0.0
    for bar in song.bars:
        for beat in range(bar.beats):
            start = bar.start + beat
            old += [start, start + 0.25, start + 0.5, start + 0.75]
            new += [position, position + 1 / 3, position + 2 / 3, position + 5 / 6]
            if beat % 2 == 0:
                bars.append(Bar(position, 2))
            position += 1
    old.append(song.bars[-1].start + song.bars[-1].beats)
    new.append(position)
    return replace(warp(song, np.array(old), np.array(new), bars), unit="dotted-quarter")


def to_double(song: Song) -> Song:
    """The same song counted twice as fast: a 4/4 bar becomes two, under a slow tune the band plays fast."""
    old, new, bars, position = [], [], [], 0.0
    for bar in song.bars:
        old.append(bar.start)
        new.append(position)
        for _ in range(bar.beats // 2):
            bars.append(Bar(position, 4))
            position += 4
    old.append(song.bars[-1].start + song.bars[-1].beats)
    new.append(position)
    return replace(warp(song, np.array(old), np.array(new), bars), bpm=song.bpm * 2)


def insert_bar(song: Song, index: int, beats: int) -> Song:
    """A bar of `beats` beats before bar `index`, in which the chord before it goes on and the tune waits."""
    seam = song.bars[index].start

    def later(beat: float) -> float:
        return beat + beats * (beat >= seam - _CLOSE)

    def move_note(note: Note) -> Note:
        shift = later(note.start) - note.start
        return note._replace(start=note.start + shift, end=note.end + shift)

    return move_song(
        song,
        move_note,
        lambda span: span._replace(start=later(span.start), end=later(span.end)),
        [*song.bars[:index], Bar(seam, beats), *(bar._replace(start=bar.start + beats) for bar in song.bars[index:])],
    )


def cut_bars(song: Song, start: int, end: int) -> Song:
    """Bars start to end - 1, the first one at beat 0; with the pickup to the first, at most two beats."""
    origin = song.bars[start].start
    limit = song.bars[end - 1].start + song.bars[end - 1].beats - origin

    def move_note(note: Note) -> Note | None:
        first, last = note.start - origin, min(note.end - origin, limit)
        return note._replace(start=first, end=last) if last > 0 and -2 <= first < limit - 0.05 else None

    def move_span(span: BeatSpan) -> BeatSpan | None:
        first, last = max(0.0, span.start - origin), min(limit, span.end - origin)
        return span._replace(start=first, end=last) if last > first + _CLOSE else None

    bars = [bar._replace(start=bar.start - origin) for bar in song.bars[start:end]]
    return move_song(song, move_note, move_span, bars)


def prepend_bars(song: Song, count: int, chords: bool) -> Song:
    """An introduction of bars like the first one; on the chords that the song begins with, or on none."""
    beats = song.bars[0].beats
    shift = float(count * beats)
    moved = move_song(
        song,
        lambda note: note._replace(start=note.start + shift, end=note.end + shift),
        lambda span: span._replace(start=span.start + shift, end=span.end + shift),
        [Bar(float(index * beats), beats) for index in range(count)]
        + [bar._replace(start=bar.start + shift) for bar in song.bars],
    )
    opening = [span._replace(end=min(span.end, shift)) for span in song.chords if span.start < shift - _CLOSE]
    if not chords:
        opening = [BeatSpan(0.0, shift, "N")] if song.chords else []
    keys = [span._replace(start=0.0) if span.start <= shift + _CLOSE else span for span in moved.keys]
    sections = [BeatSpan(0.0, shift, "i"), *moved.sections] if song.sections else []
    return replace(moved, chords=opening + moved.chords, sections=sections, keys=keys if chords else moved.keys)
