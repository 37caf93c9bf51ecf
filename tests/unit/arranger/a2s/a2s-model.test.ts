import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../../../main/contract/analysis.ts';
import {
  type Arrangement,
  type ArrangeSettings,
  arrangeSettingsSchema,
  joinsSchema,
  levelSchema,
  melodyModeSchema,
} from '../../../../main/contract/arrangement.ts';
import { writeSong } from '../../../../main/engine/arranger/a2s/a2s-model.ts';
import { cutTexture } from '../../../../main/engine/arranger/a2s/cut-texture.ts';
import { morphSettings } from '../../../../main/engine/arranger/a2s/morph.ts';
import { arrange, rollBars } from '../../../../main/engine/arranger/arranger.ts';
import { layOutSong } from '../../../../main/engine/arranger/song.ts';
import { allocateEvidence } from '../../../../main/engine/transcription/evidence-file.ts';
import { checkArrangement, melodyRecall } from '../support/check-arrangement.ts';
import { fixtureNames, readMaterial } from '../support/fixtures.ts';
import { toAnalysis } from '../support/song-fixture.ts';
import { tinyNetworks } from '../support/tiny-a2s.ts';

const { song, analysis, evidence } = readMaterial(fixtureNames[0]);

async function take(settings: Partial<ArrangeSettings> = {}, of: Analysis = analysis): Promise<Arrangement> {
  const whole = arrangeSettingsSchema.parse({ model: 'a2s', melody: 'omit', ...settings });
  return await arrange(of, evidence, whole, tinyNetworks);
}

const places = ({ notes }: Arrangement) => notes.map(({ start, pitch }) => `${start} ${pitch}`);

/** The song counted in other bars. */
function recount(
  beatsPerBar: number,
  firstPosition = 1,
  unit: 'quarter' | 'dotted-quarter' = 'quarter',
): Analysis {
  const other = toAnalysis({ ...song, beatsPerBar, firstPosition });
  return { ...other, metres: [{ ...other.metres[0], unit }] };
}

