/** Words over popular piano music and the slowest quarter (or dotted quarter) beats a minute that each stands for. */
const words: readonly (readonly [from: number, word: string])[] = [
  [0, 'Slowly'],
  [72, 'Moderately slow'],
  [92, 'Moderately'],
  [116, 'Moderately fast'],
  [138, 'Fast'],
  [168, 'Very fast'],
];

/** A tempo in words. */
export function tempoWord(bpm: number): string {
  return words.findLast(([from]) => bpm >= from)![1];
}
