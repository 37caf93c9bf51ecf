"""The band: which instruments play which parts, when they rest, how loosely they play."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from songleaf_models.data.renders import drums, parts
from songleaf_models.data.renders.drum_patterns import CRASH, KICK, PATTERNS
from songleaf_models.data.renders.excerpt import Excerpt
from songleaf_models.data.renders.fonts import DRUM_BANK, FONTS, KITS, Voice
from songleaf_models.data.renders.groove import choose_take
from songleaf_models.data.renders.harmony import Harmony, voice_close
from songleaf_models.data.renders.plan import HEAVY, STYLES, Plan
from songleaf_models.song import Bar, Note

DRUMS, BASS, BAND, DISTORTED, LEAD = range(5)
"""Stems that are treated on their own."""
GROUPS = 5

# General MIDI programs from 0.
_PIANOS, _KEYS, _ORGANS = (0, 0, 1, 2, 3), (4, 5, 6, 7), (16, 17, 18, 19)
_ACOUSTIC, _ELECTRIC, _OVERDRIVEN = (24, 25, 25), (26, 27, 28), (29, 30, 30, 29, 27)
_BASSES = (32, 33, 33, 34, 35, 36, 38, 39)
_PADS = (48, 49, 50, 51, 52, 54, 89, 90, 91, 92, 94, 95, 16, 19)
_PLUCKED = (11, 12, 46, 45, 8, 9, 105, 107, 15, 80, 81, 84, 62, 63)
_LEADS = (40, 41, 42, 56, 57, 59, 60, 61, 64, 65, 66, 67, 68, 71, 73, 74, 75, 78, 22, 21, 11, 80, 81, 82, 84, 87, 85,
          25, 26, 27, 29, 30, 0, 4, 52, 53, 54)  # fmt: skip
_REORCHESTRATED = (*_KEYS, *_ACOUSTIC, *_ELECTRIC, *_PLUCKED, *_ORGANS, 48, 50, 61)


class Part(NamedTuple):
    """What one instrument plays, in beats. Gain within its stem, 0 to 1; pan -1 to 1."""

    group: int
    voice: Voice
    notes: list[Note]
    gain: float
    pan: float
    # Whether the clock has to swing it.
    swung: bool = True


class Band:
    """Collects a clip's parts."""

    def __init__(self, excerpt: Excerpt, plan: Plan, rng: np.random.Generator) -> None:
        self.song, self.plan, self.excerpt, self.rng = excerpt.song, plan, excerpt, rng
        # The closing bar is written apart.
        self.bars = self.song.bars[:-1] if excerpt.closing else self.song.bars
        self.last = self.bars[-1].start + self.bars[-1].beats
        spans = [span for span in self.song.chords if span.start < self.last - 0.01]
        self.harmony = Harmony([span._replace(end=min(span.end, self.last)) for span in spans])
        self.blocks = [span for span in self.song.sections if span.start < self.last] or []
        self.borders = [span.start for span in self.blocks] or [bar.start for bar in self.bars[::8]]
        self.font = str(rng.choice(FONTS, p=[0.5, 0.3, 0.2]))
        self.parts: list[Part] = []

    def choose(self, programs: tuple[int, ...]) -> Voice:
        """Mostly of the clip's own font."""
        font = self.font if self.rng.random() < 0.75 else str(self.rng.choice(FONTS))
        return Voice(font, 0, int(self.rng.choice(programs)))

    def rest(self, notes: list[Note], in_intro: bool) -> list[Note]:
        """Leaves the part out of some sections, and out of the intro unless it belongs there."""
        edges = [*self.borders, float("inf")]
        silent = [self.rng.random() < self.plan.rest_share for _ in self.borders]
        kept = []
        for note in notes:
            if note.start < self.excerpt.intro_end - 0.6:
                if in_intro:
                    kept.append(note)
            elif not silent[max(0, int(np.searchsorted(edges, note.start + 0.3, side="right")) - 1)]:
                kept.append(note)
        return kept

    def add(self, group: int, voice: Voice, notes: list[Note], gain: float, pan: float, swung: bool = True) -> None:
        """Adds a part; one without notes is left out."""
        if notes:
            self.parts.append(Part(group, voice, notes, gain, pan, swung))


def _add_drums(band: Band) -> None:
    plan, rng, bars = band.plan, band.rng, band.bars
    if plan.groove is None:
        return
    four = all(bar.beats in (1, 2, 4) for bar in bars) and band.song.unit == "quarter"
    take = choose_take(plan.take_family, plan.bpm, rng) if plan.take_family and four else None
    if take is not None:
        notes = drums.play_take(take, bars, rng)
        swung = False
    else:
        groove = plan.groove
        notes = drums.play_groove(groove, bars, band.borders, rng)
        swung = not PATTERNS[groove].swung
        if rng.random() < 0.35 and len(band.borders) > 2:
            # Another groove of the style in some sections.
            notes = _mix_grooves(band, notes)
    notes = band.rest(notes, plan.intro in ("drums", "riff"))
    if plan.intro == "count-in":
        notes = drums.count_in(bars[0]) + notes
    font = "csound" if rng.random() < 0.15 else str(rng.choice(["fluid", "mono"], p=[0.6, 0.4]))
    kits = KITS[font]
    if plan.style in HEAVY and len(kits) > 1:
        kits = (0, 8, 16, 16)
    elif plan.style in ("dance", "hip hop") and len(kits) > 1:
        kits = (24, 25, 25, 8)
    if band.excerpt.closing:
        notes = notes + [Note(band.last, band.last + 2, pitch, 100) for pitch in (KICK, CRASH)]
    band.add(DRUMS, Voice(font, DRUM_BANK, int(rng.choice(kits))), notes, 0.9, 0.0, swung)


