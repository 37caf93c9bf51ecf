"""The sung lead of the training renders: a melody in, a singer's voice out."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import soxr
from scipy.ndimage import gaussian_filter1d

from songleaf_models.data.voice_pitch import PitchManner, draw_manner, draw_pitch
from songleaf_models.data.voice_samples import FRAME_SECONDS, VOICE_RATE, Syllables, load_syllables
from songleaf_models.data.voice_sound import Timbre, draw_timbre, make_sound
from songleaf_models.data.voice_timing import Syllable, put_in_order, set_words, time_syllables
from songleaf_models.data.voice_words import TRAINING_CAST, Singer
from songleaf_models.truth import TimedNote

PEAK = 0.5


def _choose_singer(notes: list[TimedNote], cast: Sequence[Singer], rng: np.random.Generator) -> Singer:
    """High voices for high melodies, low ones for low, either in between (A3 to E4)."""
    middle = float(np.median([note.pitch for note in notes]))
    wanted = "low" if middle < 57 else "high" if middle > 64 else None
    fitting = [singer for singer in cast if wanted in (None, singer.range)] or list(cast)
    return fitting[int(rng.integers(len(fitting)))]


def _even_out(audio: np.ndarray, gain: np.ndarray) -> np.ndarray:
    """Brings sung stretches towards one level, as singers and compressors do: 60 % of the way, over 0.15 s."""
    hop = round(FRAME_SECONDS * VOICE_RATE)
    power = np.add.reduceat(audio.astype(np.float64) ** 2, np.arange(0, len(audio), hop)) / hop
    sounding = np.interp(np.arange(len(power)) * hop / VOICE_RATE, np.arange(len(gain)) * FRAME_SECONDS, gain) > -12
    if not sounding.any():
        return audio
    width = 0.06 / FRAME_SECONDS
    local = gaussian_filter1d(power * sounding, width) / np.maximum(gaussian_filter1d(sounding * 1.0, width), 1e-3)
    level = 10 * np.log10(local + 1e-9)
    target = float(np.median(level[sounding]))
    change = np.where(gaussian_filter1d(sounding * 1.0, width) > 0.01, np.clip(0.6 * (target - level), -12, 9), 0)
    smooth = gaussian_filter1d(change, width)
    at = np.interp(np.arange(len(audio)), np.arange(len(smooth)) * hop, smooth)
    return (audio * 10 ** (at / 20)).astype(np.float32)


def sing_take(
    notes: list[TimedNote],
    sung: list[Syllable],
    syllables: Syllables,
    manner: PitchManner,
    timbre: Timbre,
    samples: int,
    rng: np.random.Generator,
) -> np.ndarray:
    """One take of one singer: audio[samples] at 22,050 Hz."""
    score = time_syllables(sung, syllables, samples / VOICE_RATE + FRAME_SECONDS, rng)
    pitch, vibrato = draw_pitch(notes, len(score.gain), manner, rng)
    pitches = [note.pitch for note in notes]
    # Above its passage, near the melody's top, a voice may turn to falsetto.
    passage = np.percentile(pitches, rng.uniform(75, 100)) + rng.uniform(0, 4)
    falsetto = np.clip((pitch - passage) / 2, 0, 1) * rng.uniform(0, 1)
    audio = make_sound(syllables, score.source, score.gain, pitch, vibrato, falsetto, timbre, samples, rng)
    return _even_out(audio, score.gain)


def _second_take(
    notes: list[TimedNote],
    sung: list[Syllable],
    syllables: Syllables,
    manner: PitchManner,
    timbre: Timbre,
    samples: int,
    rng: np.random.Generator,
) -> np.ndarray:
    """The same singer again, a little later and out of tune with the first, in unison or as a softer second voice."""
    delay = rng.uniform(0.004, 0.03)
    detuned = replace(manner, intonation=manner.intonation + 4, drift=manner.drift + 4)
    harmony = rng.random() < 0.3
    key = {note.pitch % 12 for note in notes}
    later = []
    for note in notes:
        # A third above that the melody knows too.
        third = (4 if (note.pitch + 4) % 12 in key else 3) if harmony else 0
        later.append(note._replace(start=note.start + delay, end=note.end + delay, pitch=note.pitch + third))
    shifted = []
    for syllable in sung:
        moved = delay + float(np.clip(rng.normal(0, 0.008), -0.02, 0.02))
        shifted.append(replace(syllable, start=max(0.0, syllable.start + moved), end=syllable.end + moved, breath=0.0))
    similar = replace(timbre, formants=timbre.formants * rng.uniform(0.97, 1.03), tilt=timbre.tilt + rng.normal(0, 0.5))
    take = sing_take(later, shifted, syllables, detuned, similar, samples, rng)
    return take * np.float32(10 ** ((rng.uniform(-15, -9) if harmony else rng.uniform(-10, -3)) / 20))


def sing(
    notes: list[TimedNote],
    duration: float,
    sample_rate: int,
    rng: np.random.Generator,
    cast: Sequence[Singer] = TRAINING_CAST,
) -> np.ndarray:
    """Sings a melody: audio[round(duration * sample_rate)] mono float32, peak 0.5 (silent without notes).

    One singer of `cast` with manner, timbre and words of this clip; in a quarter of the clips a second take doubles
    it. A note's vowel begins on its start, its consonant before. Notes in any order; of overlapping ones the later
    wins; pitches outside MIDI 40 to 90 are brought inside by octaves. The same state of `rng` gives the same sound.
    Raises FileNotFoundError if the singer has to be recorded and espeak-ng is missing.
    """
    wanted = round(duration * sample_rate)
    ordered = put_in_order(notes, duration)
    if not ordered:
        return np.zeros(wanted, np.float32)
    samples = int(np.ceil(duration * VOICE_RATE)) + 1
    syllables = load_syllables(_choose_singer(ordered, cast, rng))
    manner, timbre = draw_manner(rng), draw_timbre(rng)
    sung = set_words(ordered, syllables, rng)
    audio = sing_take(ordered, sung, syllables, manner, timbre, samples, rng)
    if rng.random() < 0.25:
        audio = audio + _second_take(ordered, sung, syllables, manner, timbre, samples, rng)
    audio = np.asarray(soxr.resample(audio, VOICE_RATE, sample_rate, quality="HQ"), np.float32)
    audio = np.pad(audio[:wanted], (0, max(0, wanted - len(audio))))
    peak = float(np.abs(audio).max())
    return (audio * (PEAK / peak)).astype(np.float32) if peak > 0 else audio
