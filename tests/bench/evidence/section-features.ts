import { readFile, writeFile } from 'node:fs/promises';
import type { Chord } from '../../../main/contract/analysis.ts';
import { compareBars, listChords } from '../../../main/engine/analysis/bar-likeness.ts';
import { type BeatSound, measureBeatSound } from '../../../main/engine/analysis/beat-sound.ts';
import { findBeatGrid } from '../../../main/engine/analysis/beats.ts';
import { borderFeatures, measureBorders } from '../../../main/engine/analysis/border-features.ts';
import { type Chroma, measureChroma } from '../../../main/engine/analysis/chroma.ts';
import { hearChords } from '../../../main/engine/analysis/hear-chords.ts';
import { findMelody } from '../../../main/engine/analysis/melody.ts';
import { listenForMelody } from '../../../main/engine/analysis/melody-listener.ts';
import { findWeightsDir } from '../../../main/engine/places.ts';
import { frameToSeconds } from '../../../main/engine/transcription/evidence.ts';
import { decodeEvidence } from '../../../main/engine/transcription/evidence-file.ts';
import { withNetwork } from '../../../main/engine/transcription/network.ts';

/**
 * `node section-features.ts OUT.json SONG.evidence|SONG.beats.json …` writes what the section finder measures at each
 * bar line, for `models/songleaf_models/sections.py` to fit. A `.beats.json` describes a song's beats without audio.
 */
interface Described {
  treble: number[];
  chords: Chord[];
  sounds: BeatSound[];
  downbeats: number[];
  times: number[];
}

async function describe(file: string): Promise<Described> {
  if (file.endsWith('.json')) return JSON.parse(await readFile(file, 'utf8'));
  const evidence = decodeEvidence(await readFile(file), file);
  // Without the network for beats: what sections sound like must not wait for its weights.
  const grid = findBeatGrid(evidence, null);
  const networks = { weightsDir: findWeightsDir(), threads: 1 };
  const line = await withNetwork('melody', networks, (network) => listenForMelody(evidence, network));
  const melody = findMelody(line, grid.frames, grid.unit);
  return {
    treble: [...measureChroma(evidence, grid.frames).treble],
    chords: await hearChords(evidence, grid, networks),
    sounds: measureBeatSound(evidence, grid.frames, melody),
    downbeats: grid.bars.flatMap((bar, i) => (i === 0 || bar.position === 1 ? [i] : [])),
    times: grid.frames.map(frameToSeconds),
  };
}

const [out, ...files] = process.argv.slice(2);
const songs = [];
for (const file of files) {
  const { treble, chords, sounds, downbeats, times } = await describe(file);
  const chroma: Chroma = { treble: Float32Array.from(treble), bass: new Float32Array(treble.length) };
  const beats = { chroma, sounds, chords: listChords(chords, sounds.length) };
  const bounds = [...downbeats, sounds.length];
  const rows = measureBorders(beats, bounds, compareBars(beats, bounds));
  songs.push({
    file,
    times: downbeats.map((beat) => times[beat]),
    rows: rows.map((row) => row.map((value) => Math.round(value * 1000) / 1000)),
  });
}
await writeFile(out, JSON.stringify({ names: borderFeatures, songs }));
