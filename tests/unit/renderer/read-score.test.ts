// @vitest-environment happy-dom
import fs from 'node:fs';
import { expect, test } from 'vitest';
import { arrangementSchema } from '../../../main/contract/arrangement.ts';
import { scoreOptionsSchema } from '../../../main/contract/score-options.ts';
import { scoreOf } from '../../../main/engine/outputs.ts';
import { readHead, readScore } from '../../../renderer/features/score/read-score.ts';
import { inRoot } from '../../../tools/places.mjs';

const file = inRoot('tests', 'fixtures', 'arrangements', 'pop909-001.json');
const arrangement = arrangementSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
const parts = (document: Document) =>
  [...document.querySelectorAll('part')].map((part) =>
    [...part.querySelectorAll('measure')].map((measure) => measure.outerHTML),
  );

test.each([false, true])('a head is the beginning of the score (lead sheet: %s)', (leadSheet) => {
  const text = scoreOf(arrangement, scoreOptionsSchema.parse({ leadSheet }));
  const whole = readScore(text);
  const head = readHead(text, 5)!;
  expect(head.bars).toBe(arrangement.bars.length);
  expect(parts(head.document)).toEqual(parts(whole).map((measures) => measures.slice(0, 5)));
  expect(head.document.querySelectorAll('score-part')).toHaveLength(leadSheet ? 2 : 1);
});

test('a short score, and what is no score, has none', () => {
  const text = scoreOf(arrangement);
  expect(readHead(text, arrangement.bars.length)).toBeNull();
  expect(readHead('<x>', 1)).toBeNull();
  expect(() => readScore('<x>')).toThrow('not a score');
});
