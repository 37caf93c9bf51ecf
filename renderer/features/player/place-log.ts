import type { Place } from './sound/messages.ts';

/** Reports kept: more than a second of them. */
const KEPT = 64;

/** Seconds of sound that a report may speak for: what the audio thread has not come to, nobody has heard. */
const REACH = 0.3;

/** Where the music was and will be, from the reports of the audio thread. */
export class PlaceLog {
  #places: Place[] = [];

  add(place: Place): void {
    this.#places.push(place);
    if (this.#places.length > KEPT) this.#places.shift();
  }

  /** Seconds of the recording at a time of the audio context: also of a moment ago, which is what is heard now. */
  at(contextTime: number): number {
    const place = this.#places.findLast((each) => each.contextTime <= contextTime) ?? this.#places[0];
    if (!place) return 0;
    const since = Math.min(REACH, Math.max(0, contextTime - place.contextTime));
    return place.position + since * place.speed;
  }
}
