"""One clip: plan, excerpt, band, sound, truth."""

from dataclasses import replace

import numpy as np

from songleaf_models.data.pop909 import find_split, load_song
from songleaf_models.data.renders import effects
from songleaf_models.data.renders.band import BAND, BASS, DISTORTED, DRUMS, GROUPS, LEAD, Band, arrange, choose_lead
from songleaf_models.data.renders.excerpt import change_metre, cut_excerpt
from songleaf_models.data.renders.fonts import DRUM_BANK
from songleaf_models.data.renders.melody import list_stretches, make_monophonic, place_octave, split_sung, time_line
from songleaf_models.data.renders.plan import HEAVY, PianoUse, Plan, draw_plan
from songleaf_models.data.renders.remetre import with_keys
from songleaf_models.data.renders.synth import SAMPLE_RATE, Channel, SoundingNote, Synth
from songleaf_models.data.renders.tell import Teller
from songleaf_models.data.renders.timing import Clock, make_clock
from songleaf_models.data.voice import sing
from songleaf_models.song import Song
from songleaf_models.truth import TimedNote, Truth

# Sound before the clip's start, so that notes and rooms ring into it, and behind the last bar line, seconds.
_BEFORE, _BEHIND = 1.5, 2.0
# What the sound fonts' attacks and the synthesiser's blocks delay on average; see the tests.
_ATTACK = 0.0015


def render_clip(
    number: int,
    variant: int,
    seed: int = 0,
    style: str | None = None,
    seconds: float | None = None,
    piano: PianoUse | None = None,
    bridge: bool | None = None,
) -> tuple[np.ndarray, Truth, Plan]:
    """audio[2, N] at 44.1 kHz within -1 to 1, its truth, its plan; the same for the same arguments.

    `style`, `seconds`, `piano` and `bridge` override the draw. Raises ValueError for songs of the evaluation sets and
    those that never enter anything, FileNotFoundError without data sets or sound fonts.
    """
    if find_split(number) not in ("train", "tune"):
        raise ValueError(f"song {number} must not be trained on")
    rng = np.random.default_rng([number, variant, seed])
    song = with_keys(load_song(number))
    plan = draw_plan(song.bpm, any(bar.beats == 3 for bar in song.bars), rng, style)
    if seconds is not None:
        plan = replace(plan, seconds=seconds)
    if piano is not None:
        plan = replace(plan, piano=piano)
    if bridge is not None:
        plan = replace(plan, bridge=bridge)
    record, truth, plan = render_song(song, plan, rng)
    return record, replace(truth, song=f"{number:03d}", variant=str(variant), seed=seed), plan


