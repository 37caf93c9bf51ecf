"""Lieder to learn from: a pianist's two hands below a voice, alone or amid a band, heard by the transcriber alone.

python -m songleaf_models.arranger lieder --songs 400 --jobs 2   # what is there is kept
"""

import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from songleaf_models.a2s.hear import hear_render, open_transcriber
from songleaf_models.data.lieder import list_lieder, load_lied
from songleaf_models.data.renders.clip import render_song
from songleaf_models.data.renders.plan import Plan, draw_plan
from songleaf_models.evidence import write_evidence
from songleaf_models.places import CACHE_DIR
from songleaf_models.pool import work_through
from songleaf_models.song import Song
from songleaf_models.truth import Truth, write_truth

HEARD_DIR = CACHE_DIR / "arranger" / "lieder"
SEED = 0
SECONDS = 64.0
ALONE = 0.6
"""Share of the clips in which nobody but voice and piano plays."""
BANDS = ("pop", "soft pop", "ballad", "latin")
"""Styles of the others, in four quarters; other metres have theirs."""
UNHEARD = 0.15
"""Share of the bands in which the pianist's part does not sound: it has to be thought of."""


def plan_lied(song: Song, rng: np.random.Generator) -> Plan:
    """Voice and piano with their rubato, or a band that plays along."""
    triple = all(bar.beats == 3 for bar in song.bars) and song.unit == "quarter"
    alone = rng.random() < ALONE
    style = "ballad" if alone else "compound" if song.unit == "dotted-quarter" else str(rng.choice(BANDS))
    plan = draw_plan(song.bpm, triple, rng, style)
    tempo = song.bpm * float(np.exp(rng.normal(0, 0.1)))
    plan = replace(plan, bpm=tempo, metre="own", seconds=SECONDS, bridge=False, extra_bars=0, swing=0.5, pair=1.0)
    if not alone:
        return replace(plan, piano="absent" if rng.random() < UNHEARD else "literal", take_family=None)
    return replace(
        plan, style="ballad", tempo="rubato" if rng.random() < 0.6 else "drift", groove=None, take_family=None,
        bass=None, comps=(), riff=None, pad=False, piano="literal", pushed=False, intro="none", modulate=0,
        doubled_lead=False,
    )  # fmt: skip


def forget_velocities(truth: Truth) -> Truth:
    """The truth without the piano's velocities, 0 for not known: print does not tell how a pianist strikes."""
    return replace(truth, piano=[note._replace(velocity=0) for note in truth.piano])


def hear_lied(name: str, folder: Path = HEARD_DIR) -> str:
    """Renders and hears one song and keeps NAME.json and NAME.evidence, unless they are there; what to say of it."""
    target = folder / f"{name}.evidence"
    if target.exists():
        return f"{name}: there"
    began = time.process_time()
    try:
        song = load_lied(name)
    except ValueError as error:
        return f"{name}: left out, {error}"
    rng = np.random.default_rng([zlib.crc32(name.encode()), SEED])
    record, truth, _ = render_song(song, plan_lied(song, rng), rng)
    evidence = hear_render(open_transcriber(), record)
    write_truth(forget_velocities(truth), target.with_suffix(".json"))
    # Last, because it says that the song is done.
    write_evidence(evidence, target)
    return f"{name}: {truth.duration:.0f} s in {time.process_time() - began:.1f} s"


def hear_lieder(count: int, jobs: int, folder: Path = HEARD_DIR) -> Iterator[str]:
    """Hears the first `count` of the shuffled corpus; a line a song, one that fails is named and left out."""
    folder.mkdir(parents=True, exist_ok=True)
    names = np.random.default_rng(SEED).permutation(list_lieder())[:count].tolist()
    yield from work_through(partial(hear_lied, folder=folder), names, jobs)
