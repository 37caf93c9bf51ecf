import type { Corrected, Correction } from '../../contract/corrections.ts';
import { SongleafError } from '../../contract/errors.ts';
import type { HeardMelody } from '../analysis/melody-listener.ts';
import type { Engine } from '../engine.ts';
import type { Library } from '../library/library.ts';
import type { Evidence } from '../transcription/evidence.ts';
import { gatherStages } from '../transcription/evidence-stages.ts';
import { stagesIn } from '../work.ts';
import { type Hearing, makeCorrection } from './make-correction.ts';

/** What was heard of the last song is kept so long, so that one correction after another is quick. */
const KEEP_MS = 60_000;

/** Corrects analyses of the library one after another, and takes corrections back. */
export class CorrectionDesk {
  readonly #engine: Engine;
  readonly #library: Library;
  readonly #now: () => number;
  #kept: { songId: string; hearing: Hearing } | null = null;
  #forget: NodeJS.Timeout | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(engine: Engine, library: Library, now: () => number) {
    this.#engine = engine;
    this.#library = library;
    this.#now = now;
  }

  /** The song's analysis with what can be taken back; null where it has none. */
  read(songId: string): Corrected | null {
    const stored = this.#library.analyses.get(songId);
    if (!stored) return null;
    return {
      analysis: stored.analysis,
      edited: stored.edited,
      ...this.#library.corrections.peek(songId),
    };
  }

  /** @throws SongleafError `analysis-invalid` where the song has none, `bad-request` */
  async correct(songId: string, correction: Correction): Promise<Corrected> {
    return await this.#inTurn(async () => {
      const { analysis } = this.#get(songId);
      const corrected = await makeCorrection(analysis, correction, () => this.#hearing(songId));
      this.#library.corrections.add(corrected, correction, this.#now());
      return this.#get(songId);
    });
  }

  async undo(songId: string): Promise<Corrected> {
    return await this.#inTurn(async () => {
      this.#library.corrections.undo(songId, this.#now());
      return this.#get(songId);
    });
  }

  async redo(songId: string): Promise<Corrected> {
    return await this.#inTurn(async () => {
      this.#library.corrections.redo(songId, this.#now());
      return this.#get(songId);
    });
  }

  /** Lets go of what is kept. */
  close(): void {
    clearTimeout(this.#forget);
    this.#kept = null;
  }

  #get(songId: string): Corrected {
    const corrected = this.read(songId);
    if (corrected) return corrected;
    throw new SongleafError(
      'analysis-invalid',
      'This song has not been analysed yet, so there is nothing to correct.',
      'Ask for a first take, which analyses it.',
    );
  }

  /** Two corrections at once would both start from the same analysis, and one be lost. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  #hearing(songId: string): Hearing | null {
    clearTimeout(this.#forget);
    this.#forget = setTimeout(() => this.close(), KEEP_MS).unref();
    if (this.#kept?.songId === songId) return this.#kept.hearing;
    this.#kept = null;
    const { evidence, missing } = gatherStages(stagesIn(this.#library, songId, this.#now), 'auto');
    // Without a voice plane there is still the rest; without notes or chords too much would be guessed.
    if (missing.some((stage) => stage !== 'voice')) return null;
    const hearing: Hearing = {
      evidence,
      listenForMelody: remember(() => this.#listen(evidence)),
      findChords: (grid) => this.#engine.findChords(evidence, grid),
    };
    this.#kept = { songId, hearing };
    return hearing;
  }

  async #listen(evidence: Evidence): Promise<HeardMelody> {
    return await this.#engine.listenForMelody(evidence);
  }
}

function remember<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | null = null;
  return () => {
    result ??= work().catch((error: unknown) => {
      result = null;
      throw error;
    });
    return result;
  };
}
