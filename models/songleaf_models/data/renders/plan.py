"""What a clip is to sound like: everything that is drawn by chance, in one place."""

from dataclasses import dataclass

import numpy as np

STYLES = {
    # name: (weight, slowest and fastest beat a minute)
    "pop": (16, 66, 132),
    "rock": (12, 88, 165),
    "punk": (6, 140, 200),
    "metal": (9, 84, 195),
    "off-beat": (7, 90, 190),
    "half-time": (5, 60, 150),
    "dance": (7, 108, 138),
    "funk": (7, 84, 124),
    "latin": (5, 84, 150),
    "reggae": (4, 64, 150),
    "ballad": (10, 54, 92),
    "swing": (7, 76, 190),
    "country": (4, 84, 190),
    "march": (2, 90, 130),
}
"""`off-beat`: the snare lies on every off-beat eighth; `half-time`: on the third beat only."""


@dataclass(frozen=True)
class Plan:
    """One clip. Probabilities of `draw_plan` decide how often each is so."""

    style: str
    metre: str  # 4/4, 3/4, 6/8
    bpm: float
    drums: str  # none, groove, written
    sung: bool
    # literal, reorchestrated, chords, absent: what becomes of the piano arrangement
    piano: str
    pushed: bool  # chords come an eighth early where a bar begins
    swing: float  # where the second eighth lies in the beat, 0.5 = straight
    drift: float  # standard deviation of the tempo's walk, share
    ritardando: bool
    intro_bars: int
    intro: str  # drums, pad, count-in
    fade: bool
    transpose: int
    cents: float
    key_change: int  # semitones up for the last third; 0: none
    two_four: bool  # a bar of 2/4 stands somewhere
    human: float  # deviation of attacks, seconds
    distorted: bool
    room: float
    drive: float
    mp3: int  # kbit/s, 0: none
    noise: float
    low_cut: float
    high_cut: float
    # Sections in which a part is silent.
    thinning: float


def draw_plan(rng: np.random.Generator, bpm: float, vocal: bool | None = None) -> Plan:
    """Draws a clip's plan; `bpm` is the song's own tempo."""
    names = list(STYLES)
    weights = np.array([STYLES[name][0] for name in names], float)
    style = str(rng.choice(names, p=weights / weights.sum()))
    _, slowest, fastest = STYLES[style]
    tempo = bpm * float(np.exp(rng.normal(0, 0.15)))
    while tempo < slowest:
        tempo *= 1.5
    while tempo > fastest:
        tempo /= 1.5
    tempo = float(np.clip(tempo, slowest * 0.95, fastest * 1.05))
    hard = style in ("punk", "metal", "rock", "off-beat")
    metre = "4/4"
    if style in ("pop", "rock", "ballad", "country", "swing", "half-time") and rng.random() < 0.27:
        metre = str(rng.choice(["3/4", "6/8"]))
        if metre == "6/8":
            tempo = float(np.clip(tempo * 0.62, 38, 92))
    drums = "none" if rng.random() < (0.4 if style == "ballad" else 0.05) else "written"
    if drums == "written" and metre == "4/4" and style not in ("off-beat", "half-time") and rng.random() < 0.55:
        drums = "groove"
    swing = (
        float(rng.uniform(0.58, 0.7))
        if style == "swing" or (style in ("reggae", "funk") and rng.random() < 0.2)
        else 0.5
    )
    return Plan(
        style=style,
        metre=metre,
        bpm=tempo,
        drums=drums,
        sung=bool(rng.random() < 0.55) if vocal is None else vocal,
        piano=str(rng.choice(["literal", "reorchestrated", "chords", "absent"], p=[0.34, 0.28, 0.26, 0.12])),
        pushed=bool(rng.random() < 0.2),
        swing=swing if metre == "4/4" else 0.5,
        drift=float(rng.choice([0.0, 0.004, 0.012, 0.03], p=[0.3, 0.3, 0.25, 0.15])),
        ritardando=bool(rng.random() < 0.15),
        intro_bars=int(rng.choice([0, 1, 2, 4], p=[0.65, 0.1, 0.15, 0.1])),
        intro=str(rng.choice(["drums", "pad", "count-in"])),
        fade=bool(rng.random() < 0.1),
        transpose=int(rng.integers(-5, 7)),
        cents=float(rng.choice([0.0, rng.uniform(-45, 45)])),
        key_change=int(rng.choice([0, 1, 2, 3], p=[0.88, 0.05, 0.05, 0.02])),
        two_four=bool(metre == "4/4" and rng.random() < 0.07),
        human=float(rng.uniform(0.002, 0.014)),
        distorted=hard and bool(rng.random() < (0.95 if style == "metal" else 0.7)),
        room=float(rng.uniform(0.0, 0.3)),
        drive=float(rng.choice([0.0, rng.uniform(1.0, 3.5)], p=[0.5, 0.5])),
        mp3=int(rng.choice([0, 64, 96, 128], p=[0.7, 0.1, 0.1, 0.1])),
        noise=float(rng.choice([0.0, 10 ** rng.uniform(-4, -2.3)], p=[0.7, 0.3])),
        low_cut=float(rng.choice([20.0, rng.uniform(60, 140)], p=[0.8, 0.2])),
        high_cut=float(rng.choice([20_000.0, rng.uniform(4000, 11_000)], p=[0.75, 0.25])),
        thinning=float(rng.choice([0.0, 0.15, 0.3])),
    )
