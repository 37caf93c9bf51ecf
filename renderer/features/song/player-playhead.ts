import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Player } from '../player/player.ts';
import type { Playhead } from './playhead.ts';

/** The song's player as the timeline has it: a place that moves. */
export class PlayerPlayhead implements Playhead {
  readonly player: Player;
  readonly #frames = new Set<() => void>();
  #running = 0;

  constructor(player: Player) {
    this.player = player;
  }

  get playing(): boolean {
    return this.player.store.getState().playing;
  }

  /** Whether sound is heard: a recording is unpacked the first time, which takes a moment. */
  get moving(): boolean {
    return this.player.moving;
  }

  get seconds(): number {
    return this.player.heard();
  }

  toggle(): void {
    this.player.toggle();
  }

  seek(seconds: number): void {
    this.player.seek(seconds);
    this.#draw();
  }

  follow(listener: () => void): () => void {
    this.#frames.add(listener);
    return () => this.#frames.delete(listener);
  }

  /** Follows the player until what is returned is called. */
  start(): () => void {
    const frame = () => {
      this.#draw();
      this.#running = this.playing ? requestAnimationFrame(frame) : 0;
    };
    const stop = this.player.store.subscribe(() => {
      if (this.#running === 0) frame();
    });
    frame();
    return () => {
      stop();
      cancelAnimationFrame(this.#running);
      this.#running = 0;
    };
  }

  #draw(): void {
    for (const listener of this.#frames) listener();
  }
}

export function usePlayhead(player: Player): PlayerPlayhead {
  const [playhead, setPlayhead] = useState(() => new PlayerPlayhead(player));
  if (playhead.player !== player) setPlayhead(new PlayerPlayhead(player));
  useEffect(() => playhead.start(), [playhead]);
  return playhead;
}

/** Whether sound is heard; see `PlayerPlayhead.moving`. */
export function useMoving(playhead: PlayerPlayhead): boolean {
  return useSyncExternalStore(
    (changed) => playhead.player.store.subscribe(changed),
    () => playhead.moving,
  );
}
