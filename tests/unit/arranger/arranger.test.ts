import { describe, expect, it } from 'vitest';
import {
  type Arrangement,
  type ArrangeSettings,
  arrangeSettingsSchema,
  levelSchema,
} from '../../../main/contract/arrangement.ts';
import { arrange } from '../../../main/engine/arranger/arranger.ts';
import { chordTones } from '../../../main/engine/arranger/harmony.ts';
import { assignHands, handLimits } from '../../../main/engine/score/hands.ts';
import { allocateEvidence } from '../../../main/engine/transcription/evidence-file.ts';
import { presentModels } from '../support/models.ts';
import { checkArrangement, melodyRecall } from './support/check-arrangement.ts';
import { fixtureNames, type Material, readMaterial } from './support/fixtures.ts';

const materials = fixtureNames.map((name) => ({ name, ...readMaterial(name) }));
const cases = materials.flatMap((material) => presentModels.map((model) => ({ ...material, model })));

async function take(
  { analysis, evidence }: Material,
  settings: Partial<ArrangeSettings>,
): Promise<Arrangement> {
  return await arrange(analysis, evidence, arrangeSettingsSchema.parse(settings));
}

/** Share of a's notes that b has too. */
function shared(a: Arrangement, b: Arrangement): number {
  const places = new Set(b.notes.map((note) => `${note.start} ${note.pitch}`));
  return a.notes.filter((note) => places.has(`${note.start} ${note.pitch}`)).length / a.notes.length;
}

function soundingTicks(arrangement: Arrangement): number {
  return arrangement.notes.reduce((sum, note) => sum + note.duration, 0);
}

describe.each(cases)('$model on $name', ({ model, ...material }) => {
  const { analysis } = material;

  it('keeps the contract at every level and melody mode', async () => {
    for (const level of levelSchema.options) {
      for (const melody of ['include', 'omit', 'staff'] as const) {
        checkArrangement(await take(material, { model, level, melody }));
      }
    }
  });

  it('gives the same bytes each time', async () => {
    expect(JSON.stringify(await take(material, { model, seed: 5 }))).toBe(
      JSON.stringify(await take(material, { model, seed: 5 })),
    );
  });

  it('writes takes that differ by seed and are still the same song', async () => {
    const first = await take(material, { model, seed: 1 });
    const likeness: number[] = [];
    for (const seed of [2, 3, 4]) likeness.push(shared(first, await take(material, { model, seed })));
    expect(Math.min(...likeness)).toBeLessThan(0.97);
    expect(Math.min(...likeness)).toBeGreaterThan(0.2);
  });

  it('never loses the melody', async () => {
    for (const level of levelSchema.options) {
      const recall = melodyRecall(await take(material, { model, level }), analysis.melody);
      expect(recall, level).toBeGreaterThanOrEqual(0.95);
    }
  });

  it('puts nothing above the melody while it sounds', async () => {
    const { notes } = await take(material, { model });
    const melody = notes.filter((note) => note.role === 'melody');
    for (const note of notes) {
      if (note.role === 'melody') continue;
      const over = melody.find((sung) => sung.start <= note.start && sung.start + sung.duration > note.start);
      if (over) expect(note.pitch).toBeLessThan(over.pitch);
    }
  });

  it('moves the melody to its own staff, whole', async () => {
    const { lead } = await take(material, { model, melody: 'staff' });
    const line = analysis.melody.map(({ start, pitch }) => [start, pitch]);
    expect(lead.map(({ start, pitch }) => [start, pitch])).toEqual(line);
    expect(lead.every((note) => note.role === 'melody')).toBe(true);
  });

  it('has more notes and more that sound together from level to level', async () => {
    const [easy, intermediate, full] = await Promise.all(
      levelSchema.options.map((level) => take(material, { model, level })),
    );
    expect(easy.notes.length).toBeLessThan(intermediate.notes.length);
    expect(intermediate.notes.length).toBeLessThan(full.notes.length);
    expect(soundingTicks(easy)).toBeLessThan(soundingTicks(intermediate));
    expect(soundingTicks(intermediate)).toBeLessThan(soundingTicks(full));
  });

  it('writes no accompaniment shorter than an eighth at the easy level', async () => {
    const { notes } = await take(material, { model, level: 'easy' });
    for (const note of notes) if (note.role !== 'melody') expect(note.duration).toBeGreaterThanOrEqual(24);
  });

  it('keeps the left hand of level easy in one octave, bar after bar', async () => {
    const { notes, bars } = await take(material, { model, level: 'easy' });
    const { hands } = assignHands(notes, handLimits.easy, bars);
    const bass = notes.filter(({ role }) => role === 'bass').map(({ pitch }) => pitch);
    expect(Math.max(...bass) - Math.min(...bass)).toBeLessThan(12);
    const left = notes.filter((_, at) => hands[at] === 'left');
    const wide = bars.filter(({ start, beats }) => {
      const own = left.filter((note) => note.start >= start && note.start < start + beats * 48);
      const pitches = own.map(({ pitch }) => pitch);
      return Math.max(...pitches) - Math.min(...pitches) > 12;
    });
    // A low melody note, or a filling one alone under the melody, may fall to the left hand.
    expect(wide.length).toBeLessThanOrEqual(Math.max(1, 0.03 * bars.length));
  });

  it('writes every bar, with its chord in it', async () => {
    const full = await take(material, { model });
    for (const bar of full.bars.slice(1, -1)) {
      const end = bar.start + bar.beats * 48;
      const own = full.notes.filter((note) => note.start < end && note.start + note.duration > bar.start);
      expect(own.length).toBeGreaterThan(2);
      const chord = full.chords.find((c) => c.start <= bar.start && c.start + c.duration > bar.start)!;
      const [root, third] = chordTones(chord);
      const classes = own.map((note) => note.pitch % 12);
      expect(classes.includes(root) || classes.includes(third)).toBe(true);
    }
  });

  it('plays the melody louder than what is under it', async () => {
    const { notes } = await take(material, { model });
    const mean = (role: string) => {
      const own = notes.filter((note) => note.role === role).map((note) => note.velocity);
      return own.reduce((a, b) => a + b, 0) / own.length;
    };
    expect(mean('melody')).toBeGreaterThan(mean('bass'));
    expect(mean('bass')).toBeGreaterThan(mean('inner'));
  });
});

