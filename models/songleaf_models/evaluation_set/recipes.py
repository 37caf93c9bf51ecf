"""Which instruments play which song of the evaluation set, and how: written by hand, fixed.

Of the 24 songs 12 are sung; in 16 the piano part sounds on a piano, in 5 on another instrument, in 3 not at all.
"""

from dataclasses import dataclass, field
from typing import Literal

from songleaf_models.evaluation_set.sampler import Preset

SEED = 909
VERSION = 2
"""Raised when a change makes the recordings sound different; the build then renders them again."""
_ACOUSTIC_PIANOS = range(4)
"""Programs of General MIDI; those from 4 on are electric."""


@dataclass(frozen=True)
class Layer:
    """An accompanying part: who plays which pattern of `harmony.py`, from which intensity of the form on."""

    kind: Literal["strum", "block", "arpeggio"]
    preset: Preset
    pattern: str
    enter: float = 0.0
    level: float = -9.0
    pan: float = 0.0


@dataclass(frozen=True)
class Drums:
    """A kit, the style of its takes, the intensity from which on it plays."""

    kit: Preset
    style: str
    enter: float = 0.4


@dataclass(frozen=True)
class Lead:
    """Who has the melody, how many octaves away. Preset None: a voice, `high` (soprano's vowels) or not."""

    preset: Preset | None
    octave: int = 0
    high: bool = True
    scoop: float = 0.0
    vibrato: float = 0.5


@dataclass(frozen=True)
class Recipe:
    """Everything that sets a song's recording apart."""

    number: int
    lead: Lead
    drums: Drums | None
    bass: Preset
    bass_patterns: tuple[str, str]
    layers: tuple[Layer, ...] = ()
    piano: Preset | None = field(default_factory=lambda: _general(0))
    bridge: Preset | None = field(default_factory=lambda: _general(48))
    rubato: float = 0.0
    slowing: bool = False
    cents: float = 0.0
    kilobits: int | None = None
    fade: bool = False
    room: float = 1.2
    bass_enter: float = 0.28

    def part_sounds(self) -> Literal["on a piano", "on another instrument", "not at all"]:
        """How the pianist's part is heard."""
        if self.piano is None:
            return "not at all"
        return "on a piano" if self.piano.program in _ACOUSTIC_PIANOS else "on another instrument"


def _general(program: int, bank: int = 0) -> Preset:
    return Preset("general", bank, program)


def _kit(program: int) -> Preset:
    return Preset("general", 128, program)


def _sung(octave: int = 0, high: bool = True) -> Lead:
    return Lead(None, octave, high)


def _strum(program: int, pattern: str, enter: float = 0.0, pan: float = 0.4, bank: int = 0, level: float = -9) -> Layer:
    return Layer("strum", _general(program, bank), pattern, enter, level, pan)


def _block(
    program: int, pattern: str, enter: float = 0.0, pan: float = -0.3, bank: int = 0, level: float = -9
) -> Layer:
    return Layer("block", _general(program, bank), pattern, enter, level, pan)


def _pad(program: int, enter: float = 0.6, bank: int = 0, level: float = -13) -> Layer:
    return Layer("block", _general(program, bank), "whole", enter, level)


def _pick(program: int, pattern: str, enter: float = 0.0, pan: float = 0.3, bank: int = 0, level: float = -9) -> Layer:
    return Layer("arpeggio", _general(program, bank), pattern, enter, level, pan)


PEARL = Preset("pearl", 0, 0)
ZEPPELIN = Preset("zeppelin", 0, 0)
FINGER, PICKED, FRETLESS, ACOUSTIC, POP, SYNTH = (_general(program) for program in (33, 34, 35, 32, 37, 38))

