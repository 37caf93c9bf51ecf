/** Where the recording plays. It moves sixty times a second, so that nothing of it is state. */
export interface Playhead {
  /** Null where nothing was played or pointed at yet. */
  readonly seconds: number | null;
  readonly playing: boolean;
  seek(seconds: number): void;
  /** Plays or pauses. */
  toggle(): void;
  /** Calls back for every frame in which it moves. @returns what ends that */
  follow(listener: () => void): () => void;
}
