import { readFileSync } from 'node:fs';
import { parseMidi } from 'midi-file';

/** Sectoid's charts lie this much before the recording, measured against the drums' attacks. */
export const CHART_LATENCY = 0.04;

/**
 * Beat times of a Frets on Fire chart (`notes.mid`): one beat a quarter note along its tempo map.
 * @returns seconds, up to `duration`
 */
export function readChartBeats(file: string, duration: number): number[] {
  const midi = parseMidi(readFileSync(file));
  const perQuarter = midi.header.ticksPerBeat ?? 480;
  const tempi: { tick: number; microseconds: number }[] = [];
  for (const track of midi.tracks) {
    let tick = 0;
    for (const event of track) {
      tick += event.deltaTime;
      if (event.type === 'setTempo') tempi.push({ tick, microseconds: event.microsecondsPerBeat });
    }
  }
  tempi.sort((a, b) => a.tick - b.tick);
  const beats: number[] = [];
  let time = CHART_LATENCY;
  let tick = 0;
  let next = 0;
  let microseconds = 500_000;
  while (time < duration) {
    while (next < tempi.length && tempi[next].tick <= tick) microseconds = tempi[next++].microseconds;
    beats.push(time);
    let target = tick + perQuarter;
    while (next < tempi.length && tempi[next].tick < target) {
      time += ((tempi[next].tick - tick) / perQuarter) * (microseconds / 1e6);
      tick = tempi[next].tick;
      microseconds = tempi[next++].microseconds;
    }
    time += ((target - tick) / perQuarter) * (microseconds / 1e6);
    tick = target;
    target = tick;
  }
  return beats;
}
