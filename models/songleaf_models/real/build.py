"""Writes the real recordings and what is known of them into the cache."""

import hashlib
import shutil
from pathlib import Path

import numpy as np
import soundfile

from songleaf_models.real.charts import find_music, read_chart
from songleaf_models.real.debian import unpack_package
from songleaf_models.real.songs import (
    BEATS_A_BAR,
    CHARTED_SONGS,
    MULDJORD,
    OBSIDIAN,
    OBSIDIAN_FOLDER,
    SECTOID,
    SONGS_FOLDER,
    ChartedSong,
)
from songleaf_models.truth import Metre, Truth, write_truth

PEAK = 0.98
"""Largest sample of a mix; louder sums are turned down as a whole."""


def build_real(downloads: Path, charted: Path, full: Path) -> None:
    """Fetches the three packages into `downloads`.

    Writes NAME.flac and NAME.json of the seven charted songs into `charted`, Obsidian Shell's songs into `full`.
    Raises RuntimeError where a package cannot be had or holds something else.
    """
    for package in (SECTOID, MULDJORD, OBSIDIAN):
        unpack_package(package, downloads / package)
    charted.mkdir(parents=True, exist_ok=True)
    for song in CHARTED_SONGS:
        mix_song(song, downloads / song.package / SONGS_FOLDER / song.folder, charted)
    full.mkdir(parents=True, exist_ok=True)
    for source in sorted((downloads / OBSIDIAN / OBSIDIAN_FOLDER).rglob("*.ogg")):
        target = full / source.name
        if not target.exists():
            shutil.copyfile(source, target.with_suffix(".tmp"))
            target.with_suffix(".tmp").replace(target)


def mix_song(song: ChartedSong, source: Path, target: Path) -> None:
    """Mixes band and guitar to NAME.flac (16 bit) and writes the beats that sound to NAME.json."""
    digest = hashlib.sha256()
    for name in ("song.ogg", "guitar.ogg", "notes.mid"):
        digest.update((source / name).read_bytes())
    if digest.hexdigest() != song.sha256:
        raise RuntimeError(f"{source} is not the recording of {song.name} whose chart was checked.")
    band, rate = soundfile.read(source / "song.ogg", dtype="float32", always_2d=True)
    guitar, guitar_rate = soundfile.read(source / "guitar.ogg", dtype="float32", always_2d=True)
    if rate != guitar_rate:
        raise RuntimeError(f"{source} holds stems of different sample rates.")
    mix = np.zeros((max(len(band), len(guitar)), 2), np.float32)
    mix[: len(band)] += band
    mix[: len(guitar)] += guitar
    peak = float(np.abs(mix).max())
    if peak > PEAK:
        mix *= PEAK / peak
    temporary = target / f"{song.name}.tmp"
    soundfile.write(temporary, mix, rate, format="FLAC", subtype="PCM_16")
    temporary.replace(target / f"{song.name}.flac")

    duration = len(mix) / rate
    first, last = find_music(mix, rate)
    # The chart ticks on where nothing sounds, which no listener can hear.
    tolerance = 0.07
    chart = read_chart(source / "notes.mid", duration, song.early)
    beats = [beat for beat in chart if first - tolerance <= beat.time <= last]
    metres = [Metre(beats[0].time, BEATS_A_BAR, "quarter")]
    truth = Truth(song=song.name, variant="real", seed=0, duration=duration, beats=beats, metres=metres)
    write_truth(truth, target / f"{song.name}.json")
