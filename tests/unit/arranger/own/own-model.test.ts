import { describe, expect, it } from 'vitest';
import {
  type Arrangement,
  type ArrangeSettings,
  arrangeSettingsSchema,
} from '../../../../main/contract/arrangement.ts';
import { arrange, rollBars } from '../../../../main/engine/arranger/arranger.ts';
import { checkArrangement } from '../support/check-arrangement.ts';
import { fixtureNames, readMaterial } from '../support/fixtures.ts';

const { analysis, evidence } = readMaterial(fixtureNames[0]);

async function take(settings: Partial<ArrangeSettings> = {}): Promise<Arrangement> {
  return await arrange(analysis, evidence, arrangeSettingsSchema.parse({ model: 'songleaf', ...settings }));
}

const accompaniment = ({ notes }: Arrangement) => notes.filter((note) => note.role !== 'melody');

describe('what a player asks of a take', () => {
  it('more density gives more notes', async () => {
    const [thin, thick] = [
      await take({ texture: { density: -2, freedom: 0 } }),
      await take({ texture: { density: 2, freedom: 0 } }),
    ];
    checkArrangement(thin);
    checkArrangement(thick);
    expect(accompaniment(thick).length).toBeGreaterThan(1.2 * accompaniment(thin).length);
  });

  it('a higher register gives higher notes', async () => {
    const mean = (take: Arrangement) => {
      const own = accompaniment(take);
      return own.reduce((sum, note) => sum + note.pitch, 0) / own.length;
    };
    const [low, high] = [
      // Below a melody there is no place to rise to.
      await take({ melody: 'omit', texture: { register: -2, freedom: 0 } }),
      await take({ melody: 'omit', texture: { register: 2, freedom: 0 } }),
    ];
    expect(mean(high)).toBeGreaterThan(mean(low) + 1);
  });

  it('without freedom all seeds give the same take, with it they differ', async () => {
    const notes = async (seed: number, freedom: number) =>
      JSON.stringify((await take({ seed, texture: { freedom } })).notes);
    expect(await notes(1, 0)).toBe(await notes(2, 0));
    expect(await notes(1, 0.5)).not.toBe(await notes(2, 0.5));
  });
});

describe('a passage alone', () => {
  it('has the bars asked for, with what the whole take has there', async () => {
    const passage = { first: 4, last: 7 };
    const [whole, part] = [await take({ seed: 2 }), await take({ seed: 2, passage })];
    checkArrangement(part);
    expect(part.bars).toHaveLength(4);
    const from = whole.bars[4].start;
    expect(part.beatTimes).toEqual(whole.beatTimes.slice(from / 48, from / 48 + part.beatTimes.length));
    const to = whole.bars[8].start;
    const inside = whole.notes.filter(({ start }) => start >= from && start < to);
    expect(part.notes.map(({ start, pitch }) => [start + from, pitch])).toEqual(
      inside.map(({ start, pitch }) => [start, pitch]),
    );
    expect(part.notes.length).toBeGreaterThan(10);
  });

  it('can be rolled in part', async () => {
    const part = await take({ seed: 2, passage: { first: 2, last: 9 } });
    const again = await rollBars(part, analysis, evidence, { bars: [3, 4], seed: 8 });
    checkArrangement(again);
    const edge = part.bars[3].start;
    const kept = (take: Arrangement) => take.notes.filter(({ start }) => start < edge).map((n) => n.pitch);
    expect(kept(again)).toEqual(kept(part));
    expect(again.notes).not.toEqual(part.notes);
    expect(again.settings.passage).toEqual({ first: 2, last: 9 });
  });

  it('must lie in the song', async () => {
    await expect(take({ passage: { first: 4000, last: 4001 } })).rejects.toMatchObject({
      code: 'bad-request',
    });
    expect(() => arrangeSettingsSchema.parse({ passage: { first: 5, last: 4 } })).toThrow();
  });
});

describe('a texture drawn by chance', () => {
  it('differs from the song’s, and by seed', async () => {
    const notes = async (seed: number, kind: 'song' | 'chance') =>
      JSON.stringify((await take({ seed, style: { kind }, texture: { freedom: 0.05 } })).notes);
    const one = await notes(1, 'chance');
    expect(one).toBe(await notes(1, 'chance'));
    expect(one).not.toBe(await notes(2, 'chance'));
    expect(one).not.toBe(await notes(1, 'song'));
  });
});

describe('rolling bars again', () => {
  const fresh = [4, 5, 6, 7];
  const inFresh = (take: Arrangement) => {
    const from = take.bars[fresh[0]].start;
    const last = take.bars[fresh.at(-1)!];
    return (tick: number) => tick >= from && tick < last.start + last.beats * 48;
  };

  it('keeps the other bars and writes these anew', async () => {
    const first = await take({ seed: 3 });
    const again = await rollBars(first, analysis, evidence, { bars: fresh, seed: 4 });
    checkArrangement(again);
    const isFresh = inFresh(first);
    const places = (take: Arrangement, inside: boolean) =>
      take.notes
        .filter((note) => isFresh(note.start) === inside)
        .map((note) => `${note.start} ${note.pitch}`);
    expect(places(again, false)).toEqual(places(first, false));
    expect(places(again, true)).not.toEqual(places(first, true));
    expect(again.settings).toEqual({ ...first.settings, rolls: [{ bars: fresh, seed: 4 }] });
    // The settings alone tell the whole of it.
    expect(await arrange(analysis, evidence, again.settings)).toEqual(again);
  });

  it('keeps a melody on its own staff as it was mended', async () => {
    const first = await take({ seed: 3, melody: 'staff' });
    const mended = { ...first, lead: first.lead.map((note, i) => (i === 0 ? { ...note, pitch: 90 } : note)) };
    const again = await rollBars(mended, analysis, evidence, { bars: fresh, seed: 4 });
    expect(again.lead).toEqual(mended.lead);
  });

  it('gives the same bars for the same seed', async () => {
    const first = await take({ seed: 3 });
    const roll = async () =>
      JSON.stringify(await rollBars(first, analysis, evidence, { bars: fresh, seed: 9 }));
    expect(await roll()).toBe(await roll());
  });

  it('works with every model', async () => {
    for (const model of ['chords', 'reduction'] as const) {
      const first = await take({ model, seed: 3 });
      const again = await rollBars(first, analysis, evidence, { bars: fresh, seed: 4 });
      checkArrangement(again);
      const isFresh = inFresh(first);
      const kept = (take: Arrangement) => take.notes.filter((note) => !isFresh(note.start)).length;
      expect(kept(again)).toBe(kept(first));
    }
  });

  it('refuses bars that the take lacks', async () => {
    const first = await take();
    await expect(
      rollBars(first, analysis, evidence, { bars: [first.bars.length], seed: 4 }),
    ).rejects.toMatchObject({ code: 'bad-request' });
  });

  it('refuses a take made from other beats', async () => {
    const first = await take();
    const shorter = { ...analysis, beats: analysis.beats.slice(0, 20) };
    await expect(rollBars(first, shorter, evidence, { bars: [1], seed: 4 })).rejects.toMatchObject({
      code: 'analysis-mismatch',
    });
  });
});
