"""More songs to learn from: what the pianist plays sounds as it is in most of them, amid a band; the engine hears them.

python -m songleaf_models.arranger render --songs 100   # what is there is kept
"""

import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import soundfile

from songleaf_models.data.pop909 import list_songs
from songleaf_models.data.renders.clip import render_clip
from songleaf_models.data.renders.plan import PianoUse
from songleaf_models.data.renders.synth import SAMPLE_RATE
from songleaf_models.engine import analyse
from songleaf_models.places import CACHE_DIR
from songleaf_models.truth import write_truth

RENDERS_DIR = CACHE_DIR / "arranger" / "renders"
VARIANT = 600
"""Variants below are other renders of the same songs."""
BATCH = 6
"""Clips that one process of the engine hears."""
STYLES = ("pop", "pop", "soft pop", "soft pop", "ballad", "ballad", "rock", "funk", "dance", "latin", "hip hop")
"""Those that keep a song's metre and its straight 16ths."""
LITERAL, REVOICED = 0.65, 0.2
"""Share of the clips in which the pianist's notes sound on a piano, and on another instrument; else they do not."""
BRIDGE = 0.8


def draw_piano(rng: np.random.Generator) -> PianoUse:
    """How the pianist's part sounds, if at all."""
    place = rng.random()
    if place < LITERAL:
        return "literal"
    return "revoiced" if place < LITERAL + REVOICED else "absent"


def render_song(number: int, variant: int, folder: Path) -> Path:
    """Writes NNN.V.json into the folder and returns the recording NNN.V.flac beside it. Raises as `render_clip`."""
    rng = np.random.default_rng([number, variant])
    style, piano = str(rng.choice(STYLES)), draw_piano(rng)
    bridge = piano != "absent" and bool(rng.random() < BRIDGE)
    record, truth, _ = render_clip(number, variant, 0, style, piano=piano, bridge=bridge)
    audio = folder / f"{number:03d}.{variant}.flac"
    write_truth(truth, audio.with_suffix(".json"))
    soundfile.write(audio, record.T, SAMPLE_RATE, subtype="PCM_16")
    return audio


def hear_songs(recordings: Sequence[Path], folder: Path, analyses: Path) -> Iterator[str]:
    """Lets the engine hear recordings: NAME.evidence and the truth to `folder`, its analysis to `analyses`."""
    if not recordings:
        return
    with tempfile.TemporaryDirectory(dir=folder) as work:
        for line in analyse(list(recordings), Path(work), "--separate", "never"):
            if not line["ok"]:
                yield f"{line['song']}: {line['error']['message']}"
                continue
            name = Path(line["song"]).stem
            files = {Path(file).suffix: Path(file) for file in line["files"]}
            (Path(work) / f"{name}.analysis.json").replace(analyses / f"{name}.analysis.json")
            Path(line["song"]).with_suffix(".json").replace(folder / f"{name}.json")
            # Last, because it says that the song is done.
            files[".evidence"].replace(folder / f"{name}.evidence")


def render_songs(count: int, folder: Path = RENDERS_DIR, analyses: Path | None = None) -> Iterator[str]:
    """Renders the first `count` of a shuffled list of training songs and has them heard; a line a batch."""
    analyses = analyses or folder.parent / "analyses"
    for place in (folder, analyses):
        place.mkdir(parents=True, exist_ok=True)
    numbers = np.random.default_rng(VARIANT).permutation(list_songs("train") + list_songs("tune"))[:count].tolist()
    missing = [number for number in numbers if not (folder / f"{number:03d}.{VARIANT}.evidence").exists()]
    for first in range(0, len(missing), BATCH):
        began = time.process_time()
        with tempfile.TemporaryDirectory(dir=folder) as sound:
            recordings = []
            for number in missing[first : first + BATCH]:
                try:
                    recordings.append(render_song(number, VARIANT, Path(sound)))
                except ValueError as error:
                    yield f"{number:03d}: {error}"
            rendered = time.process_time() - began
            yield from hear_songs(recordings, folder, analyses)
        yield f"{first + len(recordings)} of {len(missing)}, {rendered:.0f} s to render"
