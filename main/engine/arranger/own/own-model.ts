import { KEYS, LOWEST_PITCH } from '../../transcription/evidence.ts';
import { withNetwork } from '../../transcription/network.ts';
import { cutTexture } from '../a2s/cut-texture.ts';
import type { ArrangerModel, KeptBars } from '../arranger.ts';
import { finishLayers } from '../finish.ts';
import { layOutSong } from '../song.ts';
import { usualFreedom } from '../usual-freedom.ts';
import { chooseStyle } from './choose-style.ts';
import { type Cells, drawNotes, emptyCells } from './draw-notes.ts';
import { layHands } from './lay-hands.ts';
import { readOnce } from './read-once.ts';
import { SongWriter } from './song-writer.ts';
import { nearestStep, type Step } from './steps.ts';
import { meanDensity, tellSettings } from './style.ts';
import { supportBars } from './support.ts';

/** Times that the network writes where chance has a say: drawn notes have to know of each other. */
const ROUNDS = 2;

/** Songleaf's own network: texture learned from pianists, on the recording's notes, chords and beats. */
export const ownModel: ArrangerModel = {
  name: 'songleaf',
  async arrange(analysis, evidence, settings, networks, kept) {
    const freedom = usualFreedom(settings);
    const asked = settings.texture ?? {};
    const song = layOutSong(analysis, evidence, freedom === 0 ? { ...settings, seed: 0 } : settings);
    const { steps, reading } = await readOnce(analysis, evidence, song, networks);
    const style = await chooseStyle(
      settings.style ?? { kind: 'song' },
      song,
      steps,
      networks,
      async ({ seed, freedom: drawn }) => {
        const own = {
          ...settings,
          seed,
          texture: { ...asked, freedom: drawn },
          style: { kind: 'song' } as const,
        };
        const notes = await ownModel.arrange(analysis, evidence, own, networks);
        return cutTexture({ song: analysis.song, bars: song.grid.bars, notes });
      },
    );
    const density = asked.density ?? meanDensity(style) ?? 0;
    for (const t of steps.keys()) tellSettings(style, t, asked);
    return await withNetwork('arranger-writer', networks, async (network) => {
      const writer = new SongWriter(reading, network);
      const drawing = { temperature: freedom, rounds: freedom === 0 ? 1 : ROUNDS, density };
      const cells = kept && keepCells(kept, steps);
      const drawn = await drawNotes(writer, song, steps, style, drawing, cells);
      return finishLayers(supportBars(layHands(drawn, steps, song), song), song);
    });
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