def _mix_grooves(band: Band, notes: list[Note]) -> list[Note]:
    same = PATTERNS[band.plan.groove or ""]
    names = [name for name in STYLES[band.plan.style].grooves if PATTERNS[name].swung == same.swung]
    other = drums.play_groove(str(band.rng.choice(names)), band.bars, band.borders, band.rng)
    edges = np.array(band.borders)
    pick = band.rng.random(len(edges) + 1) < 0.5

    def chosen(note: Note) -> bool:
        return bool(pick[np.searchsorted(edges, note.start + 0.05, side="right")])

    return sorted([note for note in notes if not chosen(note)] + [note for note in other if chosen(note)])


def _add_closing(band: Band, write: Callable[[Note], None]) -> None:
    """The last chord, held."""
    if not band.excerpt.closing:
        return
    chord = Harmony(band.song.chords).at(band.last)
    if chord is not None:
        bar: Bar = band.song.bars[-1]
        for pitch in voice_close(chord, [], 60):
            write(Note(bar.start, bar.start + bar.beats, pitch, 88))


def _add_harmony(band: Band) -> None:
    plan, rng, bars, harmony = band.plan, band.rng, band.bars, band.harmony
    carried = plan.intro in ("pad", "riff")
    if plan.riff:
        riff = parts.write_riff(plan.riff, bars, harmony, plan.pushed, rng)
        riff = band.rest(riff, plan.intro == "riff")
        voice = band.choose(_OVERDRIVEN)
        if rng.random() < 0.7:
            # Played twice, left and right.
            band.add(DISTORTED, voice, riff, 0.9, -1.0)
            band.add(DISTORTED, band.choose(_OVERDRIVEN) if rng.random() < 0.5 else voice, list(riff), 0.9, 1.0)
        else:
            band.add(DISTORTED, voice, riff, 0.9, float(rng.uniform(-0.5, 0.5)))
    for index, name in enumerate(plan.comps):
        guitar = name.startswith(("strum", "boom")) or rng.random() < 0.4
        notes = parts.write_comp(name, guitar, bars, harmony, plan.pushed, rng)
        # The first one never rests: the chords that the truth names always sound.
        notes = notes if index == 0 and not plan.riff and plan.intro in ("none", "pad", "riff") else band.rest(
            notes, carried and index == 0
        )  # fmt: skip
        voice = band.choose((*_ACOUSTIC, *_ELECTRIC) if guitar else (*_PIANOS, *_KEYS, *_ORGANS, *_PLUCKED))
        if index == 0:
            _add_closing(band, notes.append)
        pan = float(rng.uniform(-0.8, 0.8))
        band.add(BAND, voice, notes, float(rng.uniform(0.5, 0.9)), pan)
        if guitar and rng.random() < 0.3:
            band.add(BAND, voice, list(notes), float(rng.uniform(0.4, 0.7)), -pan)
    if plan.pad or (plan.intro == "pad" and not plan.comps):
        notes = band.rest(parts.write_pad(harmony, rng), plan.intro == "pad")
        band.add(BAND, band.choose(_PADS), notes, float(rng.uniform(0.25, 0.6)), float(rng.uniform(-0.3, 0.3)))


def _add_song_parts(band: Band) -> None:
    """The arrangement's own piano and second voice."""
    plan, rng = band.plan, band.rng
    piano = [note for note in band.song.piano if note.start < band.last]
    if plan.piano == "literal":
        band.add(BAND, band.choose((*_PIANOS, 4)), piano, float(rng.uniform(0.6, 0.95)), float(rng.uniform(-0.3, 0.3)))
    elif plan.piano == "revoiced":
        band.add(BAND, band.choose(_REORCHESTRATED), piano, float(rng.uniform(0.5, 0.9)), float(rng.uniform(-0.4, 0.4)))
    elif plan.piano == "reorchestrated":
        notes = band.rest(parts.reorchestrate(piano, rng), False)
        band.add(BAND, band.choose(_REORCHESTRATED), notes, float(rng.uniform(0.4, 0.8)), float(rng.uniform(-0.6, 0.6)))
    if plan.bridge:
        notes = [note for note in band.song.bridge if note.start < band.last]
        band.add(BAND, band.choose(_LEADS), notes, float(rng.uniform(0.35, 0.7)), float(rng.uniform(-0.5, 0.5)))


def choose_lead(band: Band) -> Voice:
    """An instrument for the melody, louder ones for louder styles."""
    if band.plan.style in HEAVY:
        return band.choose((29, 30, 80, 81, 18, 66, 56, 0))
    return band.choose(_LEADS)


def arrange(excerpt: Excerpt, plan: Plan, rng: np.random.Generator) -> Band:
    """All parts but the melody."""
    band = Band(excerpt, plan, rng)
    _add_drums(band)
    if plan.bass:
        bass = band.rest(parts.write_bass(plan.bass, band.bars, band.harmony, plan.pushed, rng), plan.intro == "riff")
        _add_closing(band, lambda note: bass.append(note._replace(pitch=note.pitch - 24)) if not bass or bass[-1].start
                     < band.last else None)  # fmt: skip
        band.add(BASS, band.choose(_BASSES), bass, 0.9, 0.0)
    _add_harmony(band)
    _add_song_parts(band)
    return band
