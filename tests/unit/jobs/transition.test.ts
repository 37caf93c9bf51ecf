import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SongleafError } from '../../../main/contract/errors.ts';
import { type JobState, jobStates } from '../../../main/contract/jobs.ts';
import { isEnded, jobEvents, transition } from '../../../main/engine/jobs/transition.ts';

const allowed = [
  'queued start running',
  'queued cancel cancelled',
  'running finish done',
  'running fail failed',
  'running cancel cancelled',
  'running requeue queued',
  'failed retry queued',
  'cancelled retry queued',
];

function attempt(state: JobState, event: (typeof jobEvents)[number]): JobState | null {
  try {
    return transition(state, event);
  } catch (error) {
    expect(error).toBeInstanceOf(SongleafError);
    expect(error).toMatchObject({ code: 'job-state' });
    return null;
  }
}

describe('transition', () => {
  it('allows these moves and no others', () => {
    const found: string[] = [];
    for (const state of jobStates) {
      for (const event of jobEvents) {
        const next = attempt(state, event);
        if (next) found.push(`${state} ${event} ${next}`);
      }
    }
    expect(found.sort()).toEqual([...allowed].sort());
  });

  it('says what is wrong with a move', () => {
    expect(() => transition('done', 'retry')).toThrow('A job that is done cannot retry.');
  });

  it('keeps a job whole through any series of events', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...jobEvents), { maxLength: 60 }), (events) => {
        let state: JobState = 'queued';
        let starts = 0;
        let ends = 0;
        for (const event of events) {
          const next = attempt(state, event);
          // A refused move changes nothing.
          if (next === null) continue;
          if (event === 'start') starts += 1;
          if (event === 'finish' || event === 'fail') ends += 1;
          // An ended job leaves its end by a person's wish only.
          if (isEnded(state)) expect(event).toBe('retry');
          expect(state).not.toBe('done');
          state = next;
        }
        expect(ends).toBeLessThanOrEqual(starts);
        if (state === 'running' || state === 'done') expect(starts).toBeGreaterThan(0);
      }),
      { seed: 1 },
    );
  });
});
