"""The truth of a clip: the excerpt's beats by the clock that played them."""

from songleaf_models.data.harte import parse_pitch_class
from songleaf_models.data.renders.excerpt import Excerpt
from songleaf_models.data.renders.timing import Clock
from songleaf_models.song import BeatSpan, Note
from songleaf_models.truth import Beat, Key, Metre, Span, TimedNote


class Teller:
    """Turns beats to seconds of a clip that begins at `origin` (the clock's seconds) and lasts `duration`."""

    def __init__(self, clock: Clock, origin: float, duration: float) -> None:
        self.clock, self.origin, self.duration = clock, origin, duration

    def beats(self, excerpt: Excerpt) -> list[Beat]:
        """Every beat within the clip; of a closing bar, in which nothing moves, only the first."""
        found = []
        for bar in excerpt.song.bars:
            closing = excerpt.closing and bar is excerpt.song.bars[-1]
            for index in range(1 if closing else bar.beats):
                time = self.clock.at(bar.start + index, swung=False) - self.origin
                if 0 <= time < self.duration:
                    found.append(Beat(time, index + 1))
        return found

    def metres(self, excerpt: Excerpt) -> list[Metre]:
        """From the first bar, even where it began before the clip, and at each change."""
        found: list[Metre] = []
        for bar in excerpt.song.bars:
            time = max(0.0, self.clock.at(bar.start, swung=False) - self.origin)
            if time < self.duration and (not found or found[-1].beats != bar.beats):
                if found and found[-1].time == time:
                    found.pop()
                found.append(Metre(time, bar.beats, excerpt.song.unit))
        return found

    def spans(self, spans: list[BeatSpan]) -> list[Span]:
        """Cut to the clip; borders lie on beats or between them as the swing has them."""
        found = []
        for span in spans:
            start = max(0.0, self.clock.at(span.start) - self.origin)
            end = min(self.duration, self.clock.at(span.end) - self.origin)
            if end > start:
                found.append(Span(start, end, span.label))
        return found

    def keys(self, spans: list[BeatSpan]) -> list[Key]:
        """From labels like 'Db:major'."""
        keys = []
        for span in self.spans(spans):
            tonic, mode = span.label.split(":")
            keys.append(Key(span.start, span.end, parse_pitch_class(tonic), "minor" if mode == "minor" else "major"))
        return keys

    def notes(self, notes: list[Note]) -> list[TimedNote]:
        """Cut to the clip."""
        timed = [TimedNote(self.clock.at(n.start), self.clock.at(n.end), n.pitch, n.velocity) for n in notes]
        return self.cut([note._replace(start=note.start, end=note.end) for note in timed])

    def cut(self, notes: list[TimedNote]) -> list[TimedNote]:
        """Notes in the clock's seconds, cut to the clip and counted from its start."""
        found = []
        for note in notes:
            start = max(0.0, note.start - self.origin)
            end = min(self.duration, note.end - self.origin)
            if end - start > 0.01:
                found.append(note._replace(start=start, end=end))
        return sorted(found)
