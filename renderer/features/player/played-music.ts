import type { StoreApi } from 'zustand/vanilla';
import type { Levels, Performance } from '../../../main/contract/performance.ts';
import { balance } from './balance.ts';
import { beatsOf } from './bar-times.ts';
import type { Output } from './output-opener.ts';
import type { PlayerState } from './player-state.ts';
import type { SoundSource } from './sound-source.ts';
import { type HeardBars, joinTake, loopOf, raise } from './what-to-play.ts';

interface Surroundings {
  source: Pick<SoundSource, 'performance' | 'levels'>;
  store: StoreApi<PlayerState>;
  /** The opened output; null where there is none yet. */
  output: () => Output | null;
  /** Runs work and tells of its failure. */
  attempt: (work: () => Promise<void>) => Promise<void>;
  /** There is nothing to be played any more. */
  onGone: () => void;
}

/** What is played: a take or other notes with its bars, how high and how loud. Tells the output of every change. */
export class PlayedMusic {
  readonly #around: Surroundings;
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

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** Another take; null: the recording without one. */
  setTake(takeId: string | null): Promise<void> {
    return this.#around.attempt(async () => {
      this.#takeId = takeId;
      this.#measured = null;
      const take = takeId === null ? null : await this.#around.source.performance(takeId);
      if (this.#takeId !== takeId) return;
      this.#take = take;
      this.#sendTake();
    });
  }

  /** Music that is no take yet in the take's place, as loud as that was. */
  setMusic(take: Performance): void {
    this.#takeId = null;
    this.#take = take;
    this.#sendTake();
  }

  /** Other bars than the take's; null: the take's again. */
  setBars(heard: HeardBars | null): void {
    this.#heardBars = heard;
    this.#sendTake();
  }

  /** Recording and piano so many semitones higher. */
  setPitch(semitones: number): void {
    if (semitones === this.#semitones) return;
    this.#semitones = semitones;
    this.#sendPitch();
    this.#sendTake();
  }

  /** The recording alone, without piano and clicks, or no longer. */
  setAlone(alone: boolean): void {
    this.#alone = alone;
    this.sendSettings();
  }

  /** Tells an output that has just been opened all of it. */
  send(): void {
    this.#sendPitch();
    this.#sendTake();
  }

  /** Tells the output how the settings say that it sounds. */
  sendSettings(): void {
    const { settings, performance } = this.#around.store.getState();
    const output = this.#around.output();
    if (output === null || performance === null) return;
    const { mix, metronome, speed } = settings;
    // Without a take there is nothing to mix.
    const alone = this.#alone || performance.notes.length === 0;
    const gains = balance(this.#levels, alone ? 0 : mix, metronome && !this.#alone);
    output.send({ type: 'gains', gains });
    output.send({ type: 'speed', speed });
    output.send({ type: 'loop', loop: loopOf(performance, settings) });
  }

  #sendPitch(): void {
    this.#around.output()?.send({ type: 'pitch', semitones: this.#semitones });
  }

  #sendTake(): void {
    const { source, store, output, attempt, onGone } = this.#around;
    const takeId = this.#takeId;
    const performance = joinTake(this.#take, this.#heardBars);
    store.setState({ performance });
    if (performance === null) onGone();
    const opened = output();
    if (opened === null || performance === null) return;
    const { cents, bars } = performance;
    const notes = raise(performance.notes, this.#semitones);
    opened.send({ type: 'take', notes, cents, beats: beatsOf(bars) });
    this.sendSettings();
    if (takeId === null || this.#measured === takeId) return;
    this.#measured = takeId;
    void attempt(async () => {
      const levels = await source.levels(takeId);
      if (this.#takeId !== takeId) return;
      this.#levels = levels;
      this.sendSettings();
    });
  }
}
