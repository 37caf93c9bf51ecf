"""Plays notes on sound fonts: one libfluidsynth (LGPL, by ctypes) for all parts, each part in a stereo stem of its own.

An event takes effect at the next border of 64 samples, so a note begins within 0.8 ms of its time; no other latency.
"""

import ctypes
import ctypes.util
import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

SAMPLE_RATE = 44_100
_BLOCK = 64
_EFFECTS = 2
"""Reverb and chorus: stereo buffers that the library wants even where neither is on."""

FONTS = {
    # S. Christian Collins; MIT, parts public domain or CC0. Debian: musescore-general-soundfont.
    "general": Path("/usr/share/sounds/sf3/MuseScore_General_Full.sf3"),
    # Glen MacArthur; CC BY-SA 3.0. Debian: avldrums.lv2-soundfont.
    "pearl": Path("/usr/share/sounds/sf2/Black_Pearl_4_LV2.sf2"),
    "zeppelin": Path("/usr/share/sounds/sf2/Red_Zeppelin_4_LV2.sf2"),
}


class Preset(NamedTuple):
    """A sound: font of `FONTS`, bank and program from 0; bank 128 holds drum kits."""

    font: str
    bank: int
    program: int


class Stroke(NamedTuple):
    """A note to play: seconds, MIDI pitch, velocity 1 to 127; `scoop`: cents below from which the pitch glides up."""

    start: float
    end: float
    pitch: int
    velocity: int
    scoop: float = 0.0


@dataclass
class Part:
    """What one instrument plays, how far from A4 = 440 Hz it is tuned, and how strongly long notes vibrate (0 to 1)."""

    preset: Preset
    strokes: list[Stroke] = field(default_factory=list)
    cents: float = 0.0
    vibrato: float = 0.0


def find_missing_fonts() -> list[Path]:
    """Sound fonts that have to be installed first."""
    return [path for path in FONTS.values() if not path.exists()]


def play(parts: list[Part], samples: int) -> np.ndarray:
    """Stems [len(parts), 2, samples] float32. At most 16 parts. Raises FileNotFoundError, RuntimeError, ValueError."""
    if len(parts) > 16:
        raise ValueError("one synthesizer has 16 channels")
    synth = _Synth(len(parts))
    try:
        for channel, part in enumerate(parts):
            synth.choose(channel, part.preset, part.cents)
        return _render(synth, _list_events(parts, synth), len(parts), samples)
    finally:
        synth.close()


_Event = tuple[int, int, Callable[[], object]]


def _list_events(parts: list[Part], synth: "_Synth") -> list[_Event]:
    """(sample, order, action); at one time notes end before controllers change before notes begin."""
    events: list[_Event] = []
    for channel, part in enumerate(parts):
        for stroke in part.strokes:
            start, end = (round(seconds * SAMPLE_RATE / _BLOCK) * _BLOCK for seconds in (stroke.start, stroke.end))
            end = max(end, start + _BLOCK)
            events.append((start, 2, functools.partial(synth.begin, channel, stroke.pitch, stroke.velocity)))
            events.append((end, 0, functools.partial(synth.end, channel, stroke.pitch)))
            if stroke.scoop:
                for step in range(9):
                    cents = -stroke.scoop * (1 - step / 8) ** 2
                    at = start + round(step * 0.01 * SAMPLE_RATE / _BLOCK) * _BLOCK
                    events.append((at, 1, functools.partial(synth.bend, channel, cents)))
            if part.vibrato and stroke.end - stroke.start > 0.35:
                at = start + round(0.22 * SAMPLE_RATE / _BLOCK) * _BLOCK
                events.append((at, 1, functools.partial(synth.control, channel, 1, round(100 * part.vibrato))))
                events.append((end, 1, functools.partial(synth.control, channel, 1, 0)))
    events.sort(key=lambda event: event[:2])
    return events


def _render(synth: "_Synth", events: list[_Event], parts: int, samples: int) -> np.ndarray:
    out = np.zeros((parts, 2, samples), np.float32)
    position = 0
    for sample, _, act in events:
        if sample > position:
            synth.write(out, position, min(sample, samples))
            position = min(sample, samples)
        if sample >= samples:
            break
        act()
    synth.write(out, position, samples)
    return out


