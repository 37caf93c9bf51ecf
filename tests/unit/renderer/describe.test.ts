import { describe, expect, test } from 'vitest';
import { modelNames } from '../../../main/contract/arrangement.ts';
import { exportFormats } from '../../../main/contract/export.ts';
import { type Job, stages } from '../../../main/contract/jobs.ts';
import { describeEta, describeJob, percentOf } from '../../../renderer/features/progress/describe.ts';
import { scoreSwitches } from '../../../renderer/features/score/score-options.tsx';
import { formatDuration } from '../../../renderer/features/songs/duration.ts';
import { i18n } from '../../../renderer/i18n/i18n.ts';
import { levels, melodyModes } from '../../../renderer/state/settings.ts';

const { t } = i18n;

function job(change: Partial<Job>): Job {
  return {
    id: 'j',
    kind: 'arrange',
    songId: 's',
    state: 'running',
    progress: null,
    eta: null,
    attempts: 1,
    createdAt: 0,
    startedAt: 0,
    endedAt: null,
    error: null,
    ...change,
  };
}

describe('describeJob', () => {
  test('names the stage and rounds down, so that 100 % means done', () => {
    const progress = { stage: 'listen' as const, stageFraction: 1, fraction: 0.9999 };
    expect(describeJob(t, job({ progress }))).toBe('Listening · 99 %');
    expect(percentOf(job({ state: 'done', progress }))).toBe(100);
  });

  test.each([
    [job({ state: 'queued' }), 'Waiting'],
    [job({}), 'Starting'],
    [job({ state: 'failed' }), 'Failed'],
    [job({ state: 'cancelled' }), 'Cancelled'],
  ])('says what a job without progress does', (given, text) => {
    expect(describeJob(t, given)).toBe(text);
  });
});

test.each([
  [null, null],
  [0, 'a few seconds left'],
  [49, 'under a minute left'],
  [50, 'about 1 minute left'],
  [89, 'about 1 minute left'],
  [150, 'about 3 minutes left'],
])('an estimate of %s seconds reads %s', (eta, text) => {
  expect(describeEta(t, eta)).toBe(text);
});

test.each([
  [0, '0:00'],
  [59.6, '1:00'],
  [132.9, '2:13'],
  [3723, '1:02:03'],
])('%s seconds read %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test('every stage, choice and format has its words', () => {
  const keys = [
    ...stages.map((stage) => `progress.stages.${stage}`),
    ...modelNames.flatMap((model) => [`takes.model.${model}`, `takes.modelHint.${model}`]),
    ...levels.map((level) => `takes.level.${level}`),
    ...melodyModes.flatMap((mode) => [
      `takes.melody.${mode}`,
      `takes.melodyHint.${mode}`,
      `takes.melodyShort.${mode}`,
    ]),
    ...scoreSwitches.map((name) => `score.options.${name}`),
    ...exportFormats.flatMap((format) => [`export.formats.${format}`, `export.hints.${format}`]),
  ];
  expect(keys.filter((key) => !i18n.exists(key))).toEqual([]);
});