describe('a2s', () => {
  it('writes a playable take, the same bytes each time', async () => {
    const first = await take();
    checkArrangement(first);
    expect(first.notes.length).toBeGreaterThan(50);
    expect(JSON.stringify(await take())).toBe(JSON.stringify(first));
  });

  it('says which networks are not there', async () => {
    const weightsDir = new URL('../support', import.meta.url).pathname;
    const settings = arrangeSettingsSchema.parse({ model: 'a2s' });
    await expect(arrange(analysis, evidence, settings, { weightsDir, threads: 1 })).rejects.toMatchObject({
      code: 'model-missing',
    });
  });

  it('has the melody on top where it is asked for', async () => {
    const { notes, ...rest } = await take({ melody: 'include' });
    const sung = notes.filter(({ role }) => role === 'melody');
    expect(melodyRecall({ ...rest, notes: sung }, analysis.melody)).toBeGreaterThan(0.95);
    expect(notes.some(({ role }) => role === 'bass')).toBe(true);
    expect(notes.some(({ role }) => role === 'inner')).toBe(true);
    for (const tune of sung) {
      const above = notes.filter(({ start, pitch }) => start === tune.start && pitch > tune.pitch);
      expect(above).toEqual([]);
    }
  });

  it.each([
    ['bars of 2', recount(2)],
    ['bars of 3', recount(3)],
    ['bars of 5', recount(5)],
    ['bars of 6', recount(6)],
    ['bars of 11', recount(11)],
    ['a pickup of 1', recount(4, 4)],
    ['a pickup of 2', recount(3, 2)],
    ['6/8', recount(2, 1, 'dotted-quarter')],
    ['9/8 with a pickup', recount(3, 3, 'dotted-quarter')],
  ])('plays in %s from the first bar to the last, however windows are joined', async (name, other) => {
    // All three ways are held to Python's in the parity tests.
    for (const joins of name.includes('pickup') ? joinsSchema.options : (['smooth'] as const)) {
      const written = await take({ joins }, other);
      checkArrangement(written);
      const laidOut = layOutSong(other, evidence, written.settings);
      const { joined, encoded } = await writeSong(other, evidence, written.settings, laidOut, tinyNetworks);
      const struck = new Set(joined.map(({ step }) => encoded.steps[step].bar));
      // The drawn network rests now and then, but never for long.
      const silent = written.bars.flatMap((_, bar) => (struck.has(bar) ? [] : [bar]));
      expect(silent.length, joins).toBeLessThan(0.1 * written.bars.length);
    }
  });

  it('keeps to sixteenths: four a beat, six in a dotted quarter', async () => {
    const [straight, compound] = [await take(), await take({}, recount(2, 1, 'dotted-quarter'))];
    expect(straight.notes.every(({ start }) => start % 12 === 0)).toBe(true);
    expect(compound.notes.every(({ start }) => start % 8 === 0)).toBe(true);
    expect(compound.notes.some(({ start }) => start % 48 === 16)).toBe(true);
  });

  it('differs by how windows are joined', async () => {
    const [two, first, smooth, following] = await Promise.all(
      joinsSchema.options.map(async (joins) => places(await take({ joins }))),
    );
    expect(two).not.toEqual(first);
    expect(smooth).not.toEqual(first);
    expect(following).not.toEqual(first);
  });

  it('writes a passage and rolled bars', async () => {
    const passage = { first: 2, last: 5 };
    const [whole, part] = [await take({ seed: 2 }), await take({ seed: 2, passage })];
    checkArrangement(part);
    const [from, to] = [whole.bars[2].start, whole.bars[6].start];
    const inside = places({
      ...whole,
      notes: whole.notes.filter(({ start }) => start >= from && start < to),
    });
    expect(part.notes.map(({ start, pitch }) => `${start + from} ${pitch}`)).toEqual(inside);
    const again = await rollBars(whole, analysis, evidence, { bars: [3, 4], seed: 9 }, tinyNetworks);
    checkArrangement(again);
    const isFresh = ({ start }: { start: number }) =>
      start >= whole.bars[3].start && start < whole.bars[5].start;
    const split = (written: Arrangement, fresh: boolean) =>
      places({ ...written, notes: written.notes.filter((note) => isFresh(note) === fresh) });
    expect(split(again, false)).toEqual(split(whole, false));
    expect(split(again, true)).not.toEqual(split(whole, true));
  });

  it('writes whatever it is given', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ length: fc.constantFrom(0.2, 0.45, 1.1), position: fc.integer({ min: 1, max: 7 }) }),
          {
            minLength: 1,
            maxLength: 40,
          },
        ),
        fc.record({
          level: fc.constantFrom(...levelSchema.options),
          melody: fc.constantFrom(...melodyModeSchema.options),
          joins: fc.constantFrom(...joinsSchema.options),
          seed: fc.integer({ min: 0, max: 9 }),
        }),
        fc.boolean(),
        async (gaps, settings, silent) => {
          let time = 0.3;
          const beats = gaps.map(({ length, position }) => {
            time += length;
            return { time, position, confidence: 1 };
          });
          const heard = silent ? allocateEvidence(0) : evidence;
          const whole = arrangeSettingsSchema.parse({ ...settings, model: 'a2s' });
          checkArrangement(await arrange({ ...analysis, beats }, heard, whole, tinyNetworks));
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('takes of a2s', () => {
  it('differ by seed, and by no more than chance is given', async () => {
    const first = places(await take());
    expect(places(await take({ seed: 2, texture: { freedom: 0 } }))).toEqual(first);
    const [second, third] = [places(await take({ seed: 2 })), places(await take({ seed: 3 }))];
    expect(second).not.toEqual(first);
    expect(third).not.toEqual(second);
    const common = (one: string[], other: string[]) => one.filter((place) => other.includes(place)).length;
    const little = places(await take({ seed: 2, texture: { freedom: 0.02 } }));
    expect(common(little, first)).toBeGreaterThan(common(second, first));
    expect(JSON.stringify(await take({ seed: 3 }))).toBe(JSON.stringify(await take({ seed: 3 })));
  });

  it('may have a texture drawn for each section', async () => {
    const chance = async (seed: number) =>
      places(await take({ seed, style: { kind: 'chance' }, texture: { freedom: 0 } }));
    expect(await chance(1)).toEqual(await chance(1));
    expect(await chance(1)).not.toEqual(await chance(2));
    expect(await chance(1)).not.toEqual(places(await take()));
  });
});

describe('a texture to follow', () => {
  const other = readMaterial(fixtureNames[1]);

  it('is that of the bars of another take, without its melody', async () => {
    const settings = arrangeSettingsSchema.parse({ model: 'chords' });
    const source = await arrange(other.analysis, other.evidence, settings);
    const score = cutTexture(source);
    const isPickup = source.bars[0].beats < source.bars[0].metreBeats;
    const inner = source.notes.filter(
      ({ role, start }) => role !== 'melody' && (!isPickup || start >= source.bars[1].start),
    );
    const from = source.bars.findLast(({ start }) => start <= inner[0].start)!.start;
    expect(score.notes.slice(0, 20).map(([step, pitch]) => [12 * step + from, pitch])).toEqual(
      inner.slice(0, 20).map(({ start, pitch }) => [start, pitch]),
    );
    expect(score.bars.slice(0, 3)).toEqual([0, 16, 32]);
    const written = await take({ style: { kind: 'score', score } });
    checkArrangement(written);
    expect(places(written)).not.toEqual(places(await take()));
    // What a take was made from is all in its settings.
    expect(await arrange(analysis, evidence, written.settings, tinyNetworks)).toEqual(written);
  });

  it('is begun again behind its last bar', async () => {
    const bar: [number, number, number][] = [
      [0, 48, 4],
      [8, 64, 2],
    ];
    const moved = (bars: number) =>
      Array.from({ length: bars }, (_, n) =>
        bar.map(([step, pitch, length]): [number, number, number] => [step + 16 * n, pitch, length]),
      ).flat();
    const score = (bars: number) => ({
      ...{ title: 'bars', steps: 16 * bars },
      ...{ bars: Array.from({ length: bars }, (_, n) => 16 * n), notes: moved(bars) },
    });
    const one = await take({ style: { kind: 'score', score: score(1) } });
    const many = await take({ style: { kind: 'score', score: score(5) } });
    expect(places(one)).toEqual(places(many));
  });

  it('needs accompaniment', async () => {
    const written = await take({ melody: 'include' });
    const notes = written.notes.filter(({ role }) => role === 'melody');
    expect(() => cutTexture({ ...written, notes })).toThrow(/no accompaniment/);
  });
});

describe('a take between two', () => {
  it('is the one at share 0 and the other at share 1, and neither between', async () => {
    const [one, two] = [await take({ seed: 2 }), await take({ seed: 3, style: { kind: 'chance' } })];
    const at = async (share: number) => {
      const written = await arrange(
        analysis,
        evidence,
        morphSettings({ arrangement: one }, { arrangement: two }, share),
        tinyNetworks,
      );
      checkArrangement(written);
      return written;
    };
    expect(places(await at(0))).toEqual(places(one));
    expect(places(await at(1))).toEqual(places(two));
    const half = await at(0.5);
    expect(places(half)).not.toEqual(places(one));
    expect(places(half)).not.toEqual(places(two));
    expect(JSON.stringify(await arrange(analysis, evidence, half.settings, tinyNetworks))).toBe(
      JSON.stringify(half),
    );
    // Between that and another its notes count.
    const further = morphSettings({ arrangement: half }, { arrangement: one }, 0.3);
    expect(further.style).toMatchObject({ kind: 'morph', from: { style: { kind: 'score' } } });
    expect(arrangeSettingsSchema.parse(further)).toEqual(further);
  });

  it('may follow a take that another arranger wrote', async () => {
    const chords = await arrange(
      analysis,
      evidence,
      arrangeSettingsSchema.parse({ model: 'chords', melody: 'omit' }),
    );
    const written = await arrange(
      analysis,
      evidence,
      morphSettings({ arrangement: chords }, { arrangement: await take() }, 0.2),
      tinyNetworks,
    );
    checkArrangement(written);
  });

  it('needs takes of one song', async () => {
    const one = await take();
    const elsewhere = { ...one, song: { ...one.song, hash: 'b'.repeat(64) } };
    expect(() => morphSettings({ arrangement: one }, { arrangement: elsewhere }, 0.5)).toThrow(/two songs/);
  });
});
