import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTransport } from '../../state/use-transport.tsx';
import type { Playhead } from './playhead.ts';

/** The song's recording, to be heard while its timeline is looked at. */
export class Recording implements Playhead {
  readonly #url: string;
  #failed = false;
  /** Whether sound is heard, and not only on its way. */
  #moving = false;
  #audio: HTMLAudioElement | null = null;
  #at: number | null = null;
  readonly #frames = new Set<() => void>();
  readonly #changes = new Set<() => void>();
  #running = 0;

  constructor(url: string) {
    this.#url = url;
  }

  /** False where the recording turned out to be gone or unreadable. */
  get available(): boolean {
    return !this.#failed;
  }

  get playing(): boolean {
    return this.#audio !== null && !this.#audio.paused;
  }

  /** Whether sound is heard: a recording is unpacked the first time, which takes a moment. */
  get moving(): boolean {
    return this.playing && this.#moving;
  }

  get seconds(): number | null {
    return this.playing ? this.#audio!.currentTime : this.#at;
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  play(from = this.#at ?? 0): void {
    if (this.#audio === null) {
      this.#audio = new Audio();
      // The app's own scheme is another origin.
      this.#audio.crossOrigin = 'anonymous';
      this.#audio.src = this.#url;
      for (const event of ['play', 'pause', 'ended', 'playing', 'waiting'] as const) {
        this.#audio.addEventListener(event, () => {
          this.#moving = event === 'playing';
          this.#tell();
        });
      }
      this.#audio.addEventListener('error', () => {
        this.#failed = true;
        this.#tell();
      });
    }
    this.#at = from;
    this.#audio.currentTime = from;
    // Rejected where it is paused before it began, or cannot be read; the events tell of both.
    this.#audio.play().catch(() => this.#tell());
  }

  pause(): void {
    if (this.#audio === null) return;
    this.#at = this.#audio.currentTime;
    this.#audio.pause();
  }

  seek(seconds: number): void {
    this.#at = Math.max(0, seconds);
    if (this.#audio !== null) this.#audio.currentTime = this.#at;
    this.#draw();
  }

  follow(listener: () => void): () => void {
    this.#frames.add(listener);
    return () => this.#frames.delete(listener);
  }

  /** Calls back when playing starts or ends. */
  onChange = (listener: () => void): (() => void) => {
    this.#changes.add(listener);
    return () => this.#changes.delete(listener);
  };

  close(): void {
    cancelAnimationFrame(this.#running);
    this.#audio?.pause();
    this.#audio?.removeAttribute('src');
    this.#audio = null;
  }

  #tell(): void {
    cancelAnimationFrame(this.#running);
    if (this.playing) this.#run();
    else this.#draw();
    for (const listener of this.#changes) listener();
  }

  #run(): void {
    this.#draw();
    this.#running = requestAnimationFrame(() => this.#run());
  }

  #draw(): void {
    for (const listener of this.#frames) listener();
  }
}

/** The recording of a song, silent again when the view is left. */
export function useRecording(songId: string): Recording {
  const transport = useTransport();
  const [recording] = useState(
    () => new Recording(transport.mediaUrl({ kind: 'song', songId, sound: 'record' })),
  );
  useEffect(() => () => recording.close(), [recording]);
  return recording;
}

export function usePlaying(recording: Recording): boolean {
  return useSyncExternalStore(recording.onChange, () => recording.playing);
}

/** Whether sound is heard; see `Recording.moving`. */
export function useMoving(recording: Recording): boolean {
  return useSyncExternalStore(recording.onChange, () => recording.moving);
}

/** Whether the recording can be heard; see `Recording.available`. */
export function useAvailable(recording: Recording): boolean {
  return useSyncExternalStore(recording.onChange, () => recording.available);
}