def render_song(song: Song, plan: Plan, rng: np.random.Generator) -> tuple[np.ndarray, Truth, Plan]:
    """audio[2, N] at 44.1 kHz and the truth of a stretch of a song, played as planned, and the plan as it was played.

    Raises as `render_clip`.
    """
    song, plan = change_metre(song, plan)
    excerpt = cut_excerpt(song, plan, rng)
    bar = excerpt.song.bars[-1].beats
    clock = make_clock(plan.bpm, excerpt.end, plan.tempo, bar, plan.ending == "ritardando", plan.swing, plan.pair, rng)
    band = arrange(excerpt, plan, rng)
    lead = place_octave(make_monophonic(excerpt.song.melody), plan.sung, rng)
    lead = [note for note in lead if note.start < band.last]
    voice, played = (lead, []) if plan.sung else ([], lead)
    if plan.sung and rng.random() < 0.25:
        voice, played = split_sung(lead, excerpt.song.sections, 0.3, rng)

    begin = clock.at(0.0)
    if plan.start == "middle" and plan.intro == "none":
        origin = begin + float(rng.choice([0.0, rng.uniform(0, bar)])) * 60 / plan.bpm - float(rng.uniform(0, 0.1))
    else:
        origin = begin - float(rng.uniform(0.05, 1.5))
    finish = clock.at(excerpt.end, swung=False) + (_BEHIND if plan.ending == "ritardando" else 0.0)
    if plan.ending == "cut":
        finish -= float(rng.uniform(0, 1)) * 60 / plan.bpm
    duration = finish - origin

    sung_notes, played_notes = time_line(voice, clock), time_line(played, clock)
    shift = _BEFORE - origin
    total = duration + _BEFORE
    stems = Synth(GROUPS).play(_channels(band, played_notes, clock, shift, rng), total)
    mix = _mix(stems, _sing(sung_notes, shift, total, plan, rng), plan, rng)
    mix = mix[:, round(_BEFORE * SAMPLE_RATE) : round(total * SAMPLE_RATE)]
    record = _finish(mix, plan, rng)

    teller = Teller(clock, origin, record.shape[1] / SAMPLE_RATE)
    piece = excerpt.song
    truth = Truth(
        song=song.name,
        variant="0",
        seed=0,
        duration=teller.duration,
        beats=teller.beats(excerpt),
        metres=teller.metres(excerpt),
        chords=teller.spans(piece.chords),
        keys=teller.keys(piece.keys),
        sections=teller.spans(piece.sections),
        melody=teller.cut([*sung_notes, *played_notes]),
        sung=list_stretches(teller.cut(sung_notes)),
        piano=teller.notes(piece.piano),
        bridge=teller.notes(piece.bridge),
        tuning_cents=plan.cents,
    )
    return record, truth, plan


def _channels(band: Band, lead: list[TimedNote], clock: Clock, shift: float, rng: np.random.Generator) -> list[Channel]:
    """Parts in the render's seconds; every player a little loose, the drummer least."""
    plan = band.plan
    channels = []
    for part in band.parts:
        drums = part.voice.bank == DRUM_BANK
        loose = rng.normal(0, plan.looseness * (0.3 if drums else 1.0), len(part.notes))
        lag = float(rng.normal(0, 0.003)) * (not drums)
        sounding = []
        for note, stray in zip(part.notes, loose, strict=True):
            start, end = clock.at(note.start, part.swung) + shift, clock.at(note.end, part.swung) + shift
            late = lag + float(np.clip(stray, -0.03, 0.03)) - _ATTACK
            if end + late > 0.02:
                sounding.append(SoundingNote(max(0.0, start + late), end + late, note.pitch, note.velocity))
        channels.append(Channel(part.group, part.voice, sounding, part.gain, part.pan, plan.cents * (not drums)))
    if lead:
        voice = choose_lead(band)
        loose = np.clip(rng.normal(0, plan.looseness * 0.6, len(lead)), -0.02, 0.02)
        notes = [
            SoundingNote(max(0.0, n.start + shift + stray), n.end + shift + stray, n.pitch, max(64, n.velocity))
            for n, stray in zip(lead, loose, strict=True)
            if n.end + shift > 0.05
        ]
        channels.append(Channel(LEAD, voice, notes, 0.9, 0.0, plan.cents))
        if plan.doubled_lead:
            octave = int(rng.choice([-12, 0, 12]))
            doubled = [note._replace(pitch=note.pitch + octave) for note in notes]
            pan = float(rng.uniform(-0.5, 0.5))
            channels.append(Channel(LEAD, choose_lead(band), doubled, 0.35, pan, plan.cents))
    return channels


def _sing(
    notes: list[TimedNote], shift: float, total: float, plan: Plan, rng: np.random.Generator
) -> np.ndarray | None:
    """audio[2, N] of the voice, out of tune with 440 Hz as the rest is: sung slower and played faster by so much."""
    if not notes:
        return None
    ratio = 2 ** (plan.cents / 1200)
    slow = [
        note._replace(start=(note.start + shift) * ratio, end=(note.end + shift) * ratio)
        for note in notes
        if note.start + shift > 0
    ]
    voice = sing(slow, total * ratio, round(SAMPLE_RATE / ratio), rng)
    return np.stack([voice, voice])


