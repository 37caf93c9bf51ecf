/**
 * Style of the arrangers' takes and their likeness to people's own arrangements, on POP909 songs.
 * `--heard`: rendered plainly and heard by Basic Pitch; otherwise posteriors are drawn from the notes.
 * Usage: node tests/bench/arranger.ts [--heard | --hard 0..1] [--level LEVEL] [--melody MODE] [number of songs]
 */
import { parseArgs } from 'node:util';
import type { ArrangedNote, Arrangement } from '../../main/contract/arrangement.ts';
import { arrangeSettingsSchema } from '../../main/contract/arrangement.ts';
import { arrange } from '../../main/engine/arranger/arranger.ts';
import { tickToSeconds } from '../../main/engine/score/time.ts';
import { drawEvidence } from '../unit/arranger/support/draw-evidence.ts';
import { hasPop909, listSongs, pop909Folder, readSong } from '../unit/arranger/support/pop909.ts';
import { toAnalysis, toTick } from '../unit/arranger/support/song-fixture.ts';
import { presentModels } from '../unit/support/models.ts';
import { hearSong } from './support/hear-song.ts';

interface Timed {
  start: number;
  end: number;
  pitch: number;
  velocity: number;
}

const { values, positionals } = parseArgs({
  options: {
    heard: { type: 'boolean', default: false },
    hard: { type: 'string', default: '0.6' },
    level: { type: 'string', default: 'full' },
    melody: { type: 'string', default: 'include' },
  },
  allowPositionals: true,
});

function toTimed(notes: readonly ArrangedNote[], beatTimes: readonly number[]): Timed[] {
  return notes.map(({ start, duration, pitch, velocity }) => ({
    start: tickToSeconds(beatTimes, start),
    end: tickToSeconds(beatTimes, start + duration),
    pitch,
    velocity,
  }));
}

/** Figures of model.md's style table: whole-file averages, onset groups of 30 ms, pedal ignored. */
function measureStyle(notes: readonly Timed[]): Record<string, number> {
  const sorted = notes.toSorted((a, b) => a.start - b.start);
  const from = sorted[0].start;
  const to = Math.max(...sorted.map((note) => note.end));
  const groups: Timed[][] = [];
  for (const note of sorted) {
    const group = groups.at(-1);
    if (group && note.start - group[0].start < 0.03) group.push(note);
    else groups.push([note]);
  }
  let silent = 0;
  let sounding = from;
  for (const note of sorted) {
    if (note.start > sounding) silent += note.start - sounding;
    sounding = Math.max(sounding, note.end);
  }
  const lengths = sorted.map((note) => note.end - note.start).sort((a, b) => a - b);
  const span = (pitches: number[]) => (pitches.length > 0 ? Math.max(...pitches) - Math.min(...pitches) : 0);
  const wide = groups.filter((group) => {
    const pitches = group.map((note) => note.pitch);
    return span(pitches.filter((p) => p < 60)) > 14 || span(pitches.filter((p) => p >= 60)) > 14;
  });
  const mean = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0) / numbers.length;
  const velocities = sorted.map((note) => note.velocity);
  const middle = mean(velocities);
  return {
    'notes/s': sorted.length / (to - from),
    'onsets/s': groups.length / (to - from),
    'notes/onset': sorted.length / groups.length,
    sounding: lengths.reduce((a, b) => a + b, 0) / (to - from),
    'median s': lengths[lengths.length >> 1],
    'silent %': (100 * silent) / (to - from),
    'wide %': (100 * wide.length) / groups.length,
    pitch: mean(sorted.map((note) => note.pitch)),
    '<C3 %': (100 * sorted.filter((note) => note.pitch < 48).length) / sorted.length,
    '>=C5 %': (100 * sorted.filter((note) => note.pitch >= 72).length) / sorted.length,
    'vel sd': Math.sqrt(mean(velocities.map((v) => (v - middle) ** 2))),
  };
}

type GridNote = { start: number; duration: number; pitch: number };

/** F-measure of notes with equal pitch and 16th. */
function gridF(a: readonly GridNote[], b: readonly GridNote[]): number {
  const keys = (notes: readonly GridNote[]) =>
    new Set(notes.map((note) => Math.round(note.start / 12) * 128 + note.pitch));
  const [x, y] = [keys(a), keys(b)];
  const common = [...x].filter((key) => y.has(key)).length;
  return (2 * common) / Math.max(1, x.size + y.size);
}

