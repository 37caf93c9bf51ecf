"""Songs as chords on beats, from annotations by people: McGill Billboard (CC0) and POP909's structure labels (MIT)."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from songleaf_models.chords.harte import MINOR_FAMILY, Named, parse_chord
from songleaf_models.data.harte import parse_pitch_class
from songleaf_models.data.pop909 import find_split

_METRES = {"4/4": (4, 4), "3/4": (3, 4), "2/4": (2, 4), "6/8": (2, 8), "12/8": (4, 8)}
"""Beats a bar, and the denominator; 6/8 and 12/8 are counted in dotted quarters."""

_MATCHED = 0.9
"""Share of labelled melody notes from which a POP909 song's bar lines can be trusted (`metre.csv`)."""


class Held(NamedTuple):
    """A chord, where it begins in its bar (1 = downbeat), beats of that bar, and how many beats it lasts."""

    chord: Named | None
    position: int
    bar: int
    beats: int


class Harmony(NamedTuple):
    """A song's chords in order, split where the annotation is interrupted, and its key."""

    passages: list[list[Held]]
    tonic: int
    minor: bool


def read_billboard(folder: Path) -> Iterator[Harmony]:
    """Each song of McGill Billboard 2.0 (Burgoyne, Wild & Fujinaga, ISMIR 2011) whose metre is simple."""
    for path in sorted((folder / "billboard-2.0-salami_chords").glob("*/salami_chords.txt")):
        beats: list[list[tuple[Named | None, int, int]]] = [[]]
        metre: tuple[int, int] | None = None
        tonic: int | None = None
        for line in path.read_text().splitlines():
            if line.startswith("# tonic:"):
                tonic = parse_pitch_class(line.split(":")[1].strip())
            elif line.startswith("# metre:"):
                metre = _METRES.get(line.split(":")[1].strip())
            elif line[:1].isdigit():
                bars = _read_bars(line, metre)
                if bars is None:
                    beats.append([])
                else:
                    beats[-1].extend(bars)
        passages = [hold(passage) for passage in beats if passage]
        if passages and tonic is not None:
            yield Harmony(passages, tonic, _is_minor(passages, tonic))


def _read_bars(line: str, metre: tuple[int, int] | None) -> list[tuple[Named | None, int, int]] | None:
    """Chord, position and length of the bar of each beat of a line; None where it cannot be told."""
    if metre is None or "|" not in line:
        return None
    beats: list[tuple[Named | None, int, int]] = []
    *bars, after = line.split("|")[1:]
    for bar in bars:
        words = bar.split()
        count = metre[0]
        if words and (change := re.fullmatch(r"\((\d+)/(\d+)\)", words[0])):
            if int(change[2]) != metre[1]:
                return None
            count = int(change[1])
            words = words[1:]
        if not words or count % len(words):
            return None
        chord: Named | None = None
        for i, word in enumerate(words):
            if word != ".":
                chord = parse_chord(word)
            for k in range(count // len(words)):
                beats.append((chord, i * (count // len(words)) + k + 1, count))
    times = re.search(r"\bx(\d)\b", after)
    return beats * (int(times[1]) if times else 1)


def read_pop909(structure: Path) -> Iterator[Harmony]:
    """Each song of POP909 in 4/4 and one key whose bar lines can be trusted.

    Only songs for training: neither those that measure nor those that the decoder's weights are tuned on.
    """
    with (structure / "metre.csv").open() as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["song"])
    for row in rows:
        if find_split(int(row["song"])) != "train" or float(row["match"]) < _MATCHED or float(row["scale"]) != 1:
            continue
        keys = (structure / row["song"] / "analyzed_key.txt").read_text().split()
        if len(keys) != 1:
            continue
        tonic, _, mode = keys[0].partition(":")
        beats: list[tuple[Named | None, int, int]] = []
        for line in (structure / row["song"] / "finalized_chord.txt").read_text().splitlines():
            match = re.match(r"^(.+?)\s+\[.*\]\s+\S+\s+(\d+)\s*$", line)
            if not match:
                # A few lines are garbled; where the song goes on in its bars is then not known.
                break
            chord = parse_chord(match[1])
            beats.extend([(chord, (len(beats) + k) % 4 + 1, 4) for k in range(int(match[2]))])
        if beats:
            yield Harmony([hold(beats)], parse_pitch_class(tonic), mode == "min")


def hold(beats: list[tuple[Named | None, int, int]]) -> list[Held]:
    """Joins beats of one chord."""
    held: list[Held] = []
    for chord, position, bar in beats:
        if held and held[-1].chord == chord:
            held[-1] = held[-1]._replace(beats=held[-1].beats + 1)
        else:
            held.append(Held(chord, position, bar, 1))
    return held


def _is_minor(passages: list[list[Held]], tonic: int) -> bool:
    """Billboard names the tonic only: the chord on it that sounds longer tells the mode."""
    minor = major = 0
    for held in (held for passage in passages for held in passage):
        if held.chord and held.chord.root == tonic:
            if held.chord.quality in MINOR_FAMILY:
                minor += held.beats
            else:
                major += held.beats
    return minor > major
