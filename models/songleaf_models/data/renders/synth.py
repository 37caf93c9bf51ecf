"""Plays notes on sound fonts with libfluidsynth (LGPL), several groups of channels to stems of their own in one pass.

The `fluidsynth` program mixes everything to one file; groups need the library's own `fluid_synth_process`.
"""

import ctypes
import ctypes.util
from functools import cache
from typing import NamedTuple

import numpy as np

from songleaf_models.data.renders.fonts import Voice, font_path

SAMPLE_RATE = 44_100
# What the library computes at a time: an event takes effect at the start of the next block.
BLOCK = 64
_VOLUME, _PAN = 7, 10
# Pitch bend: 14 bits, centre, and its default range in cents.
_BEND_CENTRE, _BEND_CENTS = 8192, 200


class SoundingNote(NamedTuple):
    """A note in seconds from the render's start."""

    start: float
    end: float
    pitch: int
    velocity: int


class Channel(NamedTuple):
    """What one instrument plays. Group: number of its stem; gain 0 to 1, pan -1 to 1; tuning in cents."""

    group: int
    voice: Voice
    notes: list[SoundingNote]
    gain: float
    pan: float
    cents: float


@cache
def _library() -> ctypes.CDLL:
    """Raises OSError where libfluidsynth (2.x) is not installed."""
    name = ctypes.util.find_library("fluidsynth") or "libfluidsynth.so.3"
    library = ctypes.CDLL(name)
    pointer, integer = ctypes.c_void_p, ctypes.c_int
    for function, result, arguments in (
        ("new_fluid_settings", pointer, []),
        ("delete_fluid_settings", None, [pointer]),
        ("fluid_settings_setint", integer, [pointer, ctypes.c_char_p, integer]),
        ("fluid_settings_setnum", integer, [pointer, ctypes.c_char_p, ctypes.c_double]),
        ("new_fluid_synth", pointer, [pointer]),
        ("delete_fluid_synth", None, [pointer]),
        ("fluid_synth_sfload", integer, [pointer, ctypes.c_char_p, integer]),
        ("fluid_synth_program_select", integer, [pointer, integer, integer, integer, integer]),
        ("fluid_synth_set_channel_type", integer, [pointer, integer, integer]),
        ("fluid_synth_cc", integer, [pointer, integer, integer, integer]),
        ("fluid_synth_pitch_bend", integer, [pointer, integer, integer]),
        ("fluid_synth_noteon", integer, [pointer, integer, integer, integer]),
        ("fluid_synth_noteoff", integer, [pointer, integer, integer]),
        ("fluid_synth_process", integer, [pointer, integer, integer, pointer, integer, pointer]),
    ):
        entry = getattr(library, function)
        entry.restype, entry.argtypes = result, arguments
    # Messages about presets' missing loops would fill the terminal.
    for level in range(5):
        library.fluid_set_log_function(level, None, None)
    return library


class Synth:
    """A player that keeps its sound fonts; every `play` starts from silence."""

    def __init__(self, groups: int, channels: int = 64) -> None:
        self.groups = groups
        self.channels = channels

    def play(self, channels: list[Channel], seconds: float) -> np.ndarray:
        """stems[groups, 2, N] float32. Raises ValueError where a preset is missing or channels do not suffice."""
        library = _library()
        settings = library.new_fluid_settings()
        for name, value in (
            (b"synth.audio-channels", self.groups),
            (b"synth.audio-groups", self.groups),
            (b"synth.midi-channels", self.channels),
            (b"synth.polyphony", 512),
            (b"synth.reverb.active", 0),
            (b"synth.chorus.active", 0),
            (b"synth.dynamic-sample-loading", 1),
            (b"synth.threadsafe-api", 0),
        ):
            library.fluid_settings_setint(settings, name, value)
        library.fluid_settings_setnum(settings, b"synth.sample-rate", float(SAMPLE_RATE))
        library.fluid_settings_setnum(settings, b"synth.gain", 0.5)
        synth = library.new_fluid_synth(settings)
        try:
            return self._play(library, synth, channels, seconds)
        finally:
            library.delete_fluid_synth(synth)
            library.delete_fluid_settings(settings)

    def _play(self, library: ctypes.CDLL, synth: int, channels: list[Channel], seconds: float) -> np.ndarray:
        fonts: dict[str, int] = {}
        used = [0] * self.groups
        # Order of an event: block, offs before ons, then as given.
        events: list[tuple[int, int, int, int, int]] = []
        for channel in channels:
            number = channel.group + self.groups * used[channel.group]
            used[channel.group] += 1
            if number >= self.channels:
                raise ValueError(f"more than {self.channels} channels")
            voice = channel.voice
            if voice.font not in fonts:
                fonts[voice.font] = library.fluid_synth_sfload(synth, str(font_path(voice.font)).encode(), 0)
            library.fluid_synth_set_channel_type(synth, number, int(voice.bank == 128))
            if library.fluid_synth_program_select(synth, number, fonts[voice.font], voice.bank, voice.program) != 0:
                raise ValueError(f"no preset {voice}")
            library.fluid_synth_cc(synth, number, _VOLUME, round(127 * min(1.0, channel.gain) ** 0.5))
            library.fluid_synth_cc(synth, number, _PAN, round(64 + 63 * channel.pan))
            if channel.cents:
                bend = round(_BEND_CENTRE * (1 + channel.cents / _BEND_CENTS))
                library.fluid_synth_pitch_bend(synth, number, bend)
            events += _events(number, channel.notes)
        events.sort()
        blocks = round(seconds * SAMPLE_RATE / BLOCK)
        stems = np.zeros((self.groups, 2, blocks * BLOCK), np.float32)
        stride, base = stems.strides[1], stems.ctypes.data
        outputs = (ctypes.c_void_p * (2 * self.groups))()
        now = 0
        for block, on, number, pitch, velocity in [*events, (blocks, 0, -1, 0, 0)]:
            end = min(block, blocks)
            if end > now:
                for index in range(2 * self.groups):
                    outputs[index] = base + index * stride + now * BLOCK * 4
                library.fluid_synth_process(synth, (end - now) * BLOCK, 0, None, 2 * self.groups, outputs)
                now = end
            if number < 0 or block >= blocks:
                break
            if on:
                library.fluid_synth_noteon(synth, number, pitch, velocity)
            else:
                library.fluid_synth_noteoff(synth, number, pitch)
        return stems


def _events(channel: int, notes: list[SoundingNote]) -> list[tuple[int, int, int, int, int]]:
    """Of equal pitches that overlap, the earlier one ends where the later one begins."""
    events = []
    following: dict[int, int] = {}
    for note in sorted(notes, reverse=True):
        start = max(0, round(note.start * SAMPLE_RATE / BLOCK))
        end = max(start + 1, round(note.end * SAMPLE_RATE / BLOCK))
        upcoming = following.get(note.pitch)
        if upcoming is not None:
            if upcoming <= start:
                continue
            end = min(end, upcoming)
        following[note.pitch] = start
        events.append((start, 1, channel, note.pitch, max(1, min(127, note.velocity))))
        events.append((end, 0, channel, note.pitch, 0))
    return events
