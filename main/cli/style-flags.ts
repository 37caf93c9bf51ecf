import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Joins, joinsSchema, MAX_SEED, type MorphEnd, type Style } from '../contract/arrangement.ts';
import { SongleafError } from '../contract/errors.ts';
import { cutTexture } from '../engine/arranger/a2s/cut-texture.ts';
import { usualFreedom } from '../engine/arranger/usual-freedom.ts';
import { importMusic } from '../engine/score/import/import-music.ts';
import { readScoreFile } from '../engine/score/import/read-score.ts';

/** Flags that say whose texture a take has. */
export interface StyleFlags {
  style?: 'song' | 'chance';
  textureFrom?: string;
  morph?: string[];
  share?: number;
  joins?: Joins;
}

/** Adds the flags of `StyleFlags` to a command. */
export function addStyleFlags(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--style <from>',
        "whose texture: the song's, or one drawn by chance for each section",
      ).choices(['song', 'chance']),
    )
    .option(
      '--texture-from <file>',
      'follow the texture of a MIDI or MusicXML file (--model songleaf or a2s)',
    )
    .option(
      '--morph <takes...>',
      'write between two takes, each the seed of a take with the same flags or a file (--model songleaf or a2s)',
    )
    .option('--share <n>', 'how much of the second of --morph, from 0 to 1; a half where left out', readShare)
    .addOption(
      new Option('--joins <how>', 'how bars are taken from windows of two bars (--model a2s)').choices(
        joinsSchema.options,
      ),
    );
}

function readShare(text: string): number {
  const share = text.trim() === '' ? Number.NaN : Number(text);
  if (share >= 0 && share <= 1) return share;
  throw new InvalidArgumentError(`${text} has to be from 0 to 1.`);
}

/**
 * The texture that the flags ask for; null where they do not ask.
 * @throws SongleafError `bad-request` where flags contradict each other, and what reading the files throws
 */
export async function readStyle(
  flags: StyleFlags & { model: string; freedom?: number | undefined },
): Promise<Style | null> {
  const { style, textureFrom, morph, share, joins, model } = flags;
  const asked = [style === 'chance', textureFrom !== undefined, morph !== undefined].filter(Boolean).length;
  if (asked > 1)
    throw refuse('--style chance, --texture-from and --morph exclude each other.', 'Take one of them.');
  if (share !== undefined && !morph)
    throw refuse('--share goes with --morph.', 'Name two takes with --morph.');
  if ((textureFrom !== undefined || morph) && model !== 'songleaf' && model !== 'a2s') {
    throw refuse(
      `The arranger ${model} knows no --texture-from and --morph.`,
      'Take --model songleaf or a2s with them.',
    );
  }
  if (joins && model !== 'a2s') {
    throw refuse(`The arranger ${model} knows no --joins.`, 'Take --model a2s with it.');
  }
  if (textureFrom !== undefined) return await readTexture(textureFrom);
  if (!morph) return style === 'chance' ? { kind: 'chance' } : null;
  const [from, to, ...more] = morph;
  if (from === undefined || to === undefined || more.length > 0) {
    throw refuse(`--morph needs two takes, not ${morph.length}.`, 'Name them like --morph 2 5.');
  }
  return {
    kind: 'morph',
    from: await readEnd(from, flags),
    to: await readEnd(to, flags),
    share: share ?? 0.5,
  };
}

async function readTexture(file: string): Promise<Extract<Style, { kind: 'score' }>> {
  return { kind: 'score', score: cutTexture(importMusic(await readScoreFile(file), file)) };
}

/** A take by its seed, or the texture of a file. */
async function readEnd(text: string, { freedom }: { freedom?: number | undefined }): Promise<MorphEnd> {
  if (!/^\d{1,10}$/.test(text)) return { seed: 1, freedom: 0, style: await readTexture(text) };
  const seed = Number(text);
  if (seed > MAX_SEED) throw refuse(`${text} is no seed.`, `Seeds go up to ${MAX_SEED}.`);
  const texture = freedom === undefined ? {} : { texture: { freedom } };
  return { seed, freedom: usualFreedom({ seed, ...texture }), style: { kind: 'song' } };
}

function refuse(message: string, hint: string): SongleafError {
  return new SongleafError('bad-request', message, hint);
}
