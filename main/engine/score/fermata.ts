import { DIVISIONS, type Measure, type Part, type ScoreEvent } from './score.ts';

/** A last chord at least this long (a half note) is held. */
const HELD = DIVISIONS * 2;

/**
 * Sets fermatas, in place, over the last chord of a piece where every staff comes to rest on it: it reaches the final
 * bar line and nothing is struck after it.
 */
export function setFermatas(parts: readonly Part[]): void {
  const lasts = parts.flatMap(({ measures }) => lastEvents(measures[measures.length - 1]!));
  const chords = lasts.filter((event) => event.kind === 'chord');
  if (chords.length === 0) return;
  const earliest = Math.min(...chords.map((event) => event.at));
  const latest = Math.max(...chords.map((event) => event.at));
  const { length } = parts[0]!.measures[parts[0]!.measures.length - 1]!;
  if (earliest !== latest || length - latest < HELD) return;
  for (const event of lasts) {
    if (event.kind === 'gap') continue;
    // A staff that is silent rests as long; one that rests in pieces would need a sign it cannot place.
    if (event.kind === 'chord' || event.wholeMeasure || event.at === latest) event.fermata = true;
  }
}

function lastEvents({ voices }: Measure): ScoreEvent[] {
  return voices.map(({ events }) => events[events.length - 1]!);
}
