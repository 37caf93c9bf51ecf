import { createStore, type StoreApi } from 'zustand/vanilla';
import { type ErrorReport, toErrorReport } from '../../../main/contract/errors.ts';
import {
  type Levels,
  type Performance,
  type PlayerSettings,
  playerSettingsSchema,
} from '../../../main/contract/performance.ts';
import { AudioOutput } from './audio-output.ts';
import { balance } from './balance.ts';
import { barAt, barStart, beatsOf, countInto } from './bar-times.ts';
import { findOutput } from './output-devices.ts';
import type { SoundSource } from './sound-source.ts';
import { type HeardBars, joinTake, loopOf, raise, startFrom } from './what-to-play.ts';

export interface PlayerState {
  /** `idle` until something is to be played; `opening` while sound is made ready. */
  status: 'idle' | 'opening' | 'ready';
  failure: ErrorReport | null;
  /** What a person wants; the music may still be on its way. */
  playing: boolean;
  /** Whether the music waits for sound that is being read. */
  waiting: boolean;
  /** Null where there are neither bars nor notes yet. Without a take it has no notes. */
  performance: Performance | null;
  settings: PlayerSettings;
}

/** Bars of a loop before anybody says how many. */
const LOOP_BARS = 4;
/** Milliseconds after the last change until it is saved. */
const SAVE_AFTER = 600;