def _mix(stems: np.ndarray, voice: np.ndarray | None, plan: Plan, rng: np.random.Generator) -> np.ndarray:
    """Balances, compresses and puts into one room."""
    heavy = plan.style in HEAVY
    if np.abs(stems[DISTORTED]).max() > 0:
        stems[DISTORTED] = effects.amplify(
            stems[DISTORTED],
            float(rng.uniform(1.2, 9.0) if heavy else rng.uniform(0.4, 3)),
            float(rng.uniform(3200, 6500)),
        )
    if rng.random() < 0.6:
        stems[DRUMS] = effects.compress(stems[DRUMS], float(rng.uniform(-30, -16)), float(rng.uniform(2, 6)))
    levels = {DRUMS: -19.0, BASS: -21.0, BAND: -20.0, DISTORTED: -20.0, LEAD: -18.0}
    if heavy:
        levels.update({DRUMS: -18.0, DISTORTED: -17.5, BAND: -24.0, LEAD: -19.0})
    wet_share = {DRUMS: 0.5, BASS: 0.05, BAND: 1.0, DISTORTED: 0.5, LEAD: 1.2}
    mix = np.zeros((2, stems.shape[2]), np.float32)
    send = np.zeros_like(mix)
    for group, level in levels.items():
        stem = effects.set_loudness(stems[group], level + float(rng.normal(0, 2.2)))
        mix += stem
        send += np.float32(wet_share[group]) * stem
    if voice is not None:
        width = min(voice.shape[1], mix.shape[1])
        voice = effects.compress(voice[:, :width], -18.0, 2.5)
        voice = effects.set_loudness(voice, (-18.5 if heavy else -17.0) + float(rng.normal(0, 2.5)))
        mix[:, :width] += voice
        send[:, :width] += np.float32(rng.uniform(0.6, 1.8)) * voice
    if plan.reverb:
        mix += np.float32(2 * plan.reverb) * effects.reverberate(send, float(rng.uniform(0.5, 2.4)), rng)
    return mix


def _finish(mix: np.ndarray, plan: Plan, rng: np.random.Generator) -> np.ndarray:
    """Mastering and what happens to records afterwards; the result lies within -1 to 1."""
    if rng.random() < 0.5:
        mix = effects.compress(mix, float(rng.uniform(-22, -12)), float(rng.uniform(1.5, 4)))
    if plan.drive:
        peak = float(np.quantile(np.abs(mix[0, ::7]), 0.995)) + 1e-9
        mix = np.tanh(mix * np.float32(plan.drive / peak))
    mix = effects.band(mix, plan.high_pass, plan.low_pass)
    peak = float(np.abs(mix).max())
    # Now and then too loud, so that peaks are cut off.
    gain = 10 ** (float(rng.uniform(1, 5) if rng.random() < 0.08 else rng.uniform(-9, -0.2)) / 20) / max(peak, 1e-9)
    mix = mix * np.float32(gain)
    if plan.noise_db is not None:
        mix = mix + rng.normal(0, 10 ** (plan.noise_db / 20), mix.shape).astype(np.float32)
    edge = 220
    mix[:, :edge] *= np.linspace(0, 1, edge, dtype=np.float32)
    if plan.ending == "fade":
        length = min(mix.shape[1], round(float(rng.uniform(5, 12)) * SAMPLE_RATE))
        mix[:, -length:] *= (np.linspace(1, 0.1, length, dtype=np.float32)) ** 2
    else:
        mix[:, -edge:] *= np.linspace(1, 0, edge, dtype=np.float32)
    mix = np.clip(mix, -0.999, 0.999)
    if plan.mp3:
        mix = np.clip(effects.lose(mix, plan.mp3), -0.999, 0.999)
    return np.asarray(mix, np.float32)
