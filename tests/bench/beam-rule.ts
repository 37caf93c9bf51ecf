/**
 * How far one rule of beaming can agree with the engravers of the OpenScore Lieder (CC0): their own voices, values and
 * rests are given to `setBeams`, and the first beams compared. Engravers differ among themselves; what is missing here
 * no better voices or values can win. Voices that change staves are left out.
 * Usage: node tests/bench/beam-rule.ts [--digits 5689] [--sample N]
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type BarMetre, readMetre } from '../../main/engine/score/bar-metre.ts';
import { setBeams } from '../../main/engine/score/beams.ts';
import { groupBy } from '../../main/engine/score/group-by.ts';
import { beatOf } from '../../main/engine/score/import/lay-bars.ts';
import { pianoPart } from '../../main/engine/score/import/musicxml-to-grid.ts';
import { unpackMusicXml } from '../../main/engine/score/import/unpack-mxl.ts';
import { type ReadItem, type ReadMeasure, readParts } from '../../main/engine/score/musicxml-content.ts';
import { flagCount } from '../../main/engine/score/note-types.ts';
import {
  DIVISIONS,
  type NoteType,
  type ScoreEvent,
  type TupletMember,
} from '../../main/engine/score/score.ts';
import { hasLieder, liederFolder, listLieder } from './support/engraving/lieder.ts';

const { values } = parseArgs({
  options: { digits: { type: 'string', default: '5689' }, sample: { type: 'string' } },
});

/** That a note is of a triplet is all that matters to beams. */
const someTuplet: TupletMember = { normalType: 'eighth', edge: null, bracket: false };

function toEvent(item: ReadItem): ScoreEvent {
  const [at, duration] = [item.at, item.duration].map((quarters) => Math.round(quarters * DIVISIONS)) as [
    number,
    number,
  ];
  const { type, dots } = item;
  if (item.kind === 'gap' || type === null) return { kind: 'gap', at, duration };
  const value = { at, duration, type: type as NoteType, dots };
  const plain = plainLength(type as NoteType, dots);
  const tuplet = Math.abs(plain - duration) > 1 ? someTuplet : null;
  if (item.kind === 'rest') return { kind: 'rest', ...value, tuplet, wholeMeasure: false, fermata: false };
  const marks = { arpeggio: false, fermata: false };
  return { kind: 'chord', ...value, tuplet, notes: [], stem: null, beams: [], ...marks };
}

const quarters: Partial<Record<NoteType, number>> = { whole: 4, half: 2, quarter: 1, eighth: 1 / 2 };

function plainLength(type: NoteType, dots: number): number {
  const length = quarters[type] ?? 1 / 2 ** flagCount(type);
  return DIVISIONS * length * (2 - 1 / 2 ** dots);
}

/** Of one measure: chords with flags, and those whose first beam is as printed; chords count by their notes. */
function compare(measure: ReadMeasure, metre: BarMetre, lead: number): { equal: number; of: number } {
  const sum = { equal: 0, of: 0 };
  const shown = measure.items.filter((item) => !item.grace && !item.cue);
  for (const items of groupBy(shown, ({ voice }) => voice).values()) {
    if (new Set(items.filter(({ kind }) => kind === 'note').map(({ staff }) => staff)).size > 1) continue;
    items.sort((a, b) => a.at - b.at);
    const heads = items.filter(({ inChord }) => !inChord);
    const events = heads.map(toEvent);
    setBeams(events, metre, lead);
    events.forEach((event, at) => {
      if (event.kind !== 'chord' || flagCount(event.type) === 0) return;
      const head = heads[at]!;
      const notes = 1 + items.filter((item) => item.inChord && item.at === head.at).length;
      sum.of += notes;
      if ((event.beams[0] ?? 'none') === (head.beams[0] ?? 'none')) sum.equal += notes;
    });
  }
  return sum;
}

const metres = new Map<string, { equal: number; of: number }>();

function readSong(id: string): void {
  const part = pianoPart(readParts(unpackMusicXml(readFileSync(path.join(liederFolder, `${id}.mxl`)))));
  part.measures.forEach((measure, at) => {
    if (!measure.time || measure.nominal === null) return;
    const beat = beatOf(measure.time);
    const beats = measure.nominal / beat.quarters;
    if (!Number.isInteger(beats)) return;
    const lacks = at === 0 ? Math.max(0, measure.nominal - measure.length) : 0;
    const found = compare(measure, readMetre(beats, beat.unit, measure.time), Math.round(lacks * DIVISIONS));
    for (const name of ['all', `${measure.time.beats}/${measure.time.beatType}`]) {
      const sum = metres.get(name) ?? { equal: 0, of: 0 };
      metres.set(name, { equal: sum.equal + found.equal, of: sum.of + found.of });
    }
  });
}

if (!hasLieder) console.log(`skipped: no songs at ${liederFolder}`);
else {
  for (const id of listLieder(values.digits, values.sample === undefined ? undefined : Number(values.sample)))
    readSong(id);
  console.log('| metre | notes with flags | first beam as printed % |\n|---|---:|---:|');
  for (const [name, { equal, of }] of [...metres].sort((a, b) => b[1].of - a[1].of)) {
    console.log(`| ${name} | ${of} | ${((100 * equal) / of).toFixed(1)} |`);
  }
}
