import { createStore, type StoreApi } from 'zustand/vanilla';
import { toErrorReport } from '../../../main/contract/errors.ts';
import {
  type Performance,
  type PlayerSettings,
  playerSettingsSchema,
} from '../../../main/contract/performance.ts';
import { AudioOutput } from './audio-output.ts';
import { barAt, barStart, countInto } from './bar-times.ts';
import { type OpenOutput, type Output, OutputOpener } from './output-opener.ts';
import { PlayedMusic } from './played-music.ts';
import { PlayerMemory } from './player-memory.ts';
import type { PlayerState } from './player-state.ts';
import { SoundOpener } from './sound-opener.ts';
import type { OpenSound, SoundSource } from './sound-source.ts';
import { type HeardBars, loopOf, startFrom } from './what-to-play.ts';

/** Bars of a loop before anybody says how many. */
const LOOP_BARS = 4;
/** Milliseconds of silence after which the sound device is let go: the piano has rung out long before. */
const SLEEP_AFTER = 10_000;
/** Milliseconds between two places that are kept while the music goes on. */
const KEEP_PLACE = 5000;

/** Plays one song: its recording or a part of it together with a take, which may change while it plays. */
export class Player {
  readonly store: StoreApi<PlayerState>;
  readonly #outputs: OutputOpener;
  readonly #sounds: SoundOpener;
  readonly #memory: PlayerMemory;
  readonly #music: PlayedMusic;
  readonly #loading: Promise<void>;
  /** Where the music stands while it does not move. */
  #standing = 0;
  /** Whether the audio thread has begun to play what was asked for last. */
  #moving = false;
  /** Where playing begins once everything is there; where it stands where undefined. */
  #from: number | undefined;
  /** Whether the audio thread has been asked for what shall play. */
  #begun = false;
  readonly #keeping: ReturnType<typeof setInterval>;
  #sleeping: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(songId: string, source: SoundSource, openOutput: OpenOutput = AudioOutput.open) {
    this.store = createStore<PlayerState>(() => ({
      status: 'idle',
      failure: null,
      playing: false,
      waiting: false,
      performance: null,
      settings: playerSettingsSchema.parse({}),
    }));
    const { getState } = this.store;
    this.#sounds = new SoundOpener((name) => source.open(songId, name));
    this.#outputs = new OutputOpener({
      piano: () => source.piano(),
      device: () => getState().settings.output,
      open: openOutput,
      events: {
        onState: (state) => this.#follow(state),
        onEnded: () => this.#ended(),
        onFailure: (error) => this.#fail(error),
      },
    });
    this.#memory = new PlayerMemory({
      read: () => source.settings(songId),
      save: (settings) => source.saveSettings(songId, settings),
      current: () => getState().settings,
    });
    this.#music = new PlayedMusic({
      source,
      store: this.store,
      output: () => this.#open,
      attempt: (work) => this.#attempt(work),
      onGone: () => {
        if (getState().playing) this.pause();
      },
    });
    this.store.subscribe(({ playing }, before) => {
      if (playing !== before.playing) this.#sleepLater(!playing);
    });
    this.#loading = this.#attempt(async () => {
      const settings = await this.#memory.load();
      this.#standing = settings.position;
      this.store.setState({ settings });
    });
    this.#keeping = setInterval(() => this.#keepPlace(), KEEP_PLACE);
  }

  get #open(): Output | null {
    return this.#outputs.opened;
  }

  /** Seconds of the recording that are heard now. */
  heard(): number {
    const { performance } = this.store.getState();
    const heard = this.#moving && this.#open ? this.#open.heard() : this.#standing;
    return Math.min(Math.max(0, heard), performance?.seconds ?? heard);
  }

  /** Whether music is heard; not while it is on its way. */
  get moving(): boolean {
    const { playing, waiting } = this.store.getState();
    return playing && this.#moving && !waiting;
  }

  /** Plays another take from now on, at the same place; null: the recording without one. */
  setTake(takeId: string | null): Promise<void> {
    return this.#music.setTake(takeId);
  }

  /** Plays music that is no take yet in the take's place, as loud as that was. */
  setMusic(take: Performance): void {
    this.#music.setMusic(take);
  }

  /** Counts these bars from now on rather than the take's; null: the take's again. */
  setBars(heard: HeardBars | null): void {
    this.#music.setBars(heard);
  }

  /** Plays the recording and the piano so many semitones higher. */
  setPitch(semitones: number): void {
    this.#music.setPitch(semitones);
  }

  /** Lets the recording sound alone, without piano and clicks, or no longer. */
  setAlone(alone: boolean): void {
    this.#music.setAlone(alone);
  }

  /**
   * Plays, where there is anything to play.
   *
   * @param from seconds of the recording; where it stands where left out
   */
  play(from?: number): Promise<void> {
    if (this.store.getState().performance === null) return Promise.resolve();
    this.store.setState({ playing: true, failure: null });
    this.#from = from;
    this.#begun = false;
    return this.#attempt(async () => {
      await this.#loading;
      await Promise.all([this.#openOutput().then((output) => output.wake()), this.#openSound()]);
      this.#begin();
    });
  }

  pause(): void {
    this.#halt();
    // What was on its way to the loudspeaker has been heard beyond the place that is shown.
    this.#open?.send({ type: 'seek', to: this.#standing });
    this.store.setState({ playing: false, waiting: false });
    // Before it is known where the song was left, nothing has been heard of it.
    if (this.#memory.isKnown) this.change({ position: this.#standing });
  }

  toggle(): void {
    if (this.store.getState().playing) this.pause();
    else void this.play();
  }

  /** Goes to a place, playing or not. */
  seek(seconds: number): void {
    const { performance, playing } = this.store.getState();
    this.#standing = Math.min(Math.max(0, seconds), performance?.seconds ?? seconds);
    this.#from = undefined;
    this.#open?.send({ type: 'seek', to: this.#standing });
    if (!playing || !this.#memory.isKnown) this.change({ position: this.#standing });
  }

  /** Goes some bars on or back, to the beginning of a bar. */
  step(bars: number): void {
    const { performance } = this.store.getState();
    if (!performance) return;
    const now = this.heard();
    const bar = barAt(performance.bars, now);
    // Back from inside a bar is to its beginning first.
    const inside = now - barStart(performance.bars, bar) > 0.4;
    const target = bars < 0 && inside ? bar + bars + 1 : bar + bars;
    this.seek(barStart(performance.bars, Math.min(Math.max(0, target), performance.bars.length - 1)));
  }

  /** Loops the bar that is heard and the three after it, or no longer loops. */
  toggleLoop(): void {
    const { performance, settings } = this.store.getState();
    if (!performance) return;
    const first = barAt(performance.bars, this.heard());
    const last = Math.min(first + LOOP_BARS, performance.bars.length) - 1;
    this.change({ loop: settings.loop ? null : { first, last } });
  }

  /** Changes how the song is heard, at once and for the next time. */
  change(changed: Partial<PlayerSettings>): void {
    const before = this.store.getState().settings;
    const settings = { ...before, ...changed };
    this.store.setState({ settings });
    this.#memory.change(changed);
    if (changed.output !== undefined) void this.#attempt(() => this.#outputs.changeDevice());
    if (changed.sound !== undefined && changed.sound !== before.sound) void this.#changeSound();
    this.#music.sendSettings();
    if (changed.loop !== undefined) this.#enterLoop();
  }

  /** Saves at once what is to be remembered: there may be no later. */
  async flush(): Promise<void> {
    this.#keepPlace();
    await this.#memory.flush();
  }

  async close(): Promise<void> {
    if (this.store.getState().playing) this.#standing = this.heard();
    this.#closed = true;
    clearInterval(this.#keeping);
    clearTimeout(this.#sleeping);
    await this.#loading;
    if (this.store.getState().settings.position !== this.#standing)
      this.#remember({ position: this.#standing });
    await this.#memory.flush();
    await this.#outputs.close();
  }

  /** Makes the audio output ready for what is to be heard. */
  #openOutput(): Promise<Output> {
    const opened = this.#outputs.open(() => {
      this.#music.send();
      if (this.#sounds.opened) this.#putSound(this.#sounds.opened.sound);
    });
    this.#tellStatus();
    return opened.finally(() => this.#tellStatus());
  }

  /** Makes the sound ready that the settings say. */
  async #openSound(): Promise<void> {
    const { sound } = this.store.getState().settings;
    try {
      const opened = this.#sounds.open(sound);
      this.#tellStatus();
      if ((await opened) && this.#sounds.opened) this.#putSound(this.#sounds.opened.sound);
    } catch (error) {
      // What is heard holds; before anything was, the wish.
      const heard = this.#sounds.opened?.name;
      if (heard !== undefined) this.#remember({ sound: heard });
      throw error;
    } finally {
      this.#tellStatus();
    }
  }

  #putSound(sound: OpenSound): void {
    this.#open?.setSound(sound);
    this.#open?.send({ type: 'seek', to: this.#standing });
  }

  #tellStatus(): void {
    const opening = this.#sounds.opening || this.#outputs.opening;
    const ready = this.#open !== null && this.#sounds.opened !== null;
    const status = opening ? 'opening' : ready ? 'ready' : 'idle';
    if (this.store.getState().status !== status) this.store.setState({ status });
  }

  /** Lets the music begin as soon as all of it is there. */
  #begin(): void {
    const { playing, settings, performance } = this.store.getState();
    const output = this.#open;
    const ready = !this.#sounds.opening && this.#sounds.opened?.name === settings.sound;
    if (!playing || this.#begun || this.#closed || performance === null || output === null || !ready) return;
    let start = this.#from ?? startFrom(performance, settings, this.#standing);
    const bar = barAt(performance.bars, start);
    const countIn = settings.countIn ? countInto(performance.bars, bar) : [];
    if (settings.countIn) start = barStart(performance.bars, bar);
    this.#begun = true;
    this.#from = undefined;
    this.#moving = false;
    this.#standing = start;
    output.send({ type: 'play', from: start, countIn });
  }

  /** Lets nothing sound, whatever is wanted. */
  #halt(): void {
    this.#standing = this.heard();
    this.#moving = false;
    this.#begun = false;
    this.#open?.send({ type: 'pause' });
  }

  async #changeSound(): Promise<void> {
    if (this.#open === null && !this.#outputs.opening) return;
    this.#halt();
    await this.#attempt(async () => {
      await this.#openSound();
      this.#begin();
    });
  }

  /** Music beyond the end of a new loop goes on at its beginning. */
  #enterLoop(): void {
    const { performance, settings, playing } = this.store.getState();
    const loop = performance && loopOf(performance, settings);
    if (playing && loop && this.heard() >= loop.to) this.seek(loop.from);
  }

  #follow({ playing, waiting }: { playing: boolean; waiting: boolean }): void {
    if (playing && this.#begun) this.#moving = true;
    if (waiting !== this.store.getState().waiting) this.store.setState({ waiting });
  }

  #ended(): void {
    this.#standing = 0;
    this.#moving = false;
    this.#begun = false;
    this.#open?.send({ type: 'seek', to: 0 });
    this.store.setState({ playing: false, waiting: false });
    this.change({ position: 0 });
  }

  #sleepLater(isSilent: boolean): void {
    clearTimeout(this.#sleeping);
    if (!isSilent || this.#closed) return;
    // A device that cannot be let go stays: nothing is heard of it.
    this.#sleeping = setTimeout(() => this.#open?.sleep().catch(() => undefined), SLEEP_AFTER);
  }

  #keepPlace(): void {
    if (this.moving) this.#remember({ position: this.heard() });
  }

  /** Keeps what is so already. */
  #remember(settings: Partial<PlayerSettings>): void {
    this.store.setState((state) => ({ settings: { ...state.settings, ...settings } }));
    this.#memory.change(settings);
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (this.#closed) return;
    this.#halt();
    this.store.setState({ failure: toErrorReport(error), playing: false, waiting: false });
  }
}
