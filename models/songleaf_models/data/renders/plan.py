"""What is drawn for a clip: style, instruments, tempo, sound. The shares of everything can be read off here."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from songleaf_models.data.renders.timing import Tempo

MetreChange = Literal["own", "waltz", "compound", "double"]
PianoUse = Literal["literal", "revoiced", "reorchestrated", "absent"]
"""The pianist's notes on a piano, on another instrument, made into something else, or not there."""


class Style(NamedTuple):
    """Share of clips in percent, beats a minute, and what is played: names in the files of the parts."""

    share: float
    slowest: float
    fastest: float
    # Written grooves; families of real drummers' takes.
    grooves: tuple[str, ...]
    takes: tuple[str, ...]
    basses: tuple[str, ...]
    comps: tuple[str, ...]
    riffs: tuple[str, ...] = ()
    metre: MetreChange = "own"
    swing: tuple[float, float] = (0.5, 0.5)


_POP_BASS = ("roots", "eighths", "pushed", "octaves", "syncopated", "random")
_POP_COMP = ("strum-1", "strum-2", "strum-3", "arpeggio", "arpeggio-16", "pushed", "charleston", "halves", "random")
_HEAVY_RIFF = ("chug", "gallop", "sixteenths", "stabs", "held", "eighths", "random")

STYLES: dict[str, Style] = {
    "hard rock": Style(
        7, 84, 160, ("rock-1", "rock-2", "rock-3", "rock-quarters", "rock-crash", "halftime"), ("heavy", "rock"),
        ("eighths", "riff", "roots"), ("halves", "strum-2"), ("eighths", "stabs", "held", "chug", "random"),
    ),
    "punk": Style(
        6, 130, 200, ("offbeat-1", "offbeat-2", "offbeat-4", "d-beat", "punk-1", "punk-2"), ("punk",),
        ("eighths", "riff"), ("eighths",), ("eighths", "off", "stabs"),
    ),
    "metal": Style(
        7, 88, 200,
        ("double-kick", "double-kick-half", "gallop", "blast-1", "blast-2", "offbeat-3", "offbeat-double",
         "halftime-heavy", "rock-crash"), ("heavy",), ("riff", "eighths", "sixteenths"), ("halves",), _HEAVY_RIFF,
    ),
    "off-beat": Style(
        6, 86, 180, ("offbeat-1", "offbeat-2", "offbeat-3", "offbeat-4", "offbeat-double"), (),
        ("eighths", "riff", "two", "roots"), ("skank", "eighths", "strum-2"), ("off", "eighths", "chug", "random"),
    ),
    "ballad": Style(
        10, 55, 90, (), (), ("roots", "halves"), ("arpeggio", "arpeggio-16", "halves", "strum-3", "random"),
    ),
    "waltz": Style(
        8, 78, 190, ("waltz-1", "waltz-2", "waltz-rock", "waltz-back", "waltz-jazz"), (), ("waltz", "roots"),
        ("waltz", "arpeggio", "halves"), ("held", "eighths"), "waltz",
    ),
    "compound": Style(
        8, 42, 96, ("six-1", "six-2", "six-3", "six-heavy", "six-soft"), (), ("six",),
        ("six-1", "six-2", "six-3", "halves"), ("six",), "compound",
    ),
    "shuffle": Style(
        6, 76, 168, ("shuffle-1", "shuffle-2", "half-shuffle"), ("shuffle",), ("walking", "eighths", "roots"),
        ("charleston", "eighths", "backbeat", "strum-1"), ("eighths", "stabs"), "own", (0.6, 0.69),
    ),
    "swing": Style(
        4, 100, 200, ("swing-1", "swing-2"), ("swing",), ("walking", "two"), ("charleston", "backbeat", "quarters"),
        (), "own", (0.6, 0.67),
    ),
    "pop": Style(11, 70, 132, ("pop-1", "pop-2", "pop-3", "ballad-2", "motown", "shaker"), ("rock", "soul", "soft"),
                 _POP_BASS, _POP_COMP),
    "soft pop": Style(6, 56, 100, ("ballad-1", "ballad-2", "pop-2", "shaker"), ("soft",), _POP_BASS, _POP_COMP),
    "rock": Style(
        6, 84, 160, ("rock-1", "rock-2", "rock-3", "rock-4", "toms", "halftime"), ("rock",), _POP_BASS,
        ("strum-1", "strum-2", "eighths", "arpeggio"), ("eighths", "held", "random"),
    ),
    "funk": Style(4, 84, 124, ("funk-1", "funk-2", "breakbeat"), ("funk", "soul"), ("syncopated", "octaves", "random"),
                  ("sixteenths", "charleston", "random")),
    "latin": Style(4, 84, 150, ("bossa", "samba", "salsa", "reggaeton"), ("latin",), ("tumbao", "two", "pushed"),
                   ("montuno", "pushed", "charleston")),
    "reggae and ska": Style(4, 66, 170, ("reggae", "steppers", "ska"), ("reggae",), ("one-drop", "syncopated", "two"),
                            ("skank", "backbeat", "skank-16")),
    "dance": Style(6, 104, 140, ("house-1", "house-2", "techno", "disco"), ("dance",), ("off", "octaves", "random"),
                   ("off", "pushed", "random", "arpeggio-16")),
    "hip hop": Style(3, 64, 104, ("trap", "boombap", "breakbeat", "drum-and-bass"), ("hiphop",),
                     ("syncopated", "roots", "random"), ("halves", "arpeggio", "random")),
    "country": Style(3, 84, 180, ("train", "march", "rock-1"), ("soft",), ("two",), ("boom-chick", "strum-1")),
}  # fmt: skip