describe('reduction', () => {
  const [material] = materials;

  it('is closer to what was played than the chords alone', async () => {
    const played = new Set(
      (await take({ ...material, ...readMaterial('pop909-004', 0) }, { model: 'reduction' })).notes.map(
        (note) => `${note.start} ${note.pitch}`,
      ),
    );
    const likeness = async (model: 'reduction' | 'chords') => {
      const { notes } = await take(material, { model });
      return notes.filter((note) => played.has(`${note.start} ${note.pitch}`)).length / notes.length;
    };
    expect(await likeness('reduction')).toBeGreaterThan((await likeness('chords')) + 0.1);
  });

  it('writes from chords and groove where the posteriors show nothing but the music plays', async () => {
    const evidence = allocateEvidence(material.evidence.frames);
    evidence.loudness.fill(200);
    const { notes, bars } = await take({ ...material, evidence }, { model: 'reduction', melody: 'omit' });
    for (const bar of bars.slice(0, -1)) {
      expect(notes.some((note) => note.start >= bar.start && note.start < bar.start + bar.beats * 48)).toBe(
        true,
      );
    }
  });

  it('does not double the singer where the melody is left to them', async () => {
    const { notes } = await take(material, { model: 'reduction', melody: 'omit' });
    const doubled = melodyRecall({ ...(await take(material, {})), notes }, material.analysis.melody);
    expect(doubled).toBeLessThan(0.2);
  });
});

describe.each(presentModels)('%s without music', (model) => {
  const [material] = materials;

  it('leaves silent bars empty', async () => {
    const evidence = structuredClone(material.evidence);
    const { analysis } = material;
    const [from, to] = [analysis.beats[18].time, analysis.beats[30].time].map((t) => Math.round(t * 86.13));
    evidence.loudness.fill(0, from, to);
    evidence.onset.fill(0, from * 88, to * 88);
    const { notes } = await take({ ...material, analysis: { ...analysis, melody: [] }, evidence }, { model });
    expect(notes.filter((note) => note.start >= 20 * 48 && note.start < 28 * 48)).toEqual([]);
    expect(notes.some((note) => note.start < 16 * 48)).toBe(true);
  });

  it('writes from the chords without any evidence', async () => {
    const { notes } = await take({ ...material, evidence: allocateEvidence(0) }, { model, melody: 'omit' });
    expect(notes.length).toBeGreaterThan(material.analysis.beats.length);
  });

  it('copies nothing of the caller: arguments are left as they were', async () => {
    const before = JSON.stringify(material.analysis);
    await take(material, { model });
    expect(JSON.stringify(material.analysis)).toBe(before);
  });
});

describe('chords in other metres', () => {
  const [{ analysis }] = materials;
  const inMetre = async (beats: number, unit: 'quarter' | 'dotted-quarter') =>
    await arrange(
      {
        ...analysis,
        beats: analysis.beats.slice(0, 24).map((beat, i) => ({ ...beat, position: 1 + (i % beats) })),
        metres: [{ start: 0, beats, unit, confidence: 1 }],
        chords: [{ start: 0, duration: 24 * 48, root: 0, quality: 'maj', bass: 0, confidence: 1 }],
        melody: [],
      },
      allocateEvidence(0),
      arrangeSettingsSchema.parse({ model: 'chords' }),
    );

  it.each([
    [2, 'quarter', 12],
    [3, 'quarter', 12],
    [2, 'dotted-quarter', 8],
    [3, 'dotted-quarter', 8],
  ] as const)(
    '%i beats of a %s: bass on every bar, all on the grid of %i ticks',
    async (beats, unit, step) => {
      const take = await inMetre(beats, unit);
      checkArrangement(take);
      for (const bar of take.bars) {
        expect(take.notes.some((note) => note.role === 'bass' && note.start === bar.start)).toBe(true);
      }
      expect(take.notes.every((note) => note.start % step === 0)).toBe(true);
    },
  );
});
