"""Written drum grooves: one bar a pattern, a character a step; x loud, o medium, - soft, . nothing.

Lanes by General MIDI pitch. A bar of fewer beats takes the pattern's beginning.
"""

from typing import NamedTuple

KICK, RIM, SNARE, CLAP = 36, 37, 38, 39
LOW_TOM, MID_TOM, HIGH_TOM = 43, 47, 50
CLOSED, PEDAL, OPEN, CRASH, RIDE, CHINA, BELL = 42, 44, 46, 49, 51, 52, 53
TAMBOURINE, COWBELL, CABASA, MARACAS, CONGA_HIGH, CONGA_LOW, SHAKER = 54, 56, 69, 70, 63, 64, 82


class Groove(NamedTuple):
    """Steps a beat; whether the steps already hold the swing."""

    steps: int
    lanes: dict[int, str]
    swung: bool = False


_H8, _H16, _H4, _OFF8 = "x.o.x.o.x.o.x.o.", "x-o-x-o-x-o-x-o-", "x...x...x...x...", "..x...x...x...x."
_BACK = "....x.......x..."

PATTERNS: dict[str, Groove] = {
    "rock-1": Groove(4, {KICK: "x.......x.......", SNARE: _BACK, CLOSED: _H8}),
    "rock-2": Groove(4, {KICK: "x.....x.x.......", SNARE: _BACK, CLOSED: _H8}),
    "rock-3": Groove(4, {KICK: "x.x.....x.x.....", SNARE: _BACK, RIDE: _H8}),
    "rock-4": Groove(4, {KICK: "x..x..x...x..x..", SNARE: _BACK, CLOSED: _H16}),
    "rock-quarters": Groove(4, {KICK: "x.....o.x.x.....", SNARE: _BACK, OPEN: _H4}),
    "rock-crash": Groove(4, {KICK: "x.x...x.x.x...x.", SNARE: _BACK, CRASH: _H4}),
    "halftime": Groove(4, {KICK: "x.....x.........", SNARE: "........x.......", CLOSED: _H8}),
    "halftime-heavy": Groove(4, {KICK: "x..x..x...x.x.x.", SNARE: "........x.......", CHINA: _H4}),
    # Snare on every off-beat eighth: thrash, skate punk, polka.
    "offbeat-1": Groove(4, {KICK: "x...x...x...x...", SNARE: _OFF8, CLOSED: _H8}),
    "offbeat-2": Groove(4, {KICK: "x...x..xx...x...", SNARE: _OFF8, RIDE: _H4}),
    "offbeat-3": Groove(4, {KICK: "x..xx..xx..xx..x", SNARE: _OFF8, OPEN: _H4}),
    "offbeat-4": Groove(4, {KICK: "x...x...x...x...", SNARE: _OFF8, CRASH: _OFF8}),
    "offbeat-double": Groove(4, {KICK: "x.x.x.x.x.x.x.x.", SNARE: _OFF8, RIDE: _H4}),
    "d-beat": Groove(4, {KICK: "x.....x.x.....x.", SNARE: "....x..x....x...", CRASH: _H4}),
    "punk-1": Groove(4, {KICK: "x.....x.x.x.....", SNARE: _BACK, OPEN: "x.x.x.x.x.x.x.x."}),
    "punk-2": Groove(4, {KICK: "x.x...x.x.x...x.", SNARE: "....x.......x...", RIDE: "x.x.x.x.x.x.x.x."}),
    "blast-1": Groove(4, {KICK: "x.x.x.x.x.x.x.x.", SNARE: ".x.x.x.x.x.x.x.x", RIDE: "x.x.x.x.x.x.x.x."}),
    "blast-2": Groove(4, {KICK: "xxxxxxxxxxxxxxxx", SNARE: "x.x.x.x.x.x.x.x.", CHINA: _H4}),
    "double-kick": Groove(4, {KICK: "xxxxxxxxxxxxxxxx", SNARE: _BACK, RIDE: _H8}),
    "double-kick-half": Groove(4, {KICK: "xxxxxxxxxxxxxxxx", SNARE: "........x.......", CHINA: _H4}),
    "gallop": Groove(4, {KICK: "x.xxx.xxx.xxx.xx", SNARE: _BACK, CLOSED: _H8}),
    "toms": Groove(4, {KICK: "x...x...x...x...", LOW_TOM: "x.oxx.o.x.oxx.ox", SNARE: "............o.o."}),
    "march": Groove(4, {KICK: "x.......x.......", SNARE: "o.-xo-x-o.-xo-xx"}),
    "motown": Groove(4, {KICK: "x.....x.x.....x.", SNARE: _H4, TAMBOURINE: _H8}),
    "pop-1": Groove(4, {KICK: "x......xx.......", SNARE: _BACK, CLOSED: _H8, SHAKER: _H16}),
    "pop-2": Groove(4, {KICK: "x..x....x..x....", RIM: _BACK, CLOSED: _H8}),
    "pop-3": Groove(4, {KICK: "x.........x..x..", SNARE: _BACK, CLOSED: _H16, TAMBOURINE: _BACK}),
    "ballad-1": Groove(4, {KICK: "x.......x.x.....", RIM: _BACK, CLOSED: "o.-.o.-.o.-.o.-."}),
    "ballad-2": Groove(4, {KICK: "x.........x.....", SNARE: "....x.......x...", CLOSED: "o-o-o-o-o-o-o-o-"}),
    "house-1": Groove(4, {KICK: _H4, CLAP: _BACK, OPEN: _OFF8}),
    "house-2": Groove(4, {KICK: _H4, CLAP: "....x.......x..o", OPEN: _OFF8, CLOSED: _H16}),
    "techno": Groove(4, {KICK: _H4, OPEN: _OFF8, RIM: "...x..x....x..x."}),
    "disco": Groove(4, {KICK: _H4, SNARE: _BACK, CLOSED: "x-.-x-.-x-.-x-.-", OPEN: _OFF8}),
    "trap": Groove(4, {KICK: "x.....x...x.....", CLAP: "........x.......", CLOSED: "x.x.x.xxx.x.xxx."}),
    "boombap": Groove(4, {KICK: "x..x....x.x..x..", SNARE: _BACK, CLOSED: _H8}),
    "breakbeat": Groove(4, {KICK: "x.x.......xx....", SNARE: "....x..-.-..x..-", CLOSED: _H8}),
    "drum-and-bass": Groove(4, {KICK: "x.........x.....", SNARE: "....x.......x...", CLOSED: _H16}),
    "funk-1": Groove(4, {KICK: "x.x....x..x..x..", SNARE: "....x..-.-..x..-", CLOSED: _H16}),
    "funk-2": Groove(4, {KICK: "x..x..x....x..x.", SNARE: ".-..x-.-.-..x.-.", CLOSED: _H8}),
    "reggae": Groove(4, {KICK: "........x.......", RIM: "........x.......", CLOSED: "x.o-x.o.x.o-x.o."}),
    "steppers": Groove(4, {KICK: _H4, RIM: "........x.......", CLOSED: _OFF8}),
    "ska": Groove(4, {KICK: "x.......x.......", SNARE: _BACK, CLOSED: _OFF8}),
    "reggaeton": Groove(4, {KICK: _H4, SNARE: "...x..x....x..x.", CLOSED: _H8}),
    "bossa": Groove(4, {KICK: "x..ox..ox..ox..o", RIM: "x..x..x...x..x..", CLOSED: "o.o.o.o.o.o.o.o."}),
    "samba": Groove(4, {KICK: "o..xo..xo..xo..x", RIM: "x.x.xx.x.x.xx.x.", CLOSED: _H16, SHAKER: _H16}),
    "salsa": Groove(
        4,
        {
            COWBELL: "x.x.xox.x.x.xox.",
            CONGA_HIGH: "..o...x...o...x.",
            CONGA_LOW: "......xx......xx",
            KICK: "......x.......x.",
        },
    ),
    "train": Groove(4, {KICK: "x...x...x...x...", SNARE: "--x---x---x---xx"}),
    "shaker": Groove(4, {SHAKER: _H16, KICK: "x.......x......."}),
    "shuffle-1": Groove(3, {KICK: "x.....x....x", SNARE: "...x.....x..", CLOSED: "x.ox.ox.ox.o"}, True),
    "shuffle-2": Groove(3, {KICK: "x..x..x..x..", SNARE: "..-x.-..-x.-", RIDE: "x.ox.ox.ox.o"}, True),
    "swing-1": Groove(3, {KICK: "-..-..-..-..", RIDE: "x..x.ox..x.o", PEDAL: "...x.....x.."}, True),
    "swing-2": Groove(
        3, {KICK: "o.....o.....", RIDE: "x..x.ox..x.o", PEDAL: "...x.....x..", SNARE: "..-..o..-..."}, True
    ),
    "half-shuffle": Groove(3, {KICK: "x....x.....x", SNARE: "..-..-x.-..-", CLOSED: "x.ox.ox.ox.o"}, True),
    "waltz-1": Groove(4, {KICK: "x...........", SNARE: "....o...o...", CLOSED: "x.o.x.o.x.o."}),
    "waltz-2": Groove(4, {KICK: "x...........", RIM: "....x...x...", RIDE: "x...x.o.x..."}),
    "waltz-rock": Groove(4, {KICK: "x.....x.....", SNARE: "........x...", CLOSED: "x.o.x.o.x.o."}),
    "waltz-back": Groove(4, {KICK: "x.........x.", SNARE: "....x.......", CLOSED: "x-o-x-o-x-o-"}),
    "waltz-jazz": Groove(3, {KICK: "o........", RIDE: "x..x.ox..", PEDAL: "...x..x.."}, True),
    "six-1": Groove(3, {KICK: "x....o", SNARE: "...x..", CLOSED: "xooxoo"}),
    "six-2": Groove(3, {KICK: "x.x...", SNARE: "...x.-", RIDE: "x.oxoo"}),
    "six-3": Groove(6, {KICK: "x.....o...x.", RIM: "......x.....", CLOSED: "x.o-o.x.o-o."}),
    "six-heavy": Groove(3, {KICK: "x.x.xx", SNARE: "...x..", CRASH: "x..x.."}),
    "six-soft": Groove(3, {KICK: "x.....", SHAKER: "xooxoo", RIM: "...x.."}),
}

LEVELS = {"x": 104, "o": 82, "-": 46}
