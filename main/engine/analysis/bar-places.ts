/** A metre that the search knows: beats of a bar, and the log-probability of one of its bars against one of four beats. */
export interface MetreChoice {
  beats: number;
  prior: number;
}

/** A beat's place in a bar of some metre. */
export interface BarPlace {
  /** Index of the metre. */
  metre: number;
  beats: number;
  prior: number;
  /** 1 = downbeat. */
  position: number;
}

/** Every place of every metre, bar by bar. */
export function listPlaces(metres: readonly MetreChoice[]): BarPlace[] {
  return metres.flatMap(({ beats, prior }, metre) =>
    Array.from({ length: beats }, (_, i) => ({ metre, beats, prior, position: i + 1 })),
  );
}
