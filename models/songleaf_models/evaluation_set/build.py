"""Renders a song of the evaluation set to a recording and the truth about it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import soundfile

from songleaf_models.data.pop909 import BeatGrid, load_grid, load_song
from songleaf_models.evaluation_set.mastering import fade_gain, fade_out, master, pass_codec
from songleaf_models.evaluation_set.mixing import Stem, mix
from songleaf_models.evaluation_set.performance import Performance, perform
from songleaf_models.evaluation_set.recipes import SEED, VERSION, Recipe
from songleaf_models.evaluation_set.sampler import SAMPLE_RATE, play
from songleaf_models.evaluation_set.timeline import cut_intro, lay_timeline
from songleaf_models.evaluation_set.voice import sing
from songleaf_models.song import BeatSpan, Note, Song
from songleaf_models.truth import Beat, Key, Metre, Span, TimedNote, Truth, read_truth, write_truth

VARIANT = f"evaluation.{VERSION}"

_TAIL_SECONDS = 2.5
_FADE_SECONDS = 14.0
_INAUDIBLE = 10 ** (-24 / 20)
# A rest longer than this ends a sung passage.
_SUNG_GAP = 2.0


def is_built(recipe: Recipe, folder: Path) -> bool:
    """Whether this version's recording and truth lie in the folder."""
    audio, truth = name_files(recipe, folder)
    if not audio.exists() or not truth.exists():
        return False
    try:
        return read_truth(truth).variant == VARIANT
    except ValueError:
        return False


def name_files(recipe: Recipe, folder: Path) -> tuple[Path, Path]:
    """Recording and truth."""
    return folder / f"{recipe.number:03d}.flac", folder / f"{recipe.number:03d}.json"


def build_song(recipe: Recipe, folder: Path, bars: int | None = None) -> Truth:
    """Writes NNN.flac (44.1 kHz, stereo, 16 bits) and NNN.json; `bars`: only so many from the first on.

    The same bytes every time with the same versions of the libraries. Raises as `load_song`, `play`, `pass_codec`.
    """
    song = load_song(recipe.number)
    if bars is not None:
        song = cut_song(song, bars)
    audio, truth = render(song, load_grid(recipe.number), recipe)
    folder.mkdir(parents=True, exist_ok=True)
    target, labels = name_files(recipe, folder)
    temporary = target.with_name(f"{target.name}.tmp")
    soundfile.write(temporary, audio.T, SAMPLE_RATE, subtype="PCM_16", format="FLAC")
    temporary.replace(target)
    write_truth(truth, labels)
    return truth


def cut_song(song: Song, bars: int) -> Song:
    """The song's first bars from beat 0 on."""
    end = bars * song.bars[0].beats

    def cut_spans(spans: list[BeatSpan]) -> list[BeatSpan]:
        return [span._replace(end=min(span.end, end)) for span in spans if span.start < end]

    def cut_notes(notes: list[Note]) -> list[Note]:
        return [note._replace(end=min(note.end, end)) for note in notes if note.start < end]

    return replace(
        song,
        bars=[bar for bar in song.bars if bar.start < end],
        chords=cut_spans(song.chords),
        sections=cut_spans(song.sections),
        keys=cut_spans(song.keys),
        melody=cut_notes(song.melody),
        bridge=cut_notes(song.bridge),
        piano=cut_notes(song.piano),
    )


def render(song: Song, grid: BeatGrid, recipe: Recipe) -> tuple[np.ndarray, Truth]:
    """Audio [2, N] and truth."""
    seed = 1000 * SEED + recipe.number
    rng = np.random.default_rng([seed, 0])
    timeline = lay_timeline(song, grid, rng.uniform(0.3, 1.6), recipe.rubato, recipe.slowing, seed)
    performance = perform(song, recipe, timeline, seed)
    last = max(stroke.end for player in performance.players for stroke in player.part.strokes)
    last = max([last, *(note.end for note in performance.melody)])
    samples = int((last + _TAIL_SECONDS) * SAMPLE_RATE)
    audio = master(_mix(performance, recipe, samples, 60 / song.bpm, seed))
    until = last
    if recipe.fade:
        end = float(timeline.to_seconds(np.array([song.chords[-1].end]))[0])
        start = max(end / 2, end - _FADE_SECONDS)
        audio = fade_out(audio, start, end)[:, : int((end + 0.3) * SAMPLE_RATE)]
        times = np.linspace(start, end, 1000)
        until = float(times[np.argmax(fade_gain(times, start, end) < _INAUDIBLE)])
    if recipe.kilobits:
        audio = pass_codec(audio, recipe.kilobits)
    return audio, _tell(song, recipe, timeline, performance, audio.shape[1] / SAMPLE_RATE, until, seed)


