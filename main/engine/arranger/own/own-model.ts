import { KEYS, LOWEST_PITCH } from '../../transcription/evidence.ts';
import { loadNetwork } from '../../transcription/network.ts';
import type { ArrangerModel, KeptBars } from '../arranger.ts';
import { finishLayers } from '../finish.ts';
import { detectNotes } from '../reduction/detect.ts';
import { findTernaryBars } from '../reduction/quantise.ts';
import { layOutSong } from '../song.ts';
import { type Cells, drawNotes, emptyCells } from './draw-notes.ts';
import { layHands } from './lay-hands.ts';
import { samplePlanes } from './planes.ts';
import { SongWriter } from './song-writer.ts';
import { layOutSteps, nearestStep, type Step } from './steps.ts';
import { chooseStyle } from './style.ts';
import { supportBars } from './support.ts';

/** How much chance has a say where nobody asks. */
const FREEDOM = 0.25;
/** Times that the network writes. */
const ROUNDS = 2;
/** How far chance goes at a freedom of 1: of notes, of a section's latent, of its density. */
const TEMPERATURE = 1;
const LATENT = 0;
const DENSITY = 0;

/** Songleaf's own network: texture learned from pianists, on the recording's notes, chords and beats. */
export const ownModel: ArrangerModel = {
  name: 'songleaf',
  async arrange(analysis, evidence, settings, networks, kept) {
    const { freedom = FREEDOM, ...asked } = settings.texture ?? {};
    const song = layOutSong(analysis, evidence, freedom === 0 ? { ...settings, seed: 0 } : settings);
    const steps = layOutSteps(song.grid, findTernaryBars(detectNotes(evidence), song));
    const planes = samplePlanes(analysis, evidence, song.grid, steps);
    const reader = await loadNetwork('arranger-reader', networks);
    try {
      const writing = await loadNetwork('arranger-writer', networks);
      try {
        const writer = await SongWriter.read(planes, reader, writing);
        const style = chooseStyle(song, steps, asked, {
          latent: LATENT * freedom,
          density: DENSITY * freedom,
        });
        const drawing = {
          temperature: TEMPERATURE * freedom,
          rounds: ROUNDS,
          density: asked.density ?? 0,
        };
        const cells = kept && keepCells(kept, steps);
        const drawn = await drawNotes(writer, song, steps, style, drawing, cells);
        return finishLayers(supportBars(layHands(drawn, steps, song), song), song);
      } finally {
        await writing.release();
      }
    } finally {
      await reader.release();
    }
  },
};

/** The accompaniment of the bars that stay, as the network is shown it. */
function keepCells({ notes, stays }: KeptBars, steps: readonly Step[]): Cells {
  const cells = emptyCells(steps.length);
  steps.forEach(({ bar }, t) => {
    if (stays[bar]) cells.visible.fill(1, t * KEYS, (t + 1) * KEYS);
  });
  for (const { start, pitch, role } of notes) {
    const step = nearestStep(steps, start);
    if (role !== 'melody' && step < steps.length) cells.settled[step * KEYS + pitch - LOWEST_PITCH] = 1;
  }
  return cells;
}
