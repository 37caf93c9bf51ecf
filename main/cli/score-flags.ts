import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Arrangement } from '../contract/arrangement.ts';
import { nameKey } from '../contract/pitch-names.ts';
import { type ScoreOptions, scoreOptionsSchema } from '../contract/score-options.ts';
import { easierTransposition } from '../engine/score/transpose.ts';

/** Flags that say how a take is put on paper; named as in `ScoreOptions`. */
export type ScoreFlags = Partial<ScoreOptions>;

function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value)) return value;
  throw new InvalidArgumentError('It has to be a whole number.');
}

/** Adds the flags of `ScoreFlags` to a command. */
export function addScoreFlags(command: Command): Command {
  const { shape } = scoreOptionsSchema;
  const number = (flags: string, text: string, schema: { safeParse(value: unknown): { success: boolean } }) =>
    new Option(flags, text).argParser((given) => {
      const value = wholeNumber(given);
      if (schema.safeParse(value).success) return value;
      throw new InvalidArgumentError(`${value} is out of range.`);
    });
  return command
    .addOption(
      number(
        '--transpose <n>',
        'semitones up or (-n) down, for score, MIDI and the piano alone',
        shape.transpose,
      ),
    )
    .option('--lead-sheet', 'the melody with chord symbols on a staff of its own above the piano, too')
    .option('--lead-sheet-alone', 'that staff alone, without the piano')
    .option('--repeats', 'repeat signs and endings where sections are the same to the note')
    .option('--pedal', 'pedal lines that change with the harmony')
    .option('--no-dynamics', "no dynamics from the recording's loudness")
    .option('--fingering', 'fingers where a hand takes a new position')
    .option('--large-print', 'larger staves')
    .addOption(number('--bars-per-system <n>', 'bars a line, as a hint; 0 for none', shape.barsPerSystem));
}

/** The options among a command's flags, with defaults for those that were not given. */
export function readScoreFlags(flags: ScoreFlags): ScoreOptions {
  const names = Object.keys(scoreOptionsSchema.shape) as (keyof ScoreOptions)[];
  const given = names.filter((name) => flags[name] !== undefined).map((name) => [name, flags[name]]);
  return scoreOptionsSchema.parse(Object.fromEntries(given));
}

/** A sentence that offers an easier key for a take of level easy; null where there is nothing to offer. */
export function offerTransposition(arrangement: Arrangement, { transpose }: ScoreOptions): string | null {
  if (arrangement.settings.level !== 'easy' || transpose !== 0) return null;
  const semitones = easierTransposition(arrangement.keys);
  if (semitones === 0) return null;
  const [{ tonic, mode }] = arrangement.keys;
  const key = nameKey({ tonic: (tonic + semitones + 12) % 12, mode });
  return `easier to read in ${key}: --transpose ${semitones}`;
}