/** Mean cosine of pitch-class durations over the beats in which the reference sounds. */
function chromaLikeness(a: readonly GridNote[], b: readonly GridNote[], beats: number): number {
  const chroma = (notes: readonly GridNote[]) => {
    const rows = Array.from({ length: beats }, () => new Float64Array(12));
    for (const { start, duration, pitch } of notes) {
      for (let beat = Math.floor(start / 48); beat < beats && beat * 48 < start + duration; beat++) {
        rows[beat][pitch % 12] += Math.min(start + duration, beat * 48 + 48) - Math.max(start, beat * 48);
      }
    }
    return rows;
  };
  const [x, y] = [chroma(a), chroma(b)];
  let sum = 0;
  let count = 0;
  y.forEach((row, beat) => {
    const dot = row.reduce((total, value, i) => total + value * x[beat][i], 0);
    const norms = Math.hypot(...row) * Math.hypot(...x[beat]);
    if (Math.hypot(...row) === 0) return;
    count++;
    if (norms > 0) sum += dot / norms;
  });
  return sum / Math.max(1, count);
}

async function main(): Promise<void> {
  if (!hasPop909) {
    console.log(`skipped: no songs at ${pop909Folder}`);
    return;
  }
  const wanted = Number(positionals[0] ?? 12);
  const songs = listSongs()
    .filter((song) => Number(song) % 20 !== 7)
    .filter((_, i, all) => i % Math.max(1, Math.floor(all.length / wanted)) === 0)
    .slice(0, wanted);
  const rows: Record<string, Record<string, number>[]> = {};
  const add = (name: string, row: Record<string, number>) => {
    rows[name] ??= [];
    rows[name].push(row);
  };
  for (const song of songs) {
    const fixture = readSong(song);
    const analysis = toAnalysis(fixture);
    const played = [...fixture.melody, ...fixture.accompaniment];
    const evidence = values.heard
      ? await hearSong(fixture, song)
      : drawEvidence(played, analysis.song.duration, { hardness: Number(values.hard), seed: 1 });
    const reference = (values.melody === 'include' ? played : fixture.accompaniment).flatMap(
      ([start, end, pitch, velocity]) => {
        const tick = toTick(fixture.beats, start);
        const stop = toTick(fixture.beats, end);
        if (tick === null) return [];
        return [{ start: tick, duration: Math.max(12, (stop ?? 0) - tick), pitch, velocity }];
      },
    );
    const beats = analysis.beats.length;
    add('people', {
      ...measureStyle(
        (values.melody === 'include' ? played : fixture.accompaniment).map(
          ([start, end, pitch, velocity]) => ({
            start,
            end,
            pitch,
            velocity,
          }),
        ),
      ),
    });
    for (const model of presentModels) {
      const takes: Arrangement[] = [];
      let cpu = 0;
      for (const seed of [1, 2]) {
        const before = process.cpuUsage();
        const settings = arrangeSettingsSchema.parse({
          model,
          seed,
          level: values.level,
          melody: values.melody,
        });
        takes.push(await arrange(analysis, evidence, settings));
        const used = process.cpuUsage(before);
        cpu += (used.user + used.system) / 2e6;
      }
      const [take, other] = takes;
      add(model, {
        ...measureStyle(toTimed(take.notes, take.beatTimes)),
        'note F': gridF(take.notes, reference),
        chroma: chromaLikeness(take.notes, reference, beats),
        differ: 1 - gridF(take.notes, other.notes),
        'melody %':
          (100 *
            analysis.melody.filter((sung) =>
              take.notes.some((note) => note.start === sung.start && note.pitch === sung.pitch),
            ).length) /
          Math.max(1, analysis.melody.length),
        'cpu s': cpu,
      });
    }
  }
  console.log(
    `${songs.length} songs, ${values.heard ? 'heard' : `hardness ${values.hard}`}, ${values.level}, melody ${values.melody}`,
  );
  const table: Record<string, Record<string, string>> = {};
  for (const name of Object.keys(rows.chords[0])) {
    table[name] = {};
    for (const [column, list] of Object.entries(rows)) {
      const numbers = list.map((row) => row[name]).filter((value) => value !== undefined);
      if (numbers.length > 0) {
        table[name][column] = (numbers.reduce((a, b) => a + b, 0) / numbers.length).toFixed(3);
      }
    }
  }
  console.table(table);
}

await main();
