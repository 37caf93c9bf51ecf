"""Written rhythms of bass, chords and riffs: one bar a pattern, a character a step.

A letter begins a note, '-' holds it, '.' ends it. Patterns without '-' ring until the next letter.
"""

from typing import NamedTuple

import numpy as np


class Rhythm(NamedTuple):
    """Steps a beat, and the steps of a bar of four (3/4: three, 6/8: two) beats."""

    steps: int
    line: str


class Strike(NamedTuple):
    """A letter at a step: beats from the bar line, and where the next letter or a '.' ends it."""

    start: float
    end: float
    letter: str


# R root, 5 fifth, 8 octave, 3 third, L the note that leads to the next chord.
BASSES = {
    "roots": (Rhythm(1, "R---"), Rhythm(2, "R-----5-"), Rhythm(2, "R--R----"), Rhythm(2, "R---R---")),
    "halves": (Rhythm(1, "R-R-"), Rhythm(1, "R-5-")),
    "eighths": (Rhythm(2, "RRRRRRRR"), Rhythm(2, "RRRRRRRL"), Rhythm(2, "RRRR5RRR")),
    "sixteenths": (Rhythm(4, "RRRRRRRRRRRRRRRR"), Rhythm(4, "R.RRR.RRR.RRR.RR")),
    "pushed": (Rhythm(2, "R--R---R"), Rhythm(2, "R--RR--R"), Rhythm(4, "R--R..R.R--R..R.")),
    "octaves": (Rhythm(2, "R8R8R8R8"), Rhythm(4, "R.8.R.8.R.88R.8.")),
    "off": (Rhythm(2, ".R.R.R.R"), Rhythm(4, "..R...R...R...R."), Rhythm(4, ".RRR.RRR.RRR.RRR")),
    "syncopated": (Rhythm(4, "R--R--R...5-R-.L"), Rhythm(4, "R..RR...8..5R..."), Rhythm(4, "R-.R..8..R-5..L.")),
    "two": (Rhythm(1, "R.5."), Rhythm(2, "R..L5..L"), Rhythm(1, "R-5-")),
    "walking": (Rhythm(1, "R35L"), Rhythm(1, "R58L"), Rhythm(1, "R53L"), Rhythm(2, "R-3-5-8L")),
    "tumbao": (Rhythm(2, "...5..8-"), Rhythm(2, "R..5..8-")),
    "one-drop": (Rhythm(4, "..R.R.3.5---...."), Rhythm(4, "....R.R.5-..8-..")),
    "waltz": (Rhythm(1, "R.."), Rhythm(1, "R--"), Rhythm(1, "R.5"), Rhythm(2, "R---5-")),
    "six": (Rhythm(3, "R-----"), Rhythm(3, "R--5--"), Rhythm(3, "R-RR-L")),
}

