import { expect, it } from 'vitest';
import { LoudnessMeter } from '../../../main/engine/audio-out/loudness.ts';

const tone = (seconds: number, rate: number, decibels: number) =>
  Float32Array.from(
    { length: seconds * rate },
    (_, i) => 10 ** (decibels / 20) * Math.sin((2 * Math.PI * 1000 * i) / rate),
  );

it.each([44_100, 48_000])('measures the tones of EBU Tech 3341 at %i Hz', (rate) => {
  // Cases 1 and 2: a stereo sine of 1 kHz at −23 and −33 dBFS.
  for (const level of [-23, -33]) {
    const meter = new LoudnessMeter(rate);
    meter.add([tone(20, rate, level), tone(20, rate, level)]);
    expect(meter.loudness).toBeCloseTo(level, 1);
  }
  // Case 3: quiet passages before and after do not count.
  const meter = new LoudnessMeter(rate);
  for (const [seconds, level] of [
    [10, -36],
    [60, -23],
    [10, -36],
  ] as const) {
    meter.add([tone(seconds, rate, level), tone(seconds, rate, level)]);
  }
  expect(meter.loudness).toBeCloseTo(-23, 1);
});

it('knows silence', () => {
  const meter = new LoudnessMeter(44_100);
  meter.add([new Float32Array(100_000), new Float32Array(100_000)]);
  expect(meter.loudness).toBeNull();
  expect(meter.peak).toBe(0);
});
