import { gunzipSync } from 'node:zlib';
import type { Arrangement, ArrangeSettings, TextureScore } from '../../contract/arrangement.ts';
import { SongleafError } from '../../contract/errors.ts';
import type { Take } from '../../contract/library.ts';
import type { Performance } from '../../contract/performance.ts';
import type { Comparison, TakeEdit, TakeMusic, TakePick } from '../../contract/takes.ts';
import { cutTexture } from '../arranger/a2s/cut-texture.ts';
import { type MorphTake, morphSettings } from '../arranger/a2s/morph.ts';
import { describePerformance } from '../audio-out/perform.ts';
import type { Library } from '../library/library.ts';
import { goneAnalysis } from '../media.ts';
import { scoreTogether } from '../outputs.ts';
import { importMusic } from '../score/import/import-music.ts';
import { checkSameBeats, compTakes } from './comp-takes.ts';
import { compareTakes } from './compare-takes.ts';
import { describeTake } from './describe-take.ts';
import { editTake } from './edit-take.ts';

/** What a person does with the takes of a library: compares them, puts passages of them together, mends them. */
export class TakeDesk {
  readonly #library: Library;
  readonly #now: () => number;

  constructor(library: Library, now: () => number) {
    this.#library = library;
    this.#now = now;
  }

  /** @throws SongleafError `bad-request`, `library-corrupt` */
  music(takeId: string): TakeMusic {
    const { takes, takeEdits } = this.#library;
    const isMended = takeEdits.applied(takeId).length > 0;
    return { ...describeTake(takes.getArrangement(takeId), isMended), ...takeEdits.peek(takeId) };
  }

  /** Mends a note. @throws SongleafError `bad-request` where that cannot be, `library-corrupt` */
  edit(takeId: string, edit: TakeEdit): Take {
    const { takes, takeEdits } = this.#library;
    editTake(takes.getArrangement(takeId), edit);
    takeEdits.add(takeId, edit, this.#now());
    return this.#changed(takeId);
  }

  /** @throws SongleafError `bad-request` where there is nothing to take back */
  undo(takeId: string): Take {
    this.#library.takeEdits.undo(takeId);
    return this.#changed(takeId);
  }

  /** @throws SongleafError `bad-request` where nothing was taken back */
  redo(takeId: string): Take {
    this.#library.takeEdits.redo(takeId);
    return this.#changed(takeId);
  }

  /** @throws SongleafError `bad-request`, `analysis-mismatch`, `library-corrupt` */
  compare(takeIds: readonly string[]): Comparison {
    return compareTakes(takeIds.map((takeId) => this.#library.takes.getArrangement(takeId)));
  }

  /**
   * Takes one under the other, as MusicXML.
   * @param transpose semitones up, as all of them are read
   * @throws SongleafError `bad-request`, `analysis-mismatch`, `library-corrupt`
   */
  score(
    takes: readonly { takeId: string; name: string }[],
    transpose: number,
  ): { musicxml: string; staves: number[] } {
    const named = takes.map(({ takeId, name }) => ({
      name,
      arrangement: this.#library.takes.getArrangement(takeId),
    }));
    checkSameBeats(named.map(({ arrangement }) => arrangement));
    return scoreTogether(named, transpose);
  }

  /** @throws SongleafError `bad-request`, `analysis-mismatch`, `analysis-invalid`, `library-corrupt` */
  tryComp(picks: readonly TakePick[]): Performance {
    const arrangement = this.#comp(picks);
    const analysis = this.#library.analyses.get(arrangement.song.hash)?.analysis;
    if (!analysis) throw goneAnalysis(arrangement.song.title);
    return describePerformance(arrangement, analysis);
  }

  /** The texture of a take, to be followed. @throws SongleafError `bad-request`, `library-corrupt` */
  texture(takeId: string): TextureScore {
    return cutTexture(this.#library.takes.getArrangement(takeId));
  }

  /** That of a MIDI or MusicXML file, packed with gzip. @throws SongleafError `score-invalid`, `bad-request` */
  readTexture(name: string, packed: Uint8Array): TextureScore {
    let bytes: Uint8Array;
    try {
      bytes = gunzipSync(packed, { maxOutputLength: LONGEST_SCORE });
    } catch (cause) {
      throw new SongleafError(
        'score-invalid',
        `${name} is too long or damaged.`,
        'Choose a MIDI or MusicXML file.',
        { cause },
      );
    }
    return cutTexture(importMusic(bytes, name));
  }

  /** How a take between two is written. @throws SongleafError `bad-request`, `library-corrupt` */
  morph(from: string, to: string, share: number): { songId: string; settings: ArrangeSettings } {
    const read = (takeId: string): MorphTake => ({
      arrangement: this.#library.takes.getArrangement(takeId),
      byNotes:
        this.#library.takes.get(takeId).origin?.kind === 'comp' ||
        this.#library.takeEdits.applied(takeId).length > 0,
    });
    return {
      songId: this.#library.takes.get(from).songId,
      settings: morphSettings(read(from), read(to), share),
    };
  }

  /** Saves a comp with where its passages come from. @throws SongleafError `bad-request`, `analysis-mismatch`, `library-corrupt` */
  comp(picks: readonly TakePick[]): Take {
    const origin = { kind: 'comp' as const, picks: picks.map((pick) => ({ ...pick })) };
    return this.#library.takes.add(this.#comp(picks), this.#now(), origin);
  }

  #comp(picks: readonly TakePick[]): Arrangement {
    const ids = [...new Set(picks.map(({ takeId }) => takeId))];
    if (ids.length > MOST_SOURCES) {
      throw new SongleafError(
        'bad-request',
        `A take is put together from at most ${MOST_SOURCES} others.`,
        'Choose passages of fewer takes.',
      );
    }
    const arrangements = ids.map((takeId) => this.#library.takes.getArrangement(takeId));
    return compTakes(
      arrangements,
      picks.map(({ takeId, first, last }) => ({ take: ids.indexOf(takeId), first, last })),
    );
  }

  #changed(takeId: string): Take {
    // What was made to listen to is of the music before.
    this.#library.media.remove(takeId);
    return this.#library.takes.get(takeId);
  }
}

/** Bytes of a score; far more than any has. */
const LONGEST_SCORE = 32 * 1024 * 1024;

/** Each has to be read as a whole. */
const MOST_SOURCES = 32;