HEAVY = ("hard rock", "punk", "metal", "off-beat")


@dataclass(frozen=True)
class Plan:
    """One clip. Levels and colours come from the mixer's own draws."""

    style: str
    metre: MetreChange
    bpm: float
    tempo: Tempo
    swing: float
    # Beats that a swung pair lasts.
    pair: float
    groove: str | None
    take_family: str | None
    bass: str | None
    comps: tuple[str, ...]
    riff: str | None
    pad: bool
    piano: PianoUse
    sung: bool
    doubled_lead: bool
    bridge: bool
    # Chords played an eighth early.
    pushed: bool
    start: Literal["middle", "beginning"]
    intro: Literal["none", "drums", "pad", "count-in", "riff"]
    intro_bars: int
    ending: Literal["cut", "fade", "ritardando"]
    transpose: int
    modulate: int
    cents: float
    extra_bars: int
    # Probability that a part rests in a section.
    rest_share: float
    # Standard deviation of the players' attacks, seconds.
    looseness: float
    seconds: float
    # Of the clip's sound.
    reverb: float
    drive: float
    mp3: int
    noise_db: float | None
    low_pass: float | None
    high_pass: float | None


def draw_plan(song_bpm: float, triple: bool, rng: np.random.Generator, style: str | None = None) -> Plan:
    """Draws a clip's plan; songs in 3/4 (`triple`) take the waltz, but keep their own bars."""
    names = list(STYLES)
    shares = np.array([item.share for item in STYLES.values()])
    drawn = names[int(rng.choice(len(names), p=shares / shares.sum()))]
    name = style or drawn
    if triple:
        name = "waltz"
    wanted = STYLES[name]
    metre: MetreChange = "own" if triple else wanted.metre
    natural = song_bpm * (1.5 if metre == "waltz" else 1.0)
    if metre == "own" and not triple and wanted.fastest > 150 and natural < 100 and rng.random() < 0.7:
        metre, natural = "double", natural * 2
    bpm = float(np.clip(natural * np.exp(rng.normal(0, 0.16)), wanted.slowest, wanted.fastest))
    bpm = float(np.clip(bpm, 0.7 * natural, 1.4 * natural)) if rng.random() < 0.5 else bpm
    drums = bool(wanted.grooves) and rng.random() < 0.96
    take = drums and bool(wanted.takes) and rng.random() < 0.5
    swing = float(rng.uniform(*wanted.swing))
    pair = 1.0
    if name in ("funk", "hip hop", "pop", "soft pop") and rng.random() < 0.15:
        swing, pair, take = float(rng.uniform(0.54, 0.62)), 0.5, False
    heavy = name in HEAVY
    riff = bool(wanted.riffs) and rng.random() < (0.92 if heavy else 0.3 if name != "swing" else 0.0)
    comps = int(rng.choice([0, 1, 2], p=[0.5, 0.4, 0.1] if riff else [0.05, 0.5, 0.45]))
    piano_shares = [0.12, 0.23, 0.65] if heavy else [0.34, 0.28, 0.38]
    piano: PianoUse = ("literal", "reorchestrated", "absent")[int(rng.choice(3, p=piano_shares))]
    if piano == "absent" and not riff:
        comps = max(1, comps)
    pushable = metre != "compound" and name not in ("waltz", "ballad")
    start: Literal["middle", "beginning"] = "beginning" if rng.random() < 0.35 else "middle"
    intros: tuple[Literal["none", "drums", "pad", "count-in", "riff"], ...]
    intros = ("none", "drums", "pad", "count-in", "riff") if drums else ("none", "pad")
    intro = intros[int(rng.integers(len(intros)))] if start == "beginning" or rng.random() < 0.2 else "none"
    return Plan(
        style=name,
        metre=metre,
        bpm=bpm,
        tempo=("click", "drift", "rubato")[
            int(rng.choice(3, p=[0.1, 0.3, 0.6] if name == "ballad" else [0.45, 0.5, 0.05]))
        ],
        swing=swing,
        pair=pair,
        groove=str(rng.choice(wanted.grooves)) if drums else None,
        take_family=str(rng.choice(wanted.takes)) if take else None,
        bass=str(rng.choice(wanted.basses)) if rng.random() < (0.5 if name == "ballad" else 0.94) else None,
        comps=tuple(str(item) for item in rng.choice(wanted.comps, min(comps, len(wanted.comps)), replace=False)),
        riff=str(rng.choice(wanted.riffs)) if riff else None,
        pad=bool(rng.random() < (0.15 if heavy else 0.45)),
        piano=piano,
        sung=bool(rng.random() < 0.47),
        doubled_lead=bool(rng.random() < 0.25),
        bridge=bool(rng.random() < (0.3 if heavy else 0.6)),
        pushed=pushable and bool(rng.random() < 0.25),
        start=start,
        intro=intro,
        intro_bars=1 if intro == "count-in" else int(rng.choice([1, 2, 4])),
        ending=("cut", "fade", "ritardando")[int(rng.choice(3, p=[0.7, 0.15, 0.15]))],
        transpose=int(rng.integers(-6, 6)),
        modulate=int(rng.choice([0, 1, 2, 3, -1], p=[0.86, 0.05, 0.05, 0.02, 0.02])),
        cents=float(rng.choice([0.0, rng.uniform(-40, 40)], p=[0.5, 0.5])),
        extra_bars=int(rng.choice([0, 1, 2], p=[0.88, 0.08, 0.04])),
        rest_share=float(rng.choice([0.0, 0.12, 0.3])),
        looseness=float(rng.uniform(0.001, 0.012)),
        seconds=float(rng.uniform(58, 74)),
        reverb=float(rng.choice([0.0, rng.uniform(0.03, 0.3)], p=[0.2, 0.8])),
        drive=float(rng.choice([0.0, rng.uniform(0.8, 3.0)], p=[0.5, 0.5])),
        mp3=int(rng.choice([0, 64, 96, 128], p=[0.7, 0.08, 0.1, 0.12])),
        noise_db=float(rng.uniform(-75, -45)) if rng.random() < 0.25 else None,
        low_pass=float(rng.uniform(4000, 12_000)) if rng.random() < 0.2 else None,
        high_pass=float(rng.uniform(50, 180)) if rng.random() < 0.2 else None,
    )
