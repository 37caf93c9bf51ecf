import type { Chroma } from '../../../main/engine/analysis/chroma.ts';

/** Chroma of a song given as one chord a beat: pitch classes, the bass first. An empty chord is silence. */
export function chromaOf(chords: readonly (readonly number[])[]): Chroma {
  const treble = new Float32Array(chords.length * 12);
  const bass = new Float32Array(chords.length * 12);
  chords.forEach((chord, beat) => {
    for (const pc of chord) treble[beat * 12 + (pc % 12)] = 0.5;
    if (chord.length > 0) bass[beat * 12 + (chord[0] % 12)] = 0.6;
  });
  return { treble, bass };
}

/** Positions of the beats of bars in four. */
export function barsOfFour(beats: number): { position: number; beats: number }[] {
  return Array.from({ length: beats }, (_, i) => ({ position: (i % 4) + 1, beats: 4 }));
}

export function repeat<T>(item: T, times: number): T[] {
  return new Array<T>(times).fill(item);
}
