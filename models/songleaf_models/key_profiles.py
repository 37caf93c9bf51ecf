"""Prints the tables of `main/engine/analysis/key-profiles.ts`: how likely chords and pitch classes are in a key.

python -m songleaf_models.key_profiles
"""

import re
from collections.abc import Iterator

import numpy as np

from songleaf_models.data.harte import list_tones, parse_pitch_class
from songleaf_models.data.pop909 import list_songs, load_song
from songleaf_models.places import DATA_DIR
from songleaf_models.song import BeatSpan, Song

FAMILIES = ("major", "minor", "suspended", "dominant", "other")
MODES = ("major", "minor")
RARE = -6.0
"""Floor of the logarithms."""
SMOOTHING = 2.0
"""Hundredths of a song added to every class."""
BILLBOARD = DATA_DIR / "billboard" / "billboard-2.0-salami_chords"


def main() -> None:
    """Reads POP909's training songs and McGill Billboard; a second and half a minute."""
    pop_chords, classes = count_pop909()
    # Two parts POP909, whose keys say their mode, one part Billboard.
    shares = (2 * share(pop_chords) + share(count_billboard())) / 3
    for m, mode in enumerate(MODES):
        for f, family in enumerate(FAMILIES[:-1]):
            print(mode, family, np.maximum(np.log(shares[m, :, f]), RARE).round(1).tolist())
        print(mode, "classes", np.log(classes[m] / classes[m].sum()).round(2).tolist())


def share(counts: np.ndarray) -> np.ndarray:
    """counts[2, 12, families] -> smoothed shares, sum 1 in each mode."""
    smoothed = counts + SMOOTHING
    return smoothed / smoothed.sum(axis=(1, 2), keepdims=True)


def count_pop909() -> tuple[np.ndarray, np.ndarray]:
    """[2 modes, 12 semitones above the tonic, families] and [2, 12]: time in chords, roots of what sounds in a beat."""
    chords, classes = np.zeros((2, 12, len(FAMILIES))), np.full((2, 12), SMOOTHING)
    for number in list_songs("train"):
        song = load_song(number)
        keys = list(list_keys(song))
        beats = sound_of(song)
        total = sum(end - start for start, end, _, _ in keys)
        for start, end, tonic, m in keys:
            for chord in song.chords:
                time = min(end, chord.end) - max(start, chord.start)
                if time > 0 and chord.label != "N":
                    root, tones, _ = list_tones(chord.label)
                    chords[m, (root - tonic) % 12, family_of(set(tones))] += 100 * time / total
            sounding = beats[max(0, int(start)) : max(0, int(end))].sum(axis=0)
            classes[m] += 100 * np.roll(sounding, -tonic) / total
    return chords, classes


def list_keys(song: Song) -> Iterator[tuple[float, float, int, int]]:
    """Start and end in beats, tonic, mode (1 minor)."""
    whole = [BeatSpan(0.0, song.chords[-1].end, f"{song.tonic}:{song.mode}")] if song.tonic is not None else []
    for start, end, label in song.keys or whole:
        tonic, mode = label.split(":")
        yield start, end, int(tonic) if tonic.isdigit() else parse_pitch_class(tonic), int(mode == "minor")


def sound_of(song: Song) -> np.ndarray:
    """[beats from the first bar line, 12]: root of the time that notes of a pitch class sound in a beat."""
    beats = np.zeros((int(song.bars[-1].start + song.bars[-1].beats), 12))
    for start, end, pitch, _ in (*song.melody, *song.bridge, *song.piano):
        for beat in range(max(0, int(start)), min(len(beats), int(np.ceil(end)))):
            beats[beat, pitch % 12] += max(0.0, min(end, beat + 1) - max(start, beat))
    return np.sqrt(beats)


def family_of(tones: set[int]) -> int:
    """Index into FAMILIES by semitones above the root."""
    if 4 in tones:
        return 3 if 10 in tones else 4 if 8 in tones and 7 not in tones else 0
    if 3 in tones:
        return 1 if 7 in tones else 4
    return 2


def count_billboard() -> np.ndarray:
    """[2, 12, families]: bars of chords above the annotated tonic; minor where the tonic chord is minor more often."""
    counts = np.zeros((2, 12, len(FAMILIES)))
    for path in sorted(BILLBOARD.glob("*/salami_chords.txt")):
        tonic, song = None, np.zeros((12, len(FAMILIES)))
        for line in path.read_text().splitlines():
            if line.startswith("# tonic:"):
                tonic = parse_pitch_class(line.split(":")[1].strip())
            for bar in re.findall(r"\|([^|]*)(?=\|)", line):
                chords = re.findall(r"([A-G][#b]*):([^\s/]*)", bar)
                for root, quality in chords:
                    if tonic is not None:
                        song[(parse_pitch_class(root) - tonic) % 12, read_quality(quality)] += 1 / len(chords)
        # A handful of bars tells nothing of a key.
        if song.sum() >= 8:
            counts[int(song[0, 1] > song[0, 0] + song[0, 3])] += 100 * song / song.sum()
    return counts


def read_quality(quality: str) -> int:
    """Index into FAMILIES of a quality in Harte's syntax."""
    if quality.startswith("min"):
        return 1
    if quality.startswith("sus"):
        return 2
    if quality.startswith(("dim", "hdim", "aug")):
        return 4
    return 3 if quality.startswith(("7", "9", "11", "13")) else 0


if __name__ == "__main__":
    main()
