import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createThrottle } from '../../../main/engine/jobs/throttle.ts';
import { createManualTime } from './manual-time.ts';

function setUp() {
  const time = createManualTime(1_000_000);
  const delivered: { at: number; value: number }[] = [];
  let value = 0;
  const throttle = createThrottle({
    intervalMs: 100,
    now: time.now,
    later: time.later,
    deliver: () => delivered.push({ at: time.now(), value }),
  });
  const push = (next: number) => {
    value = next;
    throttle.push();
  };
  return { time, delivered, push, throttle };
}

describe('createThrottle', () => {
  it('delivers at most every 100 ms and always the last, whenever it is pushed', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 250 }), { minLength: 1, maxLength: 80 }), (pauses) => {
        const { time, delivered, push } = setUp();
        for (const [index, pause] of pauses.entries()) {
          time.advance(pause);
          push(index);
        }
        time.advance(1000);
        expect(delivered.at(-1)!.value).toBe(pauses.length - 1);
        for (let i = 1; i < delivered.length; i += 1) {
          expect(delivered[i]!.at - delivered[i - 1]!.at).toBeGreaterThanOrEqual(100);
          expect(delivered[i]!.value).toBeGreaterThan(delivered[i - 1]!.value);
        }
        expect(time.waiting()).toBe(0);
      }),
      { seed: 1 },
    );
  });

  it('delivers the first at once', () => {
    const { delivered, push } = setUp();
    push(1);
    expect(delivered).toHaveLength(1);
  });

  it('goes on when the clock goes back', () => {
    const { time, delivered, push } = setUp();
    push(1);
    time.setClock(5);
    push(2);
    expect(delivered.map((entry) => entry.value)).toEqual([1, 2]);
  });

  it('forgets what waits when stopped', () => {
    const { time, delivered, push, throttle } = setUp();
    push(1);
    push(2);
    throttle.stop();
    time.advance(1000);
    expect(delivered.map((entry) => entry.value)).toEqual([1]);
  });
});
