import { describe, expect, it } from 'vitest';
import { findPianoDir, readPiano } from '../../../../main/engine/audio-out/piano-font.ts';
import type {
  Click,
  FromSound,
  Gains,
  PlayedNote,
} from '../../../../renderer/features/player/sound/messages.ts';
import { Mixer } from '../../../../renderer/features/player/sound/mixer.ts';
import { CHUNK, RATE } from '../../../../renderer/features/player/sound/pcm-store.ts';
import { Piano } from '../../../../renderer/features/player/sound/piano.ts';

const font = await readPiano(findPianoDir());
/** The audio thread's block. */
const BLOCK = 128;
const SECONDS = 30;

/** Attacks a beat apart, in a song that gets faster. */
const times = Array.from({ length: 70 }, (_, i) => 1 + 0.55 * i - 0.0008 * i * i).filter(
  (t) => t < SECONDS - 1,
);
const notes: PlayedNote[] = times.map((at, i) => ({
  start: at,
  end: at + 0.2,
  pitch: 72 + (i % 5),
  velocity: 110,
}));

/** A hum with a tick at every attack. */
function makeRecord(): Int16Array {
  const samples = new Int16Array(2 * SECONDS * RATE);
  for (let i = 0; i < SECONDS * RATE; i++) samples[2 * i] = samples[2 * i + 1] = 600 * Math.sin(i / 60);
  for (const at of times) {
    const from = Math.round(at * RATE);
    for (let i = 0; i < 600; i++) {
      const tick = 20_000 * Math.exp(-i / 150) * Math.sin(i * 0.9);
      samples[2 * (from + i)]! += tick;
      samples[2 * (from + i) + 1]! += tick;
    }
  }
  return samples;
}
const record = makeRecord();

class Listener {
  readonly told: FromSound[] = [];
  ended = 0;
  readonly mixer = new Mixer((message) => {
    this.told.push(message);
    if (message.type === 'ended') this.ended++;
  });
  /** Chunks that never come. */
  withheld = new Set<number>();

  static async open(gains: Partial<Gains>): Promise<Listener> {
    const listener = new Listener();
    const { mixer } = listener;
    mixer.setPiano(await Piano.open(font.slice().buffer));
    mixer.setRecord(SECONDS * RATE);
    mixer.setTake(
      notes,
      0,
      times.map((at, i) => ({ at, strong: i % 4 === 0 })),
    );
    mixer.setGains({ record: 0, piano: 0, click: 0, ...gains });
    // The gains glide to what they are.
    listener.hear(0.3);
    return listener;
  }

  /** Begins to play at once: what is needed has been read. */
  start(from: number, countIn: readonly Click[] = []): void {
    this.mixer.seek(from);
    this.hear(0.01);
    this.mixer.play(from, countIn);
  }

  /** What is heard in the next seconds, in one channel. */
  hear(seconds: number): Float32Array {
    const heard = new Float32Array(Math.ceil((seconds * RATE) / BLOCK) * BLOCK);
    const right = new Float32Array(BLOCK);
    for (let at = 0; at < heard.length; at += BLOCK) {
      this.#serve();
      right.fill(0);
      this.mixer.render(heard.subarray(at, at + BLOCK), right);
    }
    return heard;
  }

  #serve(): void {
    for (const message of this.told) {
      if (message.type !== 'need') continue;
      for (const chunk of message.chunks) {
        if (this.withheld.has(chunk)) continue;
        this.mixer.putChunk(chunk, record.slice(2 * chunk * CHUNK, 2 * (chunk + 1) * CHUNK));
      }
    }
    this.told.length = 0;
  }
}

/** Seconds of the first sample after each expected time (less 30 ms) that is over a tenth of the peak near it. */
function attackErrors(heard: Float32Array, expected: readonly number[]): number[] {
  return expected.map((at) => {
    const near = heard.subarray(Math.max(0, Math.round((at - 0.03) * RATE)), Math.round((at + 0.05) * RATE));
    const loudest = near.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    const first = near.findIndex((sample) => Math.abs(sample) > 0.3 * loudest);
    return Math.max(0, Math.round((at - 0.03) * RATE)) / RATE + first / RATE - at;
  });
}
const worst = (errors: readonly number[]) => Math.max(...errors.map(Math.abs));

