import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  type ArrangeSettings,
  arrangeSettingsSchema,
  type BarSpan,
  type Level,
  levelSchema,
  type MelodyMode,
  type ModelName,
  melodyModeSchema,
  modelNames,
  type Roll,
  type Style,
  type Texture,
  textureSchema,
} from '../contract/arrangement.ts';
import { addStyleFlags, type StyleFlags } from './style-flags.ts';

/** Flags that say what a take is to be like. Bars are counted from 1, as a score prints them. */
export interface TakeFlags extends Texture, StyleFlags {
  model: ModelName;
  melody: MelodyMode;
  level: Level;
  bars?: BarSpan;
  roll?: Roll[];
}

const { shape } = arrangeSettingsSchema;
const textures = {
  density: 'notes a beat, from far fewer (-2) to far more (2) than usual',
  register: 'how high the accompaniment lies, from -2 to 2',
  drive: 'onsets a beat, from -2 to 2',
  closeness: "how near to the recording's own notes, from -2 to 2",
  freedom: 'how much chance has a say, from 0 to 1',
} as const satisfies Record<keyof Texture, string>;

/** Adds the flags of `TakeFlags` to a command. */
export function addTakeFlags(command: Command): Command {
  command
    .addOption(
      new Option(
        '--model <name>',
        'what arranges: a network that learned from pianists, one that writes two bars at a time in a texture, the notes heard thinned to two hands, or the chords alone',
      )
        .choices(modelNames)
        .default(shape.model.parse(undefined)),
    )
    .addOption(
      new Option('--melody <how>', 'on top of the piano, left out to sing over, or on its own staff')
        .choices(melodyModeSchema.options)
        .default(shape.melody.parse(undefined)),
    )
    .addOption(
      new Option('--level <name>', 'how much there is to play')
        .choices(levelSchema.options)
        .default(shape.level.parse(undefined)),
    );
  for (const [name, text] of Object.entries(textures)) {
    const schema = textureSchema.shape[name as keyof Texture];
    command.addOption(
      new Option(`--${name} <n>`, text).argParser((given) => {
        const value = schema.safeParse(given.trim() === '' ? Number.NaN : Number(given));
        if (value.success) return value.data;
        throw new InvalidArgumentError(`${given} is out of range: ${text}.`);
      }),
    );
  }
  return addStyleFlags(command)
    .option('--bars <from-to>', 'arrange these bars alone', readSpan)
    .option(
      '--roll <from-to:seed>',
      'write these bars again with another seed, the rest as without; may come several times',
      (text: string, before: Roll[] = []) => [...before, readRoll(text)],
    );
}

function readSpan(text: string): BarSpan {
  const match = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(text.trim());
  const first = Number(match?.[1]);
  const last = Number(match?.[2] ?? match?.[1]);
  if (match && first >= 1 && last >= first) return { first: first - 1, last: last - 1 };
  throw new InvalidArgumentError(`“${text}” names no bars; it has to be like 5-8, counted from 1.`);
}

function readRoll(text: string): Roll {
  const [bars, seed = '', ...rest] = text.split(':');
  const { first, last } = readSpan(bars);
  const roll = { bars: Array.from({ length: last - first + 1 }, (_, i) => first + i), seed: Number(seed) };
  const checked = shape.rolls.unwrap().element.safeParse(roll);
  if (checked.success && seed.trim() !== '' && rest.length === 0) return checked.data;
  throw new InvalidArgumentError(`“${text}” has to be like 5-8:3, bars and the seed to write them with.`);
}

/**
 * The settings that the flags ask for.
 * @param style of `readStyle`
 */
export function readTakeFlags(flags: TakeFlags, seed: number, style: Style | null): ArrangeSettings {
  const { model, melody, level, joins, bars, roll } = flags;
  const names = Object.keys(textures) as (keyof Texture)[];
  const texture = Object.fromEntries(
    names.filter((name) => flags[name] !== undefined).map((name) => [name, flags[name]]),
  );
  return arrangeSettingsSchema.parse({
    ...{ model, melody, level, seed },
    ...(Object.keys(texture).length > 0 ? { texture } : {}),
    ...(style ? { style } : {}),
    ...(joins ? { joins } : {}),
    ...(bars ? { passage: bars } : {}),
    ...(roll ? { rolls: roll } : {}),
  });
}
