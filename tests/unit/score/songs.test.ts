import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  arrangeSettingsSchema,
  type Level,
  levelSchema,
  type MelodyMode,
  type ModelName,
} from '../../../main/contract/arrangement.ts';
import type { BeatUnit } from '../../../main/contract/grid.ts';
import { scoreOptionsSchema } from '../../../main/contract/score-options.ts';
import { arrange } from '../../../main/engine/arranger/arranger.ts';
import { checkScore } from '../../../main/engine/score/check-score.ts';
import { engrave } from '../../../main/engine/score/engrave.ts';
import { handLimits } from '../../../main/engine/score/hand-limits.ts';
import { writeMusicXml } from '../../../main/engine/score/musicxml.ts';
import { drawEvidence } from '../arranger/support/draw-evidence.ts';
import { hasPop909, listSongs, readSong } from '../arranger/support/pop909.ts';
import { type SongFixture, toAnalysis } from '../arranger/support/song-fixture.ts';
import { presentModels } from '../support/models.ts';
import { hasXmllint, validate } from './tools.ts';

/** Every way to engrave a song that the program offers, each option at least once. */
const ways = levelSchema.options.flatMap((level) =>
  presentModels.map((model, at) => ({
    level,
    model,
    melody: (at === 0 ? 'include' : 'staff') as MelodyMode,
    options: scoreOptionsSchema.parse({ repeats: at === 0, pedal: at === 1, fingering: level === 'easy' }),
  })),
);

/** Engraves a song in every way; what the checker finds is a failure, the documents are for the schema. */
async function engraveSong(
  song: SongFixture,
  only: (level: Level, model: ModelName) => boolean,
  unit: BeatUnit = 'quarter',
): Promise<string[]> {
  const analysis = toAnalysis(song);
  for (const metre of analysis.metres) metre.unit = unit;
  const played = [...song.melody, ...song.accompaniment];
  const evidence = drawEvidence(played, analysis.song.duration, { hardness: 0.6, seed: 1 });
  const documents: string[] = [];
  for (const { level, model, melody, options } of ways.filter((way) => only(way.level, way.model))) {
    const settings = arrangeSettingsSchema.parse({ level, model, melody });
    const score = engrave(await arrange(analysis, evidence, settings), options);
    const xml = writeMusicXml(score, { software: 'test', date: '2025-01-01' });
    const { span } = handLimits[level];
    expect([song.source, level, model, checkScore(xml, { span })]).toEqual([song.source, level, model, []]);
    documents.push(xml);
  }
  return documents;
}

/** POP909 songs held out from all tuning come last; every twelfth of the rest. */
function chooseSongs(): string[] {
  const songs = listSongs().filter((song) => Number(song) % 20 !== 7);
  return songs.filter((_, at) => at % Math.floor(songs.length / 40) === 0).slice(0, 40);
}

/** A song's first bars counted in another metre: what matters here is that its bars are written right. */
function recount(song: SongFixture, beatsPerBar: number): SongFixture {
  return { ...song, beatsPerBar, firstPosition: 1, sections: [[0, beatsPerBar * 8, 'A']] };
}

describe('songs', () => {
  it('are engraved without findings in 2/4, 3/4, 5/4, 6/8 and 12/8', { timeout: 300_000 }, async () => {
    const file = new URL('../../fixtures/arranger/pop909-004.json', import.meta.url);
    const song = JSON.parse(readFileSync(file, 'utf8')) as SongFixture;
    const isSimpler = (level: Level) => level !== 'full';
    const documents: string[] = [];
    for (const beats of [2, 3, 5]) documents.push(...(await engraveSong(recount(song, beats), isSimpler)));
    for (const beats of [2, 4]) {
      documents.push(...(await engraveSong(recount(song, beats), isSimpler, 'dotted-quarter')));
    }
    for (const time of ['<beats>6</beats>', '<beats>12</beats>']) {
      expect(documents.some((document) => document.includes(time))).toBe(true);
    }
    if (hasXmllint) expect(validate(documents)).toBe('');
  });

  it.skipIf(!hasPop909)(
    'of POP909, forty with people’s downbeats, have no findings and no errors of the schema (needs ../shared)',
    { timeout: 1_200_000 },
    async () => {
      const songs = chooseSongs();
      expect(songs).toHaveLength(40);
      // One level and one arranger a song, all of them over the forty.
      const documents: string[] = [];
      for (const [at, song] of songs.entries()) {
        const isIts = (level: Level, model: ModelName) =>
          level === levelSchema.options[at % 3] &&
          model === presentModels[Math.floor(at / 3) % presentModels.length];
        documents.push(...(await engraveSong(readSong(song), isIts)));
      }
      if (hasXmllint) expect(validate(documents)).toBe('');
    },
  );
});