describe('recording and piano on one clock', () => {
  it.each([0.5, 0.75, 1, 1.25, 1.5])(
    'stay together over the whole song at %s of the speed',
    async (speed) => {
      const from = 0.5;
      const expected = times.map((at) => (at - from) / speed);
      const errors = await Promise.all(
        [{ record: 1 }, { piano: 1 }].map(async (gains) => {
          const listener = await Listener.open(gains);
          listener.mixer.setSpeed(speed);
          listener.start(from);
          return attackErrors(listener.hear((SECONDS - from) / speed), expected);
        }),
      );
      const [ticks, strokes] = errors as [number[], number[]];
      // Stretched, a step may be off its place by 10 ms of the song, twice as long at half the speed; never more with time.
      expect(worst(ticks)).toBeLessThan(speed === 1 ? 0.001 : 0.022);
      expect(worst(ticks) * speed).toBeLessThan(0.015);
      // Keys are struck 8 ms before their attack is heard.
      expect(worst(strokes)).toBeLessThan(0.009);
      expect(worst(ticks.map((tick, i) => tick - strokes[i]!)) * Math.min(1, speed)).toBeLessThan(0.02);
    },
  );

  it('plays the recording itself at its own speed', async () => {
    const listener = await Listener.open({ record: 1 });
    listener.start(2);
    const heard = listener.hear(5);
    let off = 0;
    for (let i = 200; i < heard.length; i++) {
      off = Math.max(off, Math.abs(heard[i]! - record[2 * (2 * RATE + i)]! / 32_768));
    }
    expect(off).toBeLessThan(1e-4);
  });

  it('keeps the pitch at another speed', async () => {
    const listener = await Listener.open({ record: 1 });
    listener.mixer.setSpeed(0.5);
    listener.start(0);
    const hum = listener.hear(1).subarray(4410);
    let crossings = 0;
    for (let i = 1; i < hum.length; i++) if (hum[i - 1]! < 0 && hum[i]! >= 0) crossings++;
    const hz = crossings / (hum.length / RATE);
    expect(Math.abs(hz - RATE / 60 / (2 * Math.PI))).toBeLessThan(3);
  });

  it.each([0.8, 1])('goes round a loop to the frame, ten times, at %s of the speed', async (speed) => {
    const [from, to] = [times[8]!, times[12]!];
    const length = (to - from) / speed;
    const expected = Array.from(
      { length: 40 },
      (_, i) => Math.floor(i / 4) * length + (times[8 + (i % 4)]! - from) / speed,
    );
    for (const gains of [{ record: 1 }, { piano: 1 }]) {
      const listener = await Listener.open(gains);
      listener.mixer.setSpeed(speed);
      listener.mixer.setLoop({ from, to });
      listener.start(from);
      const errors = attackErrors(listener.hear(10 * length), expected).slice(1);
      expect(worst(errors)).toBeLessThan(speed === 1 ? 0.012 : 0.015);
    }
  });

  it('is not disturbed by a loop that is said again', async () => {
    const hear = async (again: boolean) => {
      const listener = await Listener.open({ record: 1 });
      listener.mixer.setSpeed(0.8);
      listener.mixer.setLoop({ from: 2, to: 8 });
      listener.start(2);
      return Array.from({ length: 40 }, () => {
        if (again) listener.mixer.setLoop({ from: 2, to: 8 });
        return [...listener.hear(0.02)];
      }).flat();
    };
    expect(await hear(true)).toEqual(await hear(false));
  });

  it('counts in on the beat and then begins', async () => {
    const from = times[4]!;
    const countIn = [2, 1.5, 1, 0.5].map((before, i) => ({ at: from - before, strong: i === 0 }));
    const listener = await Listener.open({ record: 1 });
    listener.start(from, countIn);
    const heard = listener.hear(3);
    expect(worst(attackErrors(heard, [0, 0.5, 1, 1.5, 2]))).toBeLessThan(0.003);
    // Between the clicks the recording's hum is not there.
    expect(
      heard.subarray(0.4 * RATE, 0.48 * RATE).reduce((most, x) => Math.max(most, Math.abs(x)), 0),
    ).toBeLessThan(1e-3);
  });

  it('waits for sound that is not there and goes on from the same place', async () => {
    const listener = await Listener.open({ record: 1, piano: 1 });
    listener.withheld.add(11);
    listener.start(0);
    listener.hear(18);
    expect(listener.mixer.waiting).toBe(true);
    expect(listener.mixer.pace).toBe(0);
    const held = listener.mixer.position;
    expect(held).toBeGreaterThan((11 * CHUNK) / RATE - 0.1);
    listener.withheld.clear();
    listener.mixer.seek(held);
    listener.hear(1);
    expect(listener.mixer.waiting).toBe(false);
    expect(Math.abs(listener.mixer.position - held - 1)).toBeLessThan(0.005);
  });

  it('stops at the end and says so', async () => {
    const listener = await Listener.open({ record: 1 });
    listener.start(SECONDS - 0.5);
    listener.hear(0.7);
    expect(listener.mixer.playing).toBe(false);
    expect(listener.ended).toBe(1);
  });
});

/** Hz of a hum by its passages through zero. */
function pitchOf(hum: Float32Array): number {
  const rises: number[] = [];
  for (let i = 1; i < hum.length; i++) {
    if (hum[i - 1]! < 0 && hum[i]! >= 0) rises.push(i - 1 + hum[i - 1]! / (hum[i - 1]! - hum[i]!));
  }
  return ((rises.length - 1) * RATE) / (rises.at(-1)! - rises[0]!);
}