RECIPES: tuple[Recipe, ...] = (
    Recipe(13, _sung(), Drums(PEARL, "rock"), FINGER, ("ballad", "pushed"), (_strum(25, "folk", 0.5), _pad(89)),
           kilobits=192),
    Recipe(33, Lead(_general(65), 0, scoop=60), Drums(_kit(8), "soul", 0.45), FRETLESS, ("ballad", "eighths"),
           (_block(4, "charleston", 0.4), _pad(49)), cents=-24),
    Recipe(73, _sung(-1, False), Drums(ZEPPELIN, "rock"), PICKED, ("halves", "eighths"),
           (_strum(27, "pop", 0.6), _pad(50)), piano=_general(24), bridge=_general(73), kilobits=128),
    Recipe(113, _sung(), Drums(_kit(0), "hiphop", 0.4), FINGER, ("halves", "pushed"),
           (_pick(27, "broken", 0.4), _pad(48, 0.8)), bridge=_general(11), slowing=True),
    Recipe(153, Lead(_general(40), 0, scoop=30), Drums(_kit(25), "hiphop", 0.45), SYNTH, ("pushed", "sixteenths"),
           (_block(90, "stabs", 0.8), _pad(95)), room=1.8),
    Recipe(173, Lead(_general(73), 1, vibrato=0.35), Drums(_kit(40), "jazz", 0.4), ACOUSTIC, ("waltz", "waltz"),
           (_strum(24, "waltz", 0.4), _block(21, "waltz", 0.8)), bridge=_general(71), slowing=True),
    Recipe(193, _sung(-1, True), Drums(_kit(16), "rock", 0.45), POP, ("halves", "eighths"),
           (_strum(29, "eighths", 0.85, level=-11), _pad(48)), bridge=_general(27), room=1.6),
    Recipe(213, _sung(-1, False), Drums(ZEPPELIN, "punk", 0.4), PICKED, ("eighths", "eighths"),
           (_strum(30, "eighths", 0.6, level=-10), _strum(29, "backbeat", 0.8, -0.5)), cents=18, fade=True, room=0.8),
    Recipe(273, Lead(_general(27), 0, scoop=80, vibrato=0.3), Drums(PEARL, "funk", 0.3), FINGER, ("octaves", "octaves"),
           (_strum(28, "sixteenths", 0.3, bank=8, level=-12), _pad(16, 0.0, level=-15)), piano=_general(4),
           bridge=_general(61)),
    Recipe(313, Lead(_general(40), 0, scoop=30), None, ACOUSTIC, ("halves", "ballad"),
           (_pick(24, "wide", 0.4), _pad(48, 0.6)), bridge=_general(42), slowing=True, room=2.0, bass_enter=0.6),
    Recipe(353, Lead(_general(81), 0, vibrato=0.6), Drums(_kit(24), "dance", 0.4), SYNTH, ("octaves", "eighths"),
           (_pick(90, "sixteenths", 0.6, level=-12), _pad(89, 0.0)), piano=_general(48), bridge=_general(11),
           kilobits=96),
    Recipe(373, Lead(_general(66), -1, scoop=70), Drums(_kit(32), "jazz", 0.4), ACOUSTIC, ("walking", "walking"),
           (_strum(26, "offbeat", 0.4, level=-12),), bridge=_general(71), room=1.0),
    Recipe(413, Lead(_general(71), -1, vibrato=0.2), Drums(_kit(40), "rock", 0.6), FRETLESS, ("ballad", "ballad"),
           (_pick(25, "wide", 0.4), _pad(49, 0.4)), rubato=0.02),
    Recipe(433, _sung(), None, ACOUSTIC, ("halves", "halves"), (_pick(24, "up", 0.6, level=-12),),
           bridge=_general(42), rubato=0.025, slowing=True, room=1.8, bass_enter=0.8),
    Recipe(473, Lead(_general(29), -1, scoop=90, vibrato=0.6), Drums(ZEPPELIN, "rock", 0.4), PICKED,
           ("halves", "pushed"), (_strum(25, "eighths", 0.6, -0.4), _pad(18, 0.6)), piano=_general(25),
           bridge=_general(48), cents=-30),
    Recipe(493, Lead(_general(73), 0, vibrato=0.4), None, ACOUSTIC, ("halves", "halves"), (_pad(49, 0.6),),
           bridge=_general(46), rubato=0.03, slowing=True, room=2.2, bass_enter=0.8),
    Recipe(533, _sung(-1, False), Drums(PEARL, "funk", 0.4), FINGER, ("pushed", "octaves"),
           (_strum(25, "pop", 0.0, level=-6), _block(4, "charleston", 0.4, level=-7), _pad(51)), piano=None,
           bridge=_general(56), cents=-15, fade=True),
    Recipe(573, _sung(), Drums(PEARL, "pop", 0.65), FRETLESS, ("halves", "ballad"),
           (_pick(25, "broken", 0.0), _pad(48)),
           bridge=_general(68), rubato=0.012),
    Recipe(713, Lead(_general(80), -1, vibrato=0.4), Drums(_kit(25), "dance", 0.4), SYNTH, ("eighths", "octaves"),
           (_block(81, "offbeat", 0.6, level=-14), _pad(94, 0.4)), bridge=_general(46), cents=30, kilobits=128),
    Recipe(733, _sung(), Drums(_kit(8), "rock", 0.45), PICKED, ("ballad", "eighths"),
           (_strum(29, "eighths", 0.85, level=-12), _strum(25, "folk", 0.4, -0.4), _pad(48, 0.8)), room=1.5),
    Recipe(793, _sung(), Drums(PEARL, "rock/indie", 0.3), PICKED, ("eighths", "eighths"),
           (_strum(25, "folk", 0.0, level=-5), _strum(27, "eighths", 0.6, -0.5, level=-8)), piano=None,
           bridge=_general(22), kilobits=112, room=0.7),
    Recipe(833, Lead(_general(56), -1, scoop=30, vibrato=0.3), Drums(_kit(40), "reggae", 0.4), ACOUSTIC,
           ("halves", "ballad"), (_strum(27, "offbeat", 0.4), _pad(16, 0.4, level=-15)), piano=_general(5),
           bridge=_general(65), room=0.9),
    Recipe(853, _sung(-1, True), Drums(_kit(0), "rock", 0.45), FINGER, ("halves", "pushed"),
           (_pick(25, "up", 0.4, bank=8), _pad(52)), bridge=_general(9), cents=12, slowing=True),
    Recipe(873, _sung(-1, False), Drums(ZEPPELIN, "soul", 0.25), FINGER, ("pushed", "pushed"),
           (_block(4, "halves", 0.0, level=-5), _strum(26, "backbeat", 0.4), _pad(17, 0.6, level=-15)), piano=None,
           bridge=_general(65), fade=True),
)  # fmt: skip
