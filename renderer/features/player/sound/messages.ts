/** A note as it sounds, in seconds of the recording. */
export interface PlayedNote {
  start: number;
  end: number;
  pitch: number;
  velocity: number;
}

/** A click of the metronome, in seconds of the recording. */
export interface Click {
  at: number;
  /** The first beat of a bar. */
  strong: boolean;
}

/** Factors of the parts. */
export interface Gains {
  record: number;
  piano: number;
  click: number;
}

/** What the window tells the sound. Times are seconds of the recording. */
export type ToSound =
  | { type: 'piano'; font: ArrayBuffer }
  | { type: 'record'; frames: number }
  | { type: 'chunk'; chunk: number; samples: Int16Array }
  | { type: 'take'; notes: readonly PlayedNote[]; cents: number; beats: readonly Click[] }
  | { type: 'gains'; gains: Gains }
  | { type: 'speed'; speed: number }
  /** How many semitones higher the recording is to be heard. */
  | { type: 'pitch'; semitones: number }
  | { type: 'loop'; loop: { from: number; to: number } | null }
  /** From a place on, after clicks that count it in. */
  | { type: 'play'; from: number; countIn: readonly Click[] }
  | { type: 'pause' }
  | { type: 'seek'; to: number };

/** Where the music is: at `contextTime` of the audio context it is at `position`, and goes on at `speed`. */
export interface Place {
  contextTime: number;
  position: number;
  /** 0: it stands. */
  speed: number;
}

export type FromSound =
  | { type: 'ready' }
  | { type: 'failed'; reason: string }
  | { type: 'place'; place: Place; playing: boolean; waiting: boolean }
  /** Chunks of the recording that are needed, the most urgent first. */
  | { type: 'need'; chunks: readonly number[] }
  | { type: 'ended' };