describe('a recording that is played at another pitch', () => {
  it.each([-11, -5, 1, 4, 11])('sounds %s semitones away', async (semitones) => {
    const listener = await Listener.open({ record: 1 });
    listener.mixer.setPitch(semitones);
    listener.start(0);
    const hum = listener.hear(0.95).subarray(4410);
    const cents = 1200 * Math.log2(pitchOf(hum) / (RATE / 60 / (2 * Math.PI))) - 100 * semitones;
    expect(Math.abs(cents)).toBeLessThan(15);
    // As loud as it is.
    expect(hum.reduce((most, x) => Math.max(most, Math.abs(x)), 0)).toBeCloseTo(600 / 32_768, 2);
  });

  it.each([
    [-7, 1],
    [-3, 0.75],
    [2, 1],
    [5, 1.25],
    [7, 1],
  ])('keeps its time, %s semitones away at %s of the speed', async (semitones, speed) => {
    const from = 0.5;
    const listener = await Listener.open({ record: 1 });
    listener.mixer.setSpeed(speed);
    listener.mixer.setPitch(semitones);
    listener.start(from);
    const expected = times.map((at) => (at - from) / speed);
    const errors = attackErrors(listener.hear((SECONDS - from) / speed), expected);
    expect(worst(errors) * Math.min(1, speed)).toBeLessThan(0.02);
    // Not later and later.
    const half = errors.length / 2;
    const mean = (some: readonly number[]) => some.reduce((sum, error) => sum + error, 0) / some.length;
    expect(Math.abs(mean(errors.slice(0, half)) - mean(errors.slice(half)))).toBeLessThan(0.003);
  });

  it('goes round a loop to the frame', async () => {
    const [from, to] = [times[8]!, times[12]!];
    const listener = await Listener.open({ record: 1 });
    listener.mixer.setPitch(3);
    listener.mixer.setLoop({ from, to });
    listener.start(from);
    const expected = Array.from(
      { length: 40 },
      (_, i) => Math.floor(i / 4) * (to - from) + times[8 + (i % 4)]! - from,
    );
    const errors = attackErrors(listener.hear(10 * (to - from)), expected).slice(1);
    expect(worst(errors)).toBeLessThan(0.015);
  });

  it('is the recording itself again at its own pitch', async () => {
    const listener = await Listener.open({ record: 1 });
    listener.mixer.setPitch(2);
    listener.start(2);
    listener.hear(1);
    listener.mixer.setPitch(0);
    const at = Math.round(listener.mixer.position * RATE);
    const heard = listener.hear(1);
    let off = 0;
    for (let i = 300; i < heard.length; i++) {
      off = Math.max(off, Math.abs(heard[i]! - record[2 * (at + i)]! / 32_768));
    }
    expect(off).toBeLessThan(1e-3);
  });
});

/** How loud a key's fundamental is in a stretch of sound. */
function loudnessOf(heard: Float32Array, pitch: number): number {
  const step = (2 * Math.PI * 440 * 2 ** ((pitch - 69) / 12)) / RATE;
  let [real, imaginary] = [0, 0];
  heard.forEach((sample, i) => {
    real += sample * Math.cos(step * i);
    imaginary += sample * Math.sin(step * i);
  });
  return Math.hypot(real, imaginary) / heard.length;
}

describe('another take in the middle of the music', () => {
  const held = (pitch: number, start = 1): PlayedNote => ({ start, end: 9, pitch, velocity: 100 });

  // No key is a harmonic of another.
  async function change(to: readonly PlayedNote[]) {
    const listener = await Listener.open({ piano: 1 });
    listener.mixer.setTake([held(48), held(69)], 0, []);
    listener.start(0.9);
    listener.hear(1.5);
    const before = listener.hear(0.3);
    const place = listener.mixer.position;
    listener.mixer.setTake(to, 0, []);
    expect(listener.mixer.position).toBe(place);
    return { before, at: listener.hear(0.3), after: listener.hear(0.6).subarray(Math.round(0.3 * RATE)) };
  }

  it('strikes what it holds there, lets go of what it does not, and leaves down what both hold', async () => {
    const { before, at, after } = await change([held(48), held(77, 2)]);
    expect(loudnessOf(at, 77)).toBeGreaterThan(10 * loudnessOf(before, 77));
    const kept = await change([held(48), held(69)]);
    expect(loudnessOf(after, 69)).toBeLessThan(0.4 * loudnessOf(kept.after, 69));
    // As loud as it would have been: neither let go nor struck again.
    expect(loudnessOf(at, 48)).toBeCloseTo(loudnessOf(kept.at, 48), 3);
  });

  it('does not strike what ends at once', async () => {
    const { before, at } = await change([{ ...held(77, 2), end: 2.8 }]);
    expect(loudnessOf(at, 77)).toBeLessThan(2 * loudnessOf(before, 77) + 1e-5);
  });
});