# C struck chord, c softer, X muted strokes; digits: one note of the voicing; B bass note.
COMPS = {
    "halves": (Rhythm(1, "C-C-"), Rhythm(1, "C---")),
    "quarters": (Rhythm(1, "CCCC"), Rhythm(2, "C.C.C.C.")),
    "eighths": (Rhythm(2, "CcCcCcCc"), Rhythm(2, "C.CcC.Cc")),
    "strum-1": (Rhythm(2, "C-Cc-cCc"), Rhythm(2, "C-C--cCc")),
    "strum-2": (Rhythm(4, "C---c-c-C-cc-cc-"), Rhythm(4, "C-c-X-c-C-c-X-c-")),
    "strum-3": (Rhythm(2, "C---C-c-"), Rhythm(2, "C-----cc")),
    "arpeggio": (Rhythm(2, "B1232123"), Rhythm(2, "B2312321"), Rhythm(2, "12343212")),
    "arpeggio-16": (Rhythm(4, "B123212312321232"), Rhythm(4, "1231231231231232")),
    "pushed": (Rhythm(2, "C--C---C"), Rhythm(4, "C--C--C-..C--C-."), Rhythm(2, ".C.C--C-")),
    "charleston": (Rhythm(2, "C--C...."), Rhythm(2, ".C...C.."), Rhythm(2, "C--C--C.")),
    "backbeat": (Rhythm(1, ".C.C"), Rhythm(2, "..C...C.")),
    "sixteenths": (Rhythm(4, "C.XXC.XCX.CXX.C."), Rhythm(4, "..C.X.CX..C.XXC.")),
    "skank": (Rhythm(2, ".C.C.C.C"), Rhythm(2, ".C.C.C.C")),
    "skank-16": (Rhythm(4, "..C...Cc..C...Cc"),),
    "off": (Rhythm(2, ".C.C.C.C"), Rhythm(4, "..C-..C-..C-..C-")),
    "montuno": (Rhythm(4, "C.1.C.1.C1.C.1C."), Rhythm(2, "C1C11C1C")),
    "boom-chick": (Rhythm(2, "B-c-B-c-"), Rhythm(2, "B-ccB-cc")),
    "waltz": (Rhythm(1, ".CC"), Rhythm(1, "BCC"), Rhythm(2, "..C.Cc")),
    "six-1": (Rhythm(3, "C--C--"), Rhythm(3, "B12321"), Rhythm(3, "Cccccc")),
    "six-3": (Rhythm(3, "123232"), Rhythm(3, "B23432"), Rhythm(6, "B12321234321")),
    "six-2": (Rhythm(3, "C-cC-c"), Rhythm(3, "BccBcc"), Rhythm(3, "..C..C")),
}

# P power chord that rings, m palm-muted root.
RIFFS = {
    "eighths": (Rhythm(2, "PPPPPPPP"), Rhythm(2, "PmPmPmPm")),
    "chug": (Rhythm(2, "PmmmPmmm"), Rhythm(4, "P-mmm.mmP-mmm.m."), Rhythm(4, "mmm.mmm.P---m.m.")),
    "gallop": (Rhythm(4, "m.mmm.mmm.mmm.mm"), Rhythm(4, "P.mmm.mmP.mmm.mm")),
    "sixteenths": (Rhythm(4, "mmmmmmmmmmmmmmmm"), Rhythm(4, "PmmmPmmmPmmmPmmm")),
    "stabs": (Rhythm(4, "P--P--P---P-P---"), Rhythm(2, "P-PP-P--"), Rhythm(4, "P..P..P..P..P...")),
    "held": (Rhythm(1, "P---"), Rhythm(2, "P-----P-"), Rhythm(2, "P--P----")),
    "off": (Rhythm(2, ".P.P.P.P"), Rhythm(2, "mPmPmPmP")),
    "six": (Rhythm(3, "PmmPmm"), Rhythm(3, "P--P--"), Rhythm(6, "P-mmm-P-mmm-")),
}


def draw_rhythm(table: dict[str, tuple[Rhythm, ...]], name: str, rng: np.random.Generator) -> Rhythm:
    """One of a name's rhythms; 'random': a new one of sixteenths, more likely on the beat."""
    if name != "random":
        choices = table[name]
        return choices[int(rng.integers(len(choices)))]
    letter = {id(BASSES): "R", id(COMPS): "C", id(RIFFS): "P"}[id(table)]
    likely = np.tile([0.75, 0.15, 0.45, 0.2], 4)
    likely[0] = 0.92
    line = "".join(letter if rng.random() < share else "-" for share in likely)
    return Rhythm(4, line if letter in line else letter + line[1:])


def strikes(rhythm: Rhythm, beats: int) -> list[Strike]:
    """The letters of a bar of so many beats: longer bars repeat the pattern, shorter ones take its beginning."""
    steps = beats * rhythm.steps
    line = (rhythm.line * (steps // len(rhythm.line) + 1))[:steps]
    found = []
    for step, letter in enumerate(line):
        if letter in "-.":
            continue
        end = step + 1
        while end < steps and line[end] == "-":
            end += 1
        found.append(Strike(step / rhythm.steps, end / rhythm.steps, letter))
    return found
