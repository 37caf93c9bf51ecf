import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { arrangementSchema, levelSchema, melodyModeSchema } from '../../../main/contract/arrangement.ts';
import { Engine, type Heard } from '../../../main/engine/engine.ts';
import { scoreOf } from '../../../main/engine/outputs.ts';
import { checkScore } from '../../../main/engine/score/check-score.ts';
import { assignHands, handLimits } from '../../../main/engine/score/hands.ts';
import { beatF } from '../../bench/support/beat-metrics.ts';
import { readChartBeats } from '../../bench/support/chart.ts';
import { hasXmllint, validate } from '../score/tools.ts';
import { presentModels } from '../support/models.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const fishin = path.join(root, 'tests', 'fixtures', 'lets_go_fishin.ogg');
const sectoid = path.join(root, '.cache', 'sectoid');
const engine = new Engine({ device: 'cpu' });

/** Every model, level and way with the melody, on one song. */
async function arrangeAllWays(heard: Heard) {
  const analysis = await engine.analyse(heard);
  const takes = [];
  for (const model of presentModels) {
    for (const level of levelSchema.options) {
      for (const melody of melodyModeSchema.options) {
        const settings = { model, level, melody, seed: 7 };
        const arrangement = await engine.arrange(analysis, heard.evidence, settings);
        takes.push({ settings, arrangement, xml: scoreOf(arrangement) });
      }
    }
  }
  return { analysis, takes };
}

describe('a real song, arranged in every way', () => {
  it("is playable, complete and soundly engraved: Let's Go Fishin'", async () => {
    const heard = await engine.hear(fishin);
    const { analysis, takes } = await arrangeAllWays(heard);
    for (const { settings, arrangement, xml } of takes) {
      const name = JSON.stringify(settings);
      arrangementSchema.parse(arrangement);
      expect(assignHands(arrangement.notes, handLimits[settings.level]).unplayable, name).toEqual([]);
      expect(checkScore(xml), name).toEqual([]);
      expect(arrangement.lead.length > 0, name).toBe(settings.melody === 'staff');
      // The band plays throughout: no bar of the piano is empty.
      const { bars, notes } = arrangement;
      const empty = bars.filter((bar, i) => {
        const end = bars[i + 1]?.start ?? Number.POSITIVE_INFINITY;
        return !notes.some((note) => note.start < end && note.start + note.duration > bar.start);
      });
      expect(empty, name).toEqual([]);
    }
    if (hasXmllint) expect(validate(takes.map((take) => take.xml))).toBe('');
    // Sung in B flat, verses on I, IV and V; each verse ends in a bar of two beats.
    expect(analysis.keys).toMatchObject([{ tonic: 10, mode: 'major' }]);
    const roots = new Set(analysis.chords.map((chord) => chord.root));
    for (const root_ of [10, 3, 5]) expect(roots).toContain(root_);
    expect(analysis.metres.map((metre) => metre.beats)).toEqual([4, 2, 4, 2, 4]);
  });

  it('keeps the levels apart', async () => {
    const heard = await engine.hear(fishin);
    const analysis = await engine.analyse(heard);
    for (const model of presentModels) {
      const counts = [];
      for (const level of levelSchema.options) {
        const take = await engine.arrange(analysis, heard.evidence, {
          model,
          level,
          melody: 'include',
          seed: 1,
        });
        counts.push(take.notes.length);
      }
      expect(counts[0]).toBeLessThan(counts[1]);
      expect(counts[1]).toBeLessThan(counts[2]);
    }
  });

  it.skipIf(!existsSync(sectoid)).each(['Escape from chaosland', 'Feelings'])(
    'follows the beats of %s (needs fretsonfire-songs-sectoid in .cache)',
    async (song) => {
      const heard = await engine.hear(path.join(sectoid, song, 'song.ogg'));
      const { analysis, takes } = await arrangeAllWays(heard);
      const times = analysis.beats.map((beat) => beat.time);
      const chart = readChartBeats(path.join(sectoid, song, 'notes.mid'), heard.song.duration).filter(
        (time) => time > times[0] - 0.3 && time < times[times.length - 1] + 0.3,
      );
      expect(beatF(chart, times)).toBeGreaterThan(0.9);
      for (const { settings, xml } of takes) expect(checkScore(xml), JSON.stringify(settings)).toEqual([]);
      if (hasXmllint) expect(validate(takes.map((take) => take.xml))).toBe('');
    },
  );
});
