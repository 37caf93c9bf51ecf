"""Which recordings there are, where they come from and what their charts say wrongly."""

from typing import NamedTuple

SECTOID = "fretsonfire-songs-sectoid"
"""Debian package, rock by Sectoid; MIT-style licence."""
MULDJORD = "fretsonfire-songs-muldjord"
"""Debian package, death metal by Muldjord (El Senator); CC BY-SA 3.0."""
OBSIDIAN = "marsshooter-data"
"""Debian package, twelve full-length songs by Obsidian Shell; CC BY-SA 3.0."""

SONGS_FOLDER = "usr/share/games/fretsonfire/data/songs"
OBSIDIAN_FOLDER = "usr/share/games/marsshooter/audio"
"""Holds the songs, two of them as menu.ogg and tutorial.ogg, ten in `music`."""


class ChartedSong(NamedTuple):
    """A song of Frets on Fire: `song.ogg` (band), `guitar.ogg` (lead) and `notes.mid` (chart) in one folder."""

    name: str
    package: str
    # Below SONGS_FOLDER.
    folder: str
    # Seconds by which the chart lies before the recording.
    early: float
    # Of song.ogg, guitar.ogg and notes.mid, one after the other.
    sha256: str


# `early`: where the spectral flux of song.ogg (5.8 ms hop, 11.6 ms window) is largest on all beats of the chart;
# stretches of 32 beats agree with it within 10 ms, but for Armygeddon's wall of sound, where they scatter around 0.
# Metal madness is left out: its drums fit the chart's beats and the off-beats equally well.
CHARTED_SONGS: tuple[ChartedSong, ...] = (
    ChartedSong(
        "escape_from_chaosland",
        SECTOID,
        "sectoid/Escape from chaosland",
        0.022,
        "28646e20166ad2639f0c7c90014d1b71c4011ac8038f4ddc66b34a5222699303",
    ),
    ChartedSong(
        "feelings",
        SECTOID,
        "sectoid/Feelings",
        0.028,
        "57e8a7c5dd88382d646b000e4f376a377b29a5edc623e86c1a19158c8e01d9d3",
    ),
    ChartedSong(
        "war_of_freedom",
        SECTOID,
        "sectoid/War of freedom",
        0.039,
        "1a4284cfff5541996fba3d5242a7327647d0302e4a941f1cdc8306f390c879f4",
    ),
    ChartedSong(
        "armygeddon",
        MULDJORD,
        "muldjord/armygeddon",
        0.0,
        "50a1b3cc27c6955c6274545333e68d24505a58b44b17d46efd4f1e9131c9e1c1",
    ),
    ChartedSong(
        "chaos_god",
        MULDJORD,
        "muldjord/chaos_god",
        0.0,
        "8857b131ba70bc81aa0a6251f2bb0b8d3e9d446db09c9003db3bb6388892df35",
    ),
    ChartedSong(
        "internal_degeneration",
        MULDJORD,
        "muldjord/internal_degeneration",
        0.0,
        "c372e9c98ca6ce690debdaae025a2fcedbcfbe3298683bc2a720b97184c51d04",
    ),
    ChartedSong(
        "mutilated_mime",
        MULDJORD,
        "muldjord/mutilated_mime",
        0.0,
        "8df0b25427e6c80b44ca0252663961749200a1b3dac17733c8dbc1e02744fd3f",
    ),
)

BEATS_A_BAR = 4
"""The charts' own count: bar 1 starts at tick 0. Their authors' metre events say 4/4 wherever there are any."""