/** Plays one song: its recording or a part of it together with a take, which may change while it plays. */
export class Player {
  readonly store: StoreApi<PlayerState>;
  readonly #songId: string;
  readonly #source: SoundSource;
  #output: Promise<AudioOutput> | null = null;
  #open: AudioOutput | null = null;
  #levels: Levels | null = null;
  #takeId: string | null = null;
  /** The take whose levels are known or asked for; those of the take before hold until then. */
  #measured: string | null = null;
  #take: Performance | null = null;
  /** Bars that hold in place of the take's. */
  #heardBars: HeardBars | null = null;
  /** How many semitones higher everything is played. */
  #semitones = 0;
  /** Whether the recording sounds alone, whatever the settings say. */
  #alone = false;
  /** Where the music stands while it does not move. */
  #standing = 0;
  /** Whether the audio thread has begun to play what was asked for last. */
  #moving = false;
  #saving: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(songId: string, source: SoundSource) {
    this.#songId = songId;
    this.#source = source;
    this.store = createStore<PlayerState>(() => ({
      status: 'idle',
      failure: null,
      playing: false,
      waiting: false,
      performance: null,
      settings: playerSettingsSchema.parse({}),
    }));
    void this.#attempt(async () => {
      const settings = await source.settings(songId);
      this.#standing = settings.position;
      this.store.setState({ settings });
    });
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
    return this.#attempt(async () => {
      this.#takeId = takeId;
      this.#measured = null;
      const take = takeId === null ? null : await this.#source.performance(takeId);
      if (this.#takeId !== takeId) return;
      this.#take = take;
      this.#sendTake();
    });
  }

  /** Plays music that is no take yet in the take's place, as loud as that was. */
  setMusic(take: Performance): void {
    this.#takeId = null;
    this.#take = take;
    this.#sendTake();
  }

  /** Counts these bars from now on rather than the take's; null: the take's again. */
  setBars(heard: HeardBars | null): void {
    this.#heardBars = heard;
    this.#sendTake();
  }

  /** Plays the recording and the piano so many semitones higher. */
  setPitch(semitones: number): void {
    if (semitones === this.#semitones) return;
    this.#semitones = semitones;
    this.#open?.send({ type: 'pitch', semitones });
    this.#sendTake();
  }

  /** Lets the recording sound alone, without piano and clicks, or no longer. */
  setAlone(alone: boolean): void {
    this.#alone = alone;
    this.#sendSettings();
  }

  /** @param from seconds of the recording; where it stands where left out */
  play(from?: number): Promise<void> {
    this.store.setState({ playing: true, failure: null });
    return this.#attempt(async () => {
      const output = await this.#ensureOutput();
      await output.wake();
      const { playing, settings, performance } = this.store.getState();
      if (!playing || !performance) return;
      let start = from ?? startFrom(performance, settings, this.#standing);
      const bar = barAt(performance.bars, start);
      const countIn = settings.countIn ? countInto(performance.bars, bar) : [];
      if (settings.countIn) start = barStart(performance.bars, bar);
      this.#moving = false;
      this.#standing = start;
      output.send({ type: 'play', from: start, countIn });
    });
  }

  pause(): void {
    this.#standing = this.heard();
    this.#moving = false;
    this.#open?.send({ type: 'pause' });
    // What was on its way to the loudspeaker has been heard beyond the place that is shown.
    this.#open?.send({ type: 'seek', to: this.#standing });
    this.store.setState({ playing: false, waiting: false });
    this.change({ position: this.#standing });
  }

  toggle(): void {
    if (this.store.getState().playing) this.pause();
    else void this.play();
  }

  /** Goes to a place, playing or not. */
  seek(seconds: number): void {
    const { performance, playing } = this.store.getState();
    this.#standing = Math.min(Math.max(0, seconds), performance?.seconds ?? seconds);
    this.#open?.send({ type: 'seek', to: this.#standing });
    if (!playing) this.change({ position: this.#standing });
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
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => void this.#save(), SAVE_AFTER);
    if (changed.output !== undefined) void this.#changeDevice();
    if (changed.sound !== undefined && changed.sound !== before.sound) void this.#changeSound();
    else this.#sendSettings();
  }

  async close(): Promise<void> {
    if (this.store.getState().playing) this.#standing = this.heard();
    this.#closed = true;
    clearTimeout(this.#saving);
    this.store.setState((state) => ({ settings: { ...state.settings, position: this.#standing } }));
    await this.#save();
    await (await this.#output?.catch(() => null))?.close();
  }

  #ensureOutput(): Promise<AudioOutput> {
    this.#output ??= this.#openOutput().catch((error: unknown) => {
      this.#output = null;
      this.store.setState({ status: 'idle' });
      throw error;
    });
    return this.#output;
  }

  async #openOutput(): Promise<AudioOutput> {
    this.store.setState({ status: 'opening' });
    const { settings } = this.store.getState();
    const [font, sound, device] = await Promise.all([
      this.#source.piano(),
      this.#source.open(this.#songId, settings.sound),
      findOutput(settings.output),
    ]);
    const output = await AudioOutput.open(font, device, {
      onState: (state) => this.#follow(state),
      onEnded: () => this.#ended(),
      onFailure: (error) => this.#fail(error),
    });
    if (this.#closed) {
      await output.close();
      throw new Error('closed');
    }
    output.setSound(sound);
    output.send({ type: 'pitch', semitones: this.#semitones });
    output.send({ type: 'seek', to: this.#standing });
    this.#open = output;
    this.store.setState({ status: 'ready' });
    this.#sendTake();
    this.#sendSettings();
    return output;
  }

  async #changeSound(): Promise<void> {
    if (this.#open === null) return;
    const { playing, settings } = this.store.getState();
    if (playing) this.pause();
    this.store.setState({ status: 'opening' });
    await this.#attempt(async () => {
      const sound = await this.#source.open(this.#songId, settings.sound);
      // Changed again meanwhile.
      if (this.store.getState().settings.sound !== settings.sound) return;
      this.#open?.setSound(sound);
      this.#open?.send({ type: 'seek', to: this.#standing });
    });
    this.store.setState({ status: 'ready' });
    if (playing && this.store.getState().failure === null) await this.play();
  }

  async #changeDevice(): Promise<void> {
    await this.#attempt(async () => {
      await this.#open?.setDevice(await findOutput(this.store.getState().settings.output));
    });
  }

  #sendTake(): void {
    const takeId = this.#takeId;
    const performance = joinTake(this.#take, this.#heardBars);
    this.store.setState({ performance });
    if (this.#open === null || performance === null) return;
    const { cents, bars } = performance;
    const notes = raise(performance.notes, this.#semitones);
    this.#open.send({ type: 'take', notes, cents, beats: beatsOf(bars) });
    this.#sendSettings();
    if (takeId === null || this.#measured === takeId) return;
    this.#measured = takeId;
    void this.#attempt(async () => {
      const levels = await this.#source.levels(takeId);
      if (this.#takeId !== takeId) return;
      this.#levels = levels;
      this.#sendSettings();
    });
  }

  #sendSettings(): void {
    const { settings, performance } = this.store.getState();
    if (this.#open === null || performance === null) return;
    const { mix, metronome, speed } = settings;
    // Without a take there is nothing to mix.
    const alone = this.#alone || performance.notes.length === 0;
    const gains = balance(this.#levels, alone ? 0 : mix, metronome && !this.#alone);
    this.#open.send({ type: 'gains', gains });
    this.#open.send({ type: 'speed', speed });
    this.#open.send({ type: 'loop', loop: loopOf(performance, settings) });
  }

  #follow({ playing, waiting }: { playing: boolean; waiting: boolean }): void {
    if (playing && this.store.getState().playing) this.#moving = true;
    if (waiting !== this.store.getState().waiting) this.store.setState({ waiting });
  }

  #ended(): void {
    this.#standing = 0;
    this.#moving = false;
    this.#open?.send({ type: 'seek', to: 0 });
    this.store.setState({ playing: false, waiting: false });
    this.change({ position: 0 });
  }

  async #save(): Promise<void> {
    try {
      await this.#source.saveSettings(this.#songId, this.store.getState().settings);
    } catch {
      // Where it cannot be kept it holds for as long as the song is open.
    }
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
    this.#standing = this.heard();
    this.#moving = false;
    this.#open?.send({ type: 'pause' });
    this.store.setState({ failure: toErrorReport(error), playing: false, waiting: false });
  }
}
