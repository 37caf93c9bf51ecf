import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SongSound } from '../../../../main/contract/media.ts';
import {
  type Performance,
  type PlayerSettings,
  playerSettingsSchema,
} from '../../../../main/contract/performance.ts';
import type { OutputEvents } from '../../../../renderer/features/player/audio-output.ts';
import { Player } from '../../../../renderer/features/player/player.ts';
import type { ToSound } from '../../../../renderer/features/player/sound/messages.ts';
import type { OpenSound, SoundSource } from '../../../../renderer/features/player/sound-source.ts';
import { awaitAnswer } from '../support/late-answer.ts';

/** Twenty bars of two seconds. */
const performance: Performance = {
  seconds: 40,
  cents: 0,
  notes: [{ start: 0, end: 1, pitch: 60, velocity: 80 }],
  bars: Array.from({ length: 20 }, (_, bar) => ({
    beats: [2 * bar, 2 * bar + 1, 2 * bar + 2],
    metreBeats: 2,
  })),
};
const remembered = playerSettingsSchema.parse({ mix: 0.25, speed: 0.75, metronome: true, position: 12 });

/** An engine that answers when it is told to, and loudspeakers that nobody hears. */
class Bench {
  saved: PlayerSettings[] = [];
  sent: ToSound[] = [];
  /** What the loudspeakers play. */
  sound: OpenSound | null = null;
  devices: string[] = [];
  heard = 0;
  awake = true;
  events: OutputEvents | null = null;
  readonly settings = awaitAnswer<PlayerSettings>();
  readonly output = awaitAnswer<void>();
  readonly sounds = {
    record: awaitAnswer<OpenSound>(),
    vocals: awaitAnswer<OpenSound>(),
    accompaniment: awaitAnswer<OpenSound>(),
  };
  readonly player: Player;

  constructor() {
    const source: SoundSource = {
      performance: () => Promise.resolve(performance),
      levels: () => Promise.resolve({ record: -14, piano: -14 }),
      settings: () => this.settings.promise,
      saveSettings: async (_, settings) => void this.saved.push(settings),
      piano: () => Promise.resolve(new ArrayBuffer(0)),
      open: (_, sound) => this.sounds[sound].promise,
    };
    this.player = new Player('song', source, async (_font, device, events) => {
      this.devices.push(device);
      await this.output.promise;
      this.events = events;
      return {
        send: (message) => void this.sent.push(message),
        setSound: (sound) => {
          this.sound = sound;
        },
        setDevice: async (to) => void this.devices.push(to),
        sleep: async () => {
          this.awake = false;
        },
        wake: async () => {
          this.awake = true;
        },
        heard: () => this.heard,
        close: () => Promise.resolve(),
      };
    });
  }

  get state() {
    return this.player.store.getState();
  }

  get plays() {
    return this.sent.filter(({ type }) => type === 'play');
  }

  /** Opens one of the song's sounds, named by its length. */
  async opened(sound: SongSound): Promise<void> {
    this.sounds[sound].resolve({ frames: sound.length, read: () => Promise.reject(new Error('unread')) });
    await settle();
  }

  /** The song plays, heard at a place. */
  async play(heard = 12): Promise<void> {
    this.settings.resolve(remembered);
    await this.player.setTake('take');
    this.output.resolve();
    void this.player.play();
    await this.opened('record');
    this.heard = heard;
    this.events?.onState({ playing: true, waiting: false });
  }
}

const settle = () => vi.advanceTimersByTimeAsync(0);
let bench: Bench;

beforeEach(() => {
  vi.useFakeTimers();
  bench = new Bench();
});
afterEach(() => vi.useRealTimers());

describe('what is remembered of a song', () => {
  test('is not written over by a player that closes before it is known', async () => {
    const closed = bench.player.close();
    await vi.advanceTimersByTimeAsync(1000);
    bench.settings.resolve(remembered);
    await closed;
    for (const saved of bench.saved) expect(saved).toEqual(remembered);
  });

  test('is not written over where it cannot be read', async () => {
    bench.settings.reject(new Error('gone'));
    await settle();
    bench.player.change({ mix: 1 });
    await vi.advanceTimersByTimeAsync(1000);
    await bench.player.close();
    expect(bench.saved).toEqual([]);
  });

  test('holds but for what was changed before it was known', async () => {
    bench.player.change({ mix: 1 });
    await vi.advanceTimersByTimeAsync(1000);
    bench.settings.resolve(remembered);
    await settle();
    expect(bench.state.settings).toEqual({ ...remembered, mix: 1 });
    expect(bench.saved).toEqual([{ ...remembered, mix: 1 }]);
    expect(bench.player.heard()).toBe(12);
  });

  test('is the place too while the music goes on', async () => {
    await bench.play(14);
    await vi.advanceTimersByTimeAsync(6000);
    expect(bench.saved.at(-1)).toMatchObject({ position: 14 });
    bench.heard = 17;
    await bench.player.flush();
    expect(bench.saved.at(-1)).toMatchObject({ position: 17 });
  });
});

