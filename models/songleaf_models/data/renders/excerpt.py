"""Which stretch of a song a clip holds, in the plan's metre and key."""

from dataclasses import dataclass, replace

import numpy as np

from songleaf_models.data.renders import remetre
from songleaf_models.data.renders.plan import Plan
from songleaf_models.song import Bar, BeatSpan, Song


@dataclass(frozen=True)
class Excerpt:
    """A song from beat 0 on, as it will be played."""

    song: Song
    # Where the introduction that was put before it ends; 0 without.
    intro_end: float
    # The last bar holds one chord only: the ending's.
    closing: bool

    @property
    def end(self) -> float:
        """The last bar line, in beats."""
        return self.song.bars[-1].start + self.song.bars[-1].beats


def change_metre(song: Song, plan: Plan) -> tuple[Song, Plan]:
    """The whole song in the plan's metre; a song of other bars than 4/4 keeps its own, and the plan then says so."""
    if plan.metre == "own" or not remetre.is_even(song):
        return song, replace(plan, metre="own")
    changed = {"waltz": remetre.to_waltz, "compound": remetre.to_compound, "double": remetre.to_double}[plan.metre]
    return changed(song), plan


def cut_excerpt(song: Song, plan: Plan, rng: np.random.Generator) -> Excerpt:
    """A stretch of about `plan.seconds` in which chords are known, with intro, modulation and inserted bars."""
    first, last = _known_bars(song)
    beats = song.bars[first].beats
    intro = 0 if plan.intro == "none" else plan.intro_bars
    count = max(8, round(plan.seconds * plan.bpm / 60 / beats) - intro)
    latest = max(first, last - count)
    if plan.start == "beginning":
        start = first
    elif plan.ending == "cut":
        start = int(rng.integers(first, latest + 1))
    else:
        start = latest
    end = min(last, start + count)
    piece = remetre.cut_bars(song, start, end)
    piece = remetre.transpose(piece, plan.transpose)
    if plan.modulate and len(piece.bars) > 8:
        third = piece.bars[2 * len(piece.bars) // 3].start
        borders = [span.start for span in piece.sections if span.start > 8] or [third]
        piece = remetre.transpose(piece, plan.modulate, min(borders, key=lambda beat: abs(beat - third)))
    if plan.metre in ("own", "double") and beats == 4:
        for _ in range(plan.extra_bars):
            where = int(rng.integers(3, max(4, len(piece.bars) - 2)))
            piece = remetre.insert_bar(piece, min(where, len(piece.bars) - 1), int(rng.choice([2, 2, 1])) * 1)
    if intro:
        piece = remetre.prepend_bars(piece, intro, plan.intro in ("pad", "riff"))
    closing = plan.ending == "ritardando" and bool(piece.chords)
    if closing:
        piece = _close(piece)
    return Excerpt(piece, float(intro * beats), closing)


def _known_bars(song: Song) -> tuple[int, int]:
    """First bar with a known chord, and the one behind the last."""
    begin, end = song.chords[0].start, song.chords[-1].end
    inside = [
        index
        for index, bar in enumerate(song.bars)
        if bar.start >= begin - 0.01 and bar.start + bar.beats <= end + 0.01
    ]
    return inside[0], inside[-1] + 1


def _close(song: Song) -> Song:
    """One bar more on the tonic's chord, or on the last one where the key is not known."""
    bar = Bar(song.bars[-1].start + song.bars[-1].beats, song.bars[-1].beats)
    label = song.chords[-1].label
    if song.keys:
        tonic, mode = song.keys[-1].label.split(":")
        label = f"{tonic}:{mode[:3]}"
    end = bar.start + bar.beats

    def stretch(spans: list[BeatSpan]) -> list[BeatSpan]:
        return [*spans[:-1], spans[-1]._replace(end=end)] if spans else spans

    return replace(
        song,
        bars=[*song.bars, bar],
        chords=[*song.chords, BeatSpan(bar.start, end, label)],
        sections=stretch(song.sections),
        keys=stretch(song.keys),
    )
