import type { MorphEnd, Style } from '../../../contract/arrangement.ts';
import type { Network } from '../../transcription/network.ts';
import { normal } from '../random.ts';
import type { Song } from '../song.ts';
import { encodePrompts } from './encode-prompts.ts';
import type { EncodedSong, Gaussians } from './encode-song.ts';

/** What chance there is: the seed it is drawn with, and how many standard deviations of the model's own, 0 to 1. */
export interface Chance {
  seed: number;
  freedom: number;
}

/** Encodes scores with the network `a2s-score`; loaded where a score is there. */
export type ScoreEncoder = <T>(work: (network: Network) => Promise<T>) => Promise<T>;

/**
 * Latents of all windows, `windows × size`: the chords' means; audio texture drawn from N(mean, (freedom × deviation)²);
 * score texture from N(0, freedom²), or about that of the music whose texture is followed; between two takes' for a
 * morph, with chance on top. Chance is keyed by section and bar, so that what repeats is drawn alike.
 * @param size of all three latents together
 */
export async function chooseLatents(
  encoded: EncodedSong,
  song: Song,
  chance: Chance,
  style: Style,
  size: number,
  encodeScores: ScoreEncoder,
): Promise<Float32Array> {
  if (style.kind !== 'morph')
    return await tellLatents(encoded, song, { ...chance, style }, size, encodeScores);
  const { from, to, share } = style;
  const start = await tellLatents(encoded, song, from, size, encodeScores);
  const end = await tellLatents(encoded, song, to, size, encodeScores);
  const latents = start.map((value, i) => value + share * (end[i] - value));
  addChance(latents, encoded, song, chance, size, null);
  return latents;
}

async function tellLatents(
  encoded: EncodedSong,
  song: Song,
  { style, ...chance }: MorphEnd,
  size: number,
  encodeScores: ScoreEncoder,
): Promise<Float32Array> {
  const { windows, chords, audio } = encoded;
  const scoreAt = chords.size + audio.size;
  const latents = new Float32Array(windows.length * size);
  let prompts: Gaussians | null = null;
  if (style.kind === 'score') {
    const { score } = style;
    prompts = await encodeScores((network) => encodePrompts(score, windows, encoded.pickup, network));
  }
  windows.forEach(({ bar }, row) => {
    const at = row * size;
    const take = ({ mean, size: width }: Gaussians, to: number) =>
      latents.set(mean.subarray(row * width, (row + 1) * width), at + to);
    take(chords, 0);
    take(audio, chords.size);
    if (prompts) take(prompts, scoreAt);
    if (style.kind === 'chance') {
      const { label } = song.places[bar];
      for (let i = scoreAt; i < size; i++) latents[at + i] = normal(chance.seed, 'texture', label, i);
    }
  });
  addChance(latents, encoded, song, chance, size, prompts);
  return latents;
}

/** Adds what is drawn to the latents of audio and score texture. */
function addChance(
  latents: Float32Array,
  { windows, chords, audio }: EncodedSong,
  song: Song,
  { seed, freedom }: Chance,
  size: number,
  prompts: Gaussians | null,
): void {
  if (freedom === 0) return;
  windows.forEach(({ bar, from }, row) => {
    const { label, barInSection } = song.places[bar];
    // A bar longer than a window has several.
    const part = windows[row - 1]?.bar === bar ? from : 0;
    for (let i = chords.size; i < size; i++) {
      const inAudio = i - chords.size;
      const inScore = inAudio - audio.size;
      const deviation =
        inScore < 0
          ? audio.deviation[row * audio.size + inAudio]
          : (prompts?.deviation[row * prompts.size + inScore] ?? 1);
      latents[row * size + i] += freedom * deviation * normal(seed, label, barInSection, part, i);
    }
  });
}
