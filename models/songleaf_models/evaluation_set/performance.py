"""A song and its recipe become what every player plays, in seconds: strokes to render and the truth about them."""

from dataclasses import dataclass

import numpy as np

from songleaf_models.data.pop909 import BeatGrid
from songleaf_models.evaluation_set.drums import choose_takes, play_drums
from songleaf_models.evaluation_set.form import plan_form
from songleaf_models.evaluation_set.harmony import write_arpeggios, write_bass, write_blocks, write_strums
from songleaf_models.evaluation_set.recipes import Recipe
from songleaf_models.evaluation_set.sampler import Part, Stroke
from songleaf_models.evaluation_set.timeline import cut_intro
from songleaf_models.evaluation_set.voice import SungNote
from songleaf_models.song import Note, Song

_WRITERS = {"strum": write_strums, "block": write_blocks, "arpeggio": write_arpeggios}

# How far players stray from the beat, in seconds (standard deviation).
_LOOSE = {"bass": 0.005, "piano": 0.003, "layer": 0.006, "bridge": 0.007, "lead": 0.008}

_LEAST_NOTE = 0.06


@dataclass
class Player:
    """A part with its place in the mix."""

    role: str
    part: Part
    level: float
    pan: float
    room: float
    low_cut: float = 30.0


@dataclass
class Performance:
    """All players; the melody as it sounds; `voice` whether a voice sings it."""

    players: list[Player]
    melody: list[SungNote]
    voice: bool


def perform(song: Song, recipe: Recipe, timeline: BeatGrid, seed: int) -> Performance:
    """Writes every part. Strokes lie where the timeline puts their beats, give or take a few milliseconds."""
    form = plan_form(song)
    first = cut_intro(song)
    players: list[Player] = []

    def hire(role: str, notes: list[Note], part: Part, level: float, pan: float, room: float, low_cut: float) -> None:
        rng = np.random.default_rng([seed, 10, len(players)])
        kept = [note for note in notes if note.start >= first - 0.5]
        part.cents = recipe.cents
        part.strokes = _to_strokes(kept, timeline, _LOOSE[role], rng)
        if part.strokes:
            players.append(Player(role, part, level, pan, room, low_cut))

    rng = np.random.default_rng([seed, 4])
    if recipe.drums:
        players.append(_hire_drummer(song, recipe, timeline, rng))
    bass = write_bass(song, form, recipe.bass_patterns, recipe.bass_enter, rng)
    hire("bass", bass, Part(recipe.bass), -2.5, 0.0, 0.01, 30)
    if recipe.piano:
        hire("piano", song.piano, Part(recipe.piano), -3.5 if recipe.piano.program < 8 else -2.5, -0.1, 0.12, 60)
    for layer in recipe.layers:
        notes = _WRITERS[layer.kind](song, form, layer.pattern, layer.enter, rng)
        hire("layer", notes, Part(layer.preset), layer.level, layer.pan, 0.14, 110)
    if recipe.bridge:
        hire("bridge", song.bridge, Part(recipe.bridge), -8, 0.25, 0.2, 110)
    melody = sing_along(song, recipe, timeline, np.random.default_rng([seed, 5]))
    if recipe.lead.preset:
        scoops = np.random.default_rng([seed, 6])
        strokes = [
            Stroke(*note, scoop=recipe.lead.scoop * (scoops.random() < 0.3) * scoops.uniform(0.5, 1)) for note in melody
        ]
        players.append(
            Player("lead", Part(recipe.lead.preset, strokes, recipe.cents, recipe.lead.vibrato), 0, 0.05, 0.18)
        )
    return Performance(players, melody, recipe.lead.preset is None)


def sing_along(song: Song, recipe: Recipe, timeline: BeatGrid, rng: np.random.Generator) -> list[SungNote]:
    """The melody in seconds, one note at a time (of two together the higher one), in the recipe's octave."""
    first = cut_intro(song)
    strokes = _to_strokes([note for note in song.melody if note.start >= first - 0.5], timeline, _LOOSE["lead"], rng)
    line: list[Stroke] = []
    for stroke in strokes:
        if line and stroke.start - line[-1].start < _LEAST_NOTE:
            if stroke.pitch > line[-1].pitch:
                line[-1] = stroke
            continue
        line.append(stroke)
    melody = []
    for index, stroke in enumerate(line):
        end = stroke.end
        if index + 1 < len(line):
            following = line[index + 1].start
            # Gaps that a singer would not make are closed.
            end = following if following - end < 0.08 else min(end, following)
        pitch = stroke.pitch + 12 * recipe.lead.octave
        melody.append(SungNote(stroke.start, max(end, stroke.start + _LEAST_NOTE - 0.01), pitch, stroke.velocity))
    return melody


def _hire_drummer(song: Song, recipe: Recipe, timeline: BeatGrid, rng: np.random.Generator) -> Player:
    assert recipe.drums is not None
    form = plan_form(song)
    takes = choose_takes(recipe.drums.style, song.bpm, form.beats, rng)
    hits = play_drums(form, takes, recipe.drums.kit.font != "general", recipe.drums.enter, rng)
    times = timeline.to_seconds(np.array([hit.beat for hit in hits]))
    strokes = [
        Stroke(float(time), float(time) + 0.15, hit.pitch, hit.velocity) for hit, time in zip(hits, times, strict=True)
    ]
    return Player("drums", Part(recipe.drums.kit, [stroke for stroke in strokes if stroke.start >= 0]), 0.5, 0.0, 0.06)


def _to_strokes(notes: list[Note], timeline: BeatGrid, loose: float, rng: np.random.Generator) -> list[Stroke]:
    """In seconds; notes that begin together stay together; a note struck again ends before."""
    starts = timeline.to_seconds(np.array([note.start for note in notes]))
    ends = timeline.to_seconds(np.array([note.end for note in notes]))
    strokes: list[Stroke] = []
    shift, anchor = 0.0, -np.inf
    for note, start, end in sorted(zip(notes, starts.tolist(), ends.tolist(), strict=True), key=lambda item: item[1]):
        if start - anchor > 0.05:
            shift, anchor = float(np.clip(rng.normal(0, loose), -0.02, 0.02)), start
        begin = max(0.0, start + shift)
        strokes.append(Stroke(begin, max(end, begin + 0.03), note.pitch, note.velocity))
    strokes.sort()
    nexts: dict[int, float] = {}
    for index in range(len(strokes) - 1, -1, -1):
        stroke = strokes[index]
        limit = nexts.get(stroke.pitch, np.inf) - 0.005
        strokes[index] = stroke._replace(end=max(min(stroke.end, limit), stroke.start + 0.002))
        nexts[stroke.pitch] = stroke.start
    return strokes