class _Synth:
    """The library's synthesizer without its own reverb and chorus; channel i sounds in stem i."""

    def __init__(self, channels: int) -> None:
        self._library = _load_library()
        self._channels = channels
        self._settings = self._library.new_fluid_settings()
        for name, value in (
            ("synth.audio-channels", channels),
            ("synth.audio-groups", channels),
            ("synth.effects-channels", _EFFECTS),
            ("synth.effects-groups", 1),
            ("synth.midi-channels", 16),
            ("synth.polyphony", 512),
            ("synth.reverb.active", 0),
            ("synth.chorus.active", 0),
            ("synth.cpu-cores", 1),
            ("synth.dynamic-sample-loading", 1),
        ):
            self._library.fluid_settings_setint(self._settings, name.encode(), value)
        self._library.fluid_settings_setnum(self._settings, b"synth.sample-rate", float(SAMPLE_RATE))
        self._library.fluid_settings_setnum(self._settings, b"synth.gain", 0.5)
        self._synth = self._library.new_fluid_synth(self._settings)
        self._fonts: dict[str, int] = {}

    def close(self) -> None:
        self._library.delete_fluid_synth(self._synth)
        self._library.delete_fluid_settings(self._settings)

    def choose(self, channel: int, preset: Preset, cents: float) -> None:
        if preset.font not in self._fonts:
            path = FONTS[preset.font]
            if not path.exists():
                raise FileNotFoundError(f"sound font {path} is not installed")
            self._fonts[preset.font] = self._library.fluid_synth_sfload(self._synth, str(path).encode(), 0)
        self._library.fluid_synth_set_channel_type(self._synth, channel, int(preset.bank == 128))
        font = self._fonts[preset.font]
        if self._library.fluid_synth_program_select(self._synth, channel, font, preset.bank, preset.program):
            raise RuntimeError(f"{preset} does not exist")
        # Registered parameter 1: fine tuning, 14 bits, 8192 = none, 100 cents either way.
        tuning = round(8192 + 81.92 * cents)
        for controller, value in ((101, 0), (100, 1), (6, tuning >> 7), (38, tuning & 127)):
            self.control(channel, controller, value)

    def begin(self, channel: int, pitch: int, velocity: int) -> None:
        self._library.fluid_synth_noteon(self._synth, channel, pitch, velocity)

    def end(self, channel: int, pitch: int) -> None:
        self._library.fluid_synth_noteoff(self._synth, channel, pitch)

    def control(self, channel: int, controller: int, value: int) -> None:
        self._library.fluid_synth_cc(self._synth, channel, controller, value)

    def bend(self, channel: int, cents: float) -> None:
        self._library.fluid_synth_pitch_bend(self._synth, channel, round(8192 + cents / 200 * 8191))

    def write(self, out: np.ndarray, start: int, end: int) -> None:
        """Renders samples [start, end) of out [parts, 2, samples]."""
        if end <= start:
            return
        base, stride = out.ctypes.data, out.strides
        pointers = ctypes.c_void_p * self._channels
        left = pointers(*(base + part * stride[0] + 4 * start for part in range(self._channels)))
        right = pointers(*(base + part * stride[0] + stride[1] + 4 * start for part in range(self._channels)))
        unused = np.zeros((2, _EFFECTS, end - start), np.float32)
        wet = [(ctypes.c_void_p * _EFFECTS)(*(side[i].ctypes.data for i in range(_EFFECTS))) for side in unused]
        if self._library.fluid_synth_nwrite_float(self._synth, end - start, left, right, wet[0], wet[1]):
            raise RuntimeError("the synthesizer failed")


@functools.cache
def _load_library() -> ctypes.CDLL:
    name = ctypes.util.find_library("fluidsynth")
    if not name:
        raise FileNotFoundError("libfluidsynth is not installed")
    library = ctypes.CDLL(name)
    pointer, integer, text = ctypes.c_void_p, ctypes.c_int, ctypes.c_char_p
    signatures: dict[str, tuple[object, list[object]]] = {
        "new_fluid_settings": (pointer, []),
        "delete_fluid_settings": (None, [pointer]),
        "fluid_settings_setint": (integer, [pointer, text, integer]),
        "fluid_settings_setnum": (integer, [pointer, text, ctypes.c_double]),
        "new_fluid_synth": (pointer, [pointer]),
        "delete_fluid_synth": (None, [pointer]),
        "fluid_synth_sfload": (integer, [pointer, text, integer]),
        "fluid_synth_set_channel_type": (integer, [pointer, integer, integer]),
        "fluid_synth_program_select": (integer, [pointer, *[integer] * 4]),
        "fluid_synth_noteon": (integer, [pointer, *[integer] * 3]),
        "fluid_synth_noteoff": (integer, [pointer, *[integer] * 2]),
        "fluid_synth_cc": (integer, [pointer, *[integer] * 3]),
        "fluid_synth_pitch_bend": (integer, [pointer, *[integer] * 2]),
        "fluid_synth_nwrite_float": (integer, [pointer, integer, *[pointer] * 4]),
    }
    for function, (result, arguments) in signatures.items():
        getattr(library, function).restype = result
        getattr(library, function).argtypes = arguments
    return library
