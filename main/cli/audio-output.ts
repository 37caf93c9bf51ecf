import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Analysis } from '../contract/analysis.ts';
import type { Arrangement } from '../contract/arrangement.ts';
import { type AudioFormat, type AudioMix, audioFormatSchema } from '../contract/audio.ts';
import { SongleafError } from '../contract/errors.ts';
import type { TakeFormat } from '../contract/export.ts';
import { endingOf } from '../contract/export-names.ts';
import type { Beside } from '../engine/audio-out/export-audio.ts';
import type { Engine, WorkTools } from '../engine/engine.ts';
import { guardWriting } from '../engine/guard-writing.ts';
import { transpose } from '../engine/score/transpose.ts';
import type { GivenStems } from '../engine/separation/given-stems.ts';
import { type FileFormat, fileFormats } from './formats.ts';
import type { OutputFiles } from './output-files.ts';

/** Parts what is written at once from what has to be played. */
export function splitFormats(formats: readonly TakeFormat[]): {
  written: FileFormat[];
  played: AudioFormat[];
} {
  return {
    written: fileFormats.filter((format) => formats.includes(format)),
    played: formats.flatMap((format) => audioFormatSchema.safeParse(format).data ?? []),
  };
}

/**
 * Refuses to mix a transposed take with what keeps its own key.
 * @throws SongleafError `bad-request`
 */
export function checkMix(formats: readonly TakeFormat[], mix: AudioMix, semitones: number): void {
  if (semitones === 0 || mix === 'piano' || splitFormats(formats).played.length === 0) return;
  throw new SongleafError(
    'bad-request',
    'A transposed take does not go with the recording, which stays in its key.',
    'Leave out --transpose, or take --mix piano.',
  );
}

/** Where the recording is, and stems of it where they are at hand. */
export interface PlayedSong {
  file: string;
  stems?: GivenStems;
}

/** Plays takes of one song into sound files: NAME.wav, or NAME.record.wav where more than the piano sounds. */
export class AudioOutput {
  readonly #engine: Engine;
  readonly #files: OutputFiles;
  readonly #song: PlayedSong;
  readonly #mix: AudioMix;
  readonly #transpose: number;
  #temporary: string | null = null;

  /** @param semitones that takes are played higher (`checkMix`) */
  constructor(engine: Engine, files: OutputFiles, song: PlayedSong, mix: AudioMix, semitones: number) {
    this.#engine = engine;
    this.#files = files;
    this.#song = song;
    this.#mix = mix;
    this.#transpose = semitones;
  }

  /** Throws like `Engine.play` and `Engine.separate`. */
  async write(
    name: string,
    formats: readonly AudioFormat[],
    arrangement: Arrangement,
    analysis: Analysis,
    tools: WorkTools,
  ): Promise<void> {
    for (const format of formats) {
      const beside = await this.#beside(tools);
      await this.#files.place(`${name}${endingOf(format, this.#mix)}`, (target) =>
        this.#engine.play(
          transpose(arrangement, this.#transpose),
          analysis,
          beside,
          { target, format },
          tools,
        ),
      );
    }
  }

  /** Removes what was only made to be mixed. */
  async close(): Promise<void> {
    if (this.#temporary !== null) await rm(this.#temporary, { recursive: true, force: true });
  }

  async #beside(tools: WorkTools): Promise<Beside> {
    const { file } = this.#song;
    if (this.#mix !== 'vocals') return this.#mix === 'piano' ? { mix: 'piano' } : { mix: 'record', file };
    this.#song.stems ??= await this.#separate(file, tools);
    return { mix: 'vocals', file, stems: this.#song.stems };
  }

  async #separate(file: string, tools: WorkTools): Promise<GivenStems> {
    const prefix = path.join(this.#files.folder, '.stems-');
    this.#temporary = await guardWriting(prefix, () => mkdtemp(prefix));
    const targets = {
      vocals: path.join(this.#temporary, 'vocals.flac'),
      accompaniment: path.join(this.#temporary, 'accompaniment.flac'),
    };
    // The stages before this are over, and progress never goes back.
    await this.#engine.separate(file, targets, tools.signal ? { signal: tools.signal } : {});
    return { vocals: targets.vocals };
  }
}