describe('playing', () => {
  test('waits for nothing that is not there', async () => {
    bench.settings.resolve(remembered);
    await settle();
    bench.player.toggle();
    expect(bench.state.playing).toBe(false);
  });

  test('begins once all is open', async () => {
    await bench.play();
    expect(bench.plays).toEqual([{ type: 'play', from: 12, countIn: [] }]);
    expect(bench.state).toMatchObject({ playing: true, status: 'ready' });
  });

  test('lets the sound device go a while after it was paused, and takes it again', async () => {
    await bench.play();
    bench.player.toggle();
    await vi.advanceTimersByTimeAsync(5000);
    bench.player.toggle();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(bench.awake).toBe(true);
    bench.player.toggle();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(bench.awake).toBe(false);
    bench.player.toggle();
    await settle();
    expect(bench.awake).toBe(true);
  });

  test('goes into a loop that lies behind', async () => {
    await bench.play(30);
    bench.player.change({ loop: { first: 2, last: 3 } });
    expect(bench.sent.at(-1)).toEqual({ type: 'seek', to: 4 });
    bench.heard = 5;
    bench.sent.length = 0;
    bench.player.change({ loop: { first: 1, last: 4 } });
    expect(bench.sent.filter(({ type }) => type === 'seek')).toEqual([]);
  });
});

describe('another sound', () => {
  test('plays that was chosen while the first was being opened', async () => {
    bench.settings.resolve(remembered);
    await bench.player.setTake('take');
    void bench.player.play();
    await settle();
    bench.player.change({ sound: 'vocals' });
    bench.output.resolve();
    await bench.opened('record');
    expect(bench.plays).toEqual([]);
    expect(bench.state.status).toBe('opening');
    await bench.opened('vocals');
    expect(bench.sound?.frames).toBe('vocals'.length);
    expect(bench.plays).toHaveLength(1);
    expect(bench.state.status).toBe('ready');
  });

  test('is the one that was chosen last, in whatever order they come', async () => {
    await bench.play();
    bench.player.change({ sound: 'vocals' });
    bench.player.change({ sound: 'accompaniment' });
    await bench.opened('vocals');
    expect(bench.state.status).toBe('opening');
    expect(bench.plays).toHaveLength(1);
    await bench.opened('accompaniment');
    expect(bench.sound?.frames).toBe('accompaniment'.length);
    expect(bench.plays).toHaveLength(2);
    expect(bench.state).toMatchObject({ status: 'ready', playing: true });
  });

  test('may be taken back while it is being made', async () => {
    await bench.play();
    bench.player.change({ sound: 'vocals' });
    bench.player.change({ sound: 'record' });
    await settle();
    expect(bench.state).toMatchObject({ status: 'ready', playing: true });
    expect(bench.plays).toHaveLength(2);
    await bench.opened('vocals');
    expect(bench.sound?.frames).toBe('record'.length);
  });

  test('that cannot be had leaves the one that was heard', async () => {
    await bench.play();
    bench.player.change({ sound: 'vocals' });
    bench.sounds.vocals.reject(new Error('no voice'));
    await settle();
    expect(bench.state).toMatchObject({ status: 'ready', playing: false, settings: { sound: 'record' } });
    expect(bench.state.failure).not.toBeNull();
    bench.player.toggle();
    await settle();
    expect(bench.plays).toHaveLength(2);
  });

  test('does not begin where it was paused meanwhile', async () => {
    await bench.play();
    bench.player.change({ sound: 'vocals' });
    bench.player.toggle();
    await bench.opened('vocals');
    expect(bench.plays).toHaveLength(1);
    expect(bench.state.playing).toBe(false);
  });
});

test('other loudspeakers that are chosen while the sound is being opened are used', async () => {
  vi.stubGlobal('AudioContext', { prototype: { setSinkId: () => undefined } });
  vi.stubGlobal('navigator', {
    mediaDevices: {
      enumerateDevices: () => Promise.resolve([{ kind: 'audiooutput', deviceId: 'ear', label: 'Phones' }]),
    },
  });
  bench.settings.resolve(remembered);
  await bench.player.setTake('take');
  void bench.player.play();
  await settle();
  bench.player.change({ output: { id: 'ear', name: 'Phones' } });
  bench.output.resolve();
  await bench.opened('record');
  expect(bench.devices).toEqual(['', 'ear']);
  vi.unstubAllGlobals();
});