def _mix(performance: Performance, recipe: Recipe, samples: int, beat: float, seed: int) -> np.ndarray:
    played = play([player.part for player in performance.players], samples)
    stems = [
        Stem(audio, player.level, player.pan, player.room, player.low_cut)
        for player, audio in zip(performance.players, played, strict=True)
    ]
    if performance.voice and performance.melody:
        voice = sing(performance.melody, samples, recipe.lead.high, recipe.cents, seed)
        stems.append(Stem(np.stack([voice, voice]), 1.0, 0.0, 0.16, 90, presence=4, echo=0.12))
    return mix(stems, recipe.room, 0.75 * beat, seed)


def _tell(
    song: Song,
    recipe: Recipe,
    timeline: BeatGrid,
    performance: Performance,
    duration: float,
    until: float,
    seed: int,
) -> Truth:
    """The truth; nothing that begins after `until` seconds, where a fade has become inaudible."""

    def seconds(beat: float) -> float:
        return float(timeline.to_seconds(np.array([beat]))[0])

    def spans(of: list[BeatSpan]) -> list[Span]:
        timed = [Span(seconds(span.start), min(seconds(span.end), until), span.label) for span in of]
        return [span for span in timed if span.start < until]

    def notes(of: list[Note]) -> list[TimedNote]:
        first = cut_intro(song)
        timed = [
            TimedNote(seconds(note.start), seconds(note.end), note.pitch, note.velocity)
            for note in of
            if note.start >= first - 0.5
        ]
        return [note for note in timed if 0 <= note.start < until]

    onsets = [stroke.start for player in performance.players for stroke in player.part.strokes]
    onsets += [note.start for note in performance.melody]
    bar = song.bars[0].beats
    beats = []
    for beat in range(int(cut_intro(song)), int(song.bars[-1].start) + bar + 1):
        time = seconds(beat)
        # Before the first note and behind the last one nobody can hear a beat.
        if min(onsets) - 0.05 <= time <= min(until, max(onsets) + 0.05):
            beats.append(Beat(time, beat % bar + 1))
    keys = song.keys
    if not keys and song.tonic is not None:
        keys = [BeatSpan(0, song.chords[-1].end, "")]
    melody = [TimedNote(*note) for note in performance.melody if note.start < until]
    return Truth(
        song=song.name,
        variant=VARIANT,
        seed=seed,
        duration=duration,
        beats=beats,
        metres=[Metre(beats[0].time, bar, song.unit)],
        chords=spans(song.chords),
        keys=[_to_key(span, song) for span in spans(keys)],
        sections=spans(song.sections),
        melody=melody,
        sung=_find_passages(melody) if performance.voice else [],
        piano=notes(song.piano),
        bridge=notes(song.bridge),
        tuning_cents=recipe.cents,
    )


def _to_key(span: Span, song: Song) -> Key:
    if not span.label:
        assert song.tonic is not None
        return Key(span.start, span.end, song.tonic, song.mode)
    names = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")
    tonic, mode = span.label.split(":")
    return Key(span.start, span.end, names.index(tonic), "minor" if mode == "minor" else "major")


def _find_passages(melody: list[TimedNote]) -> list[Span]:
    passages: list[Span] = []
    for note in melody:
        if passages and note.start - passages[-1].end < _SUNG_GAP:
            passages[-1] = Span(passages[-1].start, note.end, "sung")
        else:
            passages.append(Span(note.start, note.end, "sung"))
    return passages
