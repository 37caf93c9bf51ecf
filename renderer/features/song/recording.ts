import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTransport } from '../../state/use-transport.tsx';
import type { Transport } from '../../transport/transport.ts';
import type { Playhead } from './playhead.ts';

/** The song's recording, to be heard while its timeline is looked at. */
export class Recording implements Playhead {
  readonly #url: string | null;
  #audio: HTMLAudioElement | null = null;
  #at: number | null = null;
  readonly #frames = new Set<() => void>();
  readonly #changes = new Set<() => void>();
  #running = 0;

  constructor(url: string | null) {
    this.#url = url;
  }

  /** Whether there is anything to be heard. */
  get available(): boolean {
    return this.#url !== null;
  }

  get playing(): boolean {
    return this.#audio !== null && !this.#audio.paused;
  }

  get seconds(): number | null {
    return this.playing ? this.#audio!.currentTime : this.#at;
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  play(from = this.#at ?? 0): void {
    if (this.#url === null) return;
    if (this.#audio === null) {
      this.#audio = new Audio(this.#url);
      for (const event of ['play', 'pause', 'ended', 'error']) {
        this.#audio.addEventListener(event, () => this.#tell());
      }
    }
    this.#at = from;
    this.#audio.currentTime = from;
    // Refused where the recording cannot be read; the event `error` tells of it.
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
  const [recording] = useState(() => new Recording(recordUrl(transport, songId)));
  useEffect(() => () => recording.close(), [recording]);
  return recording;
}

export function usePlaying(recording: Recording): boolean {
  return useSyncExternalStore(recording.onChange, () => recording.playing);
}

function recordUrl(transport: Transport, songId: string): string | null {
  const { mediaUrl } = transport as {
    mediaUrl?: (media: { kind: 'song'; songId: string; sound: 'record' }) => string;
  };
  return mediaUrl?.({ kind: 'song', songId, sound: 'record' }) ?? null;
}
