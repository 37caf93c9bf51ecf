import type { BarScores } from '../../../main/engine/analysis/bar-pointer.ts';
import { FRAME_RATE } from '../../../main/engine/transcription/evidence.ts';

export interface PlayedBeat {
  /** Seconds. */
  time: number;
  /** 1 = downbeat. */
  position: number;
}

/** Beats of bars of the given sizes, `tempo` in beats a minute at each beat. */
export function playBeats(
  bars: readonly number[],
  tempo: (beat: number) => number,
  start = 0.5,
): PlayedBeat[] {
  let time = start;
  let count = 0;
  return bars.flatMap((beats) =>
    Array.from({ length: beats }, (_, i) => {
      const played = { time, position: i + 1 };
      time += 60 / tempo(count++);
      return played;
    }),
  );
}

/** What a network that hears these beats would make of them: a peak at each, `sure` in nats. */
export function scorePlayed(beats: readonly PlayedBeat[], sure = 3, downbeatSure = 1.5): BarScores {
  const frames = Math.ceil((beats[beats.length - 1].time + 1) * FRAME_RATE);
  const onBeat = new Float32Array(frames).fill(-2);
  const down = new Float32Array(frames).fill(-downbeatSure);
  for (const { time, position } of beats) {
    const centre = time * FRAME_RATE;
    for (let t = Math.floor(centre) - 3; t <= centre + 4; t++) {
      if (t < 0 || t >= frames) continue;
      onBeat[t] = Math.max(onBeat[t], sure - Math.abs(t - centre));
      if (position === 1) down[t] = downbeatSure;
    }
  }
  return {
    onBeat,
    onDownbeat: down.map((x) => -Math.log1p(Math.exp(-x))),
    offDownbeat: down.map((x) => -Math.log1p(Math.exp(x))),
    onThree: new Float32Array(frames),
  };
}
