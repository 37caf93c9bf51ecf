/**
 * Engraves a fixture, writes it as MusicXML and prints its note heads as JSON, for readers in other languages to compare.
 * Usage: node tests/unit/score/show-heads.ts FIXTURE|every-metre FILE.musicxml
 */
import { writeFileSync } from 'node:fs';
import { engrave } from '../../../main/engine/score/engrave.ts';
import { writeMusicXml } from '../../../main/engine/score/musicxml.ts';
import { DIVISIONS } from '../../../main/engine/score/score.ts';
import { makeEveryMetre, readArrangement } from './arrangements.ts';

const [fixture, target] = process.argv.slice(2);
const score = engrave(fixture === 'every-metre' ? makeEveryMetre() : readArrangement(fixture!));
writeFileSync(target!, writeMusicXml(score, { software: 'Songleaf test', date: '2025-01-31' }));
const heads = score.parts.flatMap((part) =>
  part.measures.flatMap((measure, at) =>
    measure.voices.flatMap(({ number, staff, events }) =>
      events.flatMap((event) => {
        if (event.kind !== 'chord') return [];
        return event.notes.map(({ pitch, step, alter, tieStart, tieStop }) => ({
          part: part.id,
          measure: at,
          staff,
          voice: number,
          at: event.at / DIVISIONS,
          duration: event.duration / DIVISIONS,
          pitch,
          name: step + (alter < 0 ? '-'.repeat(-alter) : '#'.repeat(alter)),
          tie: tieStart && tieStop ? 'continue' : tieStart ? 'start' : tieStop ? 'stop' : null,
        }));
      }),
    ),
  ),
);
process.stdout.write(JSON.stringify(heads));
