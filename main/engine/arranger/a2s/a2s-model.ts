import type { Analysis } from '../../../contract/analysis.ts';
import type { ArrangeSettings } from '../../../contract/arrangement.ts';
import { type Evidence, KEYS, LOWEST_PITCH } from '../../transcription/evidence.ts';
import { type NetworkOptions, withNetwork } from '../../transcription/network.ts';
import { readManifest } from '../../weights.ts';
import type { ArrangerModel } from '../arranger.ts';
import { finishLayers } from '../finish.ts';
import type { DrawnNote } from '../own/draw-notes.ts';
import { layHands } from '../own/lay-hands.ts';
import { supportBars } from '../own/support.ts';
import { layOutSong, type Song } from '../song.ts';
import { tickToFrame } from '../time.ts';
import { FIRST_SEED, usualFreedom } from '../usual-freedom.ts';
import { decodeWindows } from './decode-windows.ts';
import { corrupt, type EncodedSong, encodeSong } from './encode-song.ts';
import { followBars } from './follow-bars.ts';
import { chooseLatents } from './latents.ts';
import { smoothJoins } from './smooth-joins.ts';
import { type JoinedNote, joinWindows } from './windows.ts';

/** Frames about a step's begin in which the transcriber may have heard its onset: 35 ms. */
const NEAR_FRAMES = 3;

/**
 * The published model: a variational autoencoder of two bars, of chords, what was heard and a score's texture (Wang, Xu,
 * Xia & Shan, Audio-to-symbolic Arrangement via Cross-modal Music Representation Learning, ICASSP 2022).
 */
export const a2sModel: ArrangerModel = {
  name: 'a2s',
  async arrange(analysis, evidence, settings, networks) {
    const song = layOutSong(analysis, evidence, settings);
    const { joined, encoded } = await writeSong(analysis, evidence, settings, song, networks);
    const drawn = joined.map((note) => listen(note, encoded, song, evidence));
    // What fills a bar is the same in all takes: only the latents make them differ, so that takes between two meet them.
    const fill = { ...song, settings: { ...settings, seed: FIRST_SEED } };
    return finishLayers(supportBars(layHands(drawn, encoded.steps, song), fill), song);
  },
};

/** What the networks write, before hands are looked at. @throws SongleafError `model-missing`, `model-corrupt` */
export async function writeSong(
  analysis: Analysis,
  evidence: Evidence,
  settings: ArrangeSettings,
  song: Song,
  networks: NetworkOptions,
): Promise<{ joined: JoinedNote[]; encoded: EncodedSong }> {
  const { seed, style = { kind: 'song' }, joins = 'two-bar' } = settings;
  const freedom = usualFreedom(settings);
  const encoded = await encodeSong(analysis, evidence, song.grid, joins, networks);
  const size = await latentSize(networks.weightsDir);
  const latents = await chooseLatents(encoded, song, { seed, freedom }, style, size, (work) =>
    withNetwork('a2s-score', networks, work),
  );
  const { windows, bars, steps, chords, audio } = encoded;
  const scoreAt = chords.size + audio.size;
  // Where a texture is asked for, it goes before that of the bar before.
  const follows = joins === 'following' && style.kind === 'song';
  const written = await withNetwork('a2s-decode', networks, (decoder) =>
    follows
      ? withNetwork('a2s-score', networks, (encoder) =>
          followBars(latents, size, scoreAt, windows, encoder, decoder),
        )
      : decodeWindows(latents, size, decoder),
  );
  const kept = joins === 'smooth' ? smoothJoins(windows, written, bars) : windows;
  return { joined: joinWindows(kept, written, steps.length), encoded };
}

/** Numbers of chords, audio texture and score texture together. @throws SongleafError `model-missing`, `model-corrupt` */
async function latentSize(weightsDir: string): Promise<number> {
  const { weights } = await readManifest(weightsDir);
  const size = weights.find(({ name }) => name === 'a2s-decode')?.inputs.z?.[1];
  if (typeof size !== 'number') throw corrupt();
  return size;
}

/** A note with how surely the transcriber heard it begin, which says what goes first and how hard it is struck. */
function listen(
  { step, pitch, until }: JoinedNote,
  { steps }: EncodedSong,
  song: Song,
  evidence: Evidence,
): DrawnNote {
  const note = { step, pitch, until, velocity: 0.5, probability: 0.5 };
  if (evidence.frames === 0) return note;
  const frame = tickToFrame(song.grid.beatTimes, steps[step].start);
  let heard = 0;
  for (let near = frame - NEAR_FRAMES; near <= frame + NEAR_FRAMES; near++) {
    heard = Math.max(heard, evidence.onset[near * KEYS + pitch - LOWEST_PITCH] ?? 0);
  }
  return { ...note, probability: heard / 255 };
}
