"""The sound fonts that training renders use. MuseScore General and AVL Drums belong to the evaluation set."""

from pathlib import Path
from typing import NamedTuple

_FILES = {
    # MIT (Frank Wen); Debian fluid-soundfont-gm.
    "fluid": Path("/usr/share/sounds/sf2/FluidR3_GM.sf2"),
    # MIT (Frank Wen, Michael Cowgill); Debian fluidr3mono-gm-soundfont.
    "mono": Path("/usr/share/sounds/sf3/FluidR3Mono_GM.sf3"),
    # Public domain; Debian csound-soundfont.
    "csound": Path("/usr/share/sounds/sf2/sf_GMbank.sf2"),
}
FONTS = tuple(_FILES)
DRUM_BANK = 128


class Voice(NamedTuple):
    """A preset of a sound font; program by General MIDI, counted from 0."""

    font: str
    bank: int
    program: int


KITS = {
    # Standard, room, power, electronic, TR-808, jazz, brush.
    "fluid": (0, 8, 16, 24, 25, 32, 40),
    "mono": (0, 8, 16, 24, 25, 32, 40),
    "csound": (0,),
}


def font_path(font: str) -> Path:
    """Raises FileNotFoundError saying which Debian package holds the font."""
    path = _FILES[font]
    if not path.exists():
        raise FileNotFoundError(
            f"{path} is missing: install fluid-soundfont-gm, fluidr3mono-gm-soundfont and csound-soundfont"
        )
    return path
