import { Command, InvalidArgumentError, Option } from 'commander';
import { MAX_SEED } from '../contract/arrangement.ts';
import { audioMixes } from '../contract/audio.ts';
import { DEFAULT_NAMES, takeFormats } from '../contract/export.ts';
import { nameFields } from '../contract/export-names.ts';

import { separateModes } from '../contract/separation.ts';
import { defaultLibraryDir } from '../engine/places.ts';
import { deviceChoices } from '../engine/transcription/devices.ts';
import { ENGINE_VERSION } from '../engine/version.ts';
import type { AnalyseFlags } from './commands/analyse.ts';
import type { ArrangeFlags } from './commands/arrange.ts';
import type { CheckFlags } from './commands/check.ts';
import type { EngraveFlags } from './commands/engrave.ts';
import type { ExportFlags } from './commands/export.ts';
import type { ImportFlags } from './commands/import.ts';
import type { SeparateFlags } from './commands/separate.ts';
import type { ServeFlags } from './commands/serve.ts';
import { engraveFormats } from './formats.ts';
import { addScoreFlags } from './score-flags.ts';
import { addTakeFlags } from './take-flags.ts';

/** Reads a whole number in a range. */
function wholeNumber(min: number, max: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < min || value > max) {
      throw new InvalidArgumentError(`It has to be a whole number from ${min} to ${max}.`);
    }
    return value;
  };
}

/** Reads a comma-separated list of formats. */
function listOf<T extends string>(formats: readonly T[]) {
  return (text: string): T[] =>
    text.split(',').map((name) => {
      const format = formats.find((known) => known === name.trim());
      if (!format) throw new InvalidArgumentError(`${name} is none of ${formats.join(', ')}.`);
      return format;
    });
}

const deviceOption = () =>
  new Option('--device <name>', 'where the networks run').choices(deviceChoices).default('auto');
const separateOption = () =>
  new Option('--separate <when>', 'part the voice from the rest: where one is heard, always, or never')
    .choices(separateModes)
    .default('auto');
const vocalsOption = () => new Option('--vocals <file>', "the song's voice alone, where you have it");
const accompanimentOption = () =>
  new Option(
    '--accompaniment <file>',
    'the song without its voice, where you have it; either stem is enough',
  );
const jsonOption = () => new Option('--json', 'print one line of JSON a song on standard output');
const libraryOption = () =>
  new Option('--library <dir>', 'folder of the library').default(defaultLibraryDir());
const formatOption = () =>
  new Option('--format <list>', `what to write: ${takeFormats.join(', ')}`)
    .argParser(listOf(takeFormats))
    .default(listOf(takeFormats)('musicxml,mid,jams'), 'musicxml,mid,jams');
const mixOption = () =>
  new Option('--mix <what>', 'what sounds in wav and flac: the piano alone, with the recording, or its voice')
    .choices(audioMixes)
    .default('piano');

/** The terminal program; each command's code is loaded when it is called. Throws CommanderError on wrong use and SongleafError where a command as a whole fails. */
export function makeProgram(signal: AbortSignal): Command {
  const program = new Command('songleaf')
    .description('Hears a song and writes piano arrangements of it, on your own computer.')
    .version(ENGINE_VERSION)
    .showHelpAfterError('(songleaf --help shows how it is used)')
    .exitOverride();

  const arrange = program
    .command('arrange')
    .description('write piano arrangements of recordings')
    .argument('<song...>', 'mp3, flac, ogg, opus, wav, aiff; m4a where ffmpeg is installed')
    .requiredOption('--out <dir>', 'folder for the files; made if it is not there')
    .option('--takes <n>', 'arrangements a song', wholeNumber(1, 64), 1)
    .option('--seed <n>', 'seed of the first take; each further one adds 1', wholeNumber(0, MAX_SEED), 1)
    .addOption(formatOption())
    .addOption(mixOption())
    .addOption(deviceOption())
    .addOption(separateOption())
    .addOption(vocalsOption())
    .addOption(accompanimentOption())
    .option('--analysis <file>', 'arrange from this analysis (NAME.analysis.json), as you corrected it')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  songleaf arrange song.mp3 --out scores
  songleaf arrange song.flac --out scores --takes 4 --level intermediate --format musicxml,mid
  songleaf arrange *.ogg --out scores --melody omit --json
  songleaf arrange song.mp3 --out scores --density 1 --register -0.5 --drive 1
  songleaf arrange song.mp3 --out scores --bars 9-16
  songleaf arrange song.mp3 --out scores --roll 9-12:7
  songleaf arrange song.mp3 --out scores --texture-from waltz.mid
  songleaf arrange song.mp3 --out scores --model a2s --morph 2 5 --share 0.3
  songleaf arrange song.mp3 --out scores --melody omit --format flac --mix vocals
  songleaf analyse song.mp3 --out work && songleaf arrange song.mp3 --analysis work/song.analysis.json --out scores`,
    )
    .action(async (songs: string[], flags: ArrangeFlags) => {
      const { arrangeCommand } = await import('./commands/arrange.ts');
      await arrangeCommand(songs, flags, signal);
    });

  program
    .command('analyse')
    .description('write what is heard in recordings: beats, chords, key, melody, sections')
    .argument('<song...>', 'recordings')
    .requiredOption('--out <dir>', 'folder for NAME.analysis.json, NAME.jams and the transcription')
    .addOption(separateOption())
    .addOption(vocalsOption())
    .addOption(accompanimentOption())
    .option(
      '--reading <n>',
      'take another reading of the beats: twice or half the tempo, bars that begin later; the likeliest is 1',
      wholeNumber(1, 32),
    )
    .addOption(deviceOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Another call with the same folder goes on from what was heard before.

Examples:
  songleaf analyse song.mp3 --out work
  songleaf analyse song.mp3 --out work --separate always
  songleaf analyse song.mp3 --out work --reading 1
  songleaf analyse song.mp3 --out work --vocals song.vocals.flac`,
    )
    .action(async (songs: string[], flags: AnalyseFlags) => {
      const { analyseCommand } = await import('./commands/analyse.ts');
      await analyseCommand(songs, flags, signal);
    });

  program
    .command('separate')
    .description('part the voice from the rest: NAME.vocals.flac and NAME.accompaniment.flac')
    .argument('<song...>', 'recordings')
    .requiredOption('--out <dir>', 'folder for the files; made if it is not there')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Both files are 16-bit FLAC at 44.1 kHz; played together they are the recording.

Example:
  songleaf separate song.mp3 --out stems`,
    )
    .action(async (songs: string[], flags: SeparateFlags) => {
      const { separateCommand } = await import('./commands/separate.ts');
      await separateCommand(songs, flags, signal);
    });

  program
    .command('import')
    .description('add recordings and folders of recordings to the library')
    .argument('<path...>', 'files and folders')
    .addOption(libraryOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  songleaf import ~/Music --library ~/songleaf')
    .action(async (paths: string[], flags: ImportFlags) => {
      const { importCommand } = await import('./commands/import.ts');
      await importCommand(paths, flags, signal);
    });

  const exporting = program
    .command('export')
    .description("write the library's takes to files")
    .argument('[song...]', 'titles or ids (or their beginnings); every song with takes where left out')
    .requiredOption('--out <dir>', 'folder for the files')
    .option(
      '--name <template>',
      `names of the files, from ${nameFields.map((field) => `{${field}}`).join(' ')}`,
      DEFAULT_NAMES,
    )
    .addOption(formatOption())
    .addOption(mixOption())
    .addOption(libraryOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  songleaf export "Let's Go Fishin'" --out scores --format mxl
  songleaf export --out scores --name "{title}, {level} {n}" --format pdf`,
    )
    .action(async (songs: string[], flags: ExportFlags) => {
      const { exportCommand } = await import('./commands/export.ts');
      await exportCommand(songs, flags, signal);
    });

  const engraving = program
    .command('engrave')
    .description('engrave scores and MIDI files afresh: hands, voices, values, spelling, key and beams')
    .argument('<file...>', 'MIDI files on a beat grid, or MusicXML (.musicxml, .xml, .mxl), for two hands')
    .requiredOption('--out <dir>', 'folder for the files; made if it is not there')
    .addOption(
      new Option('--format <list>', `what to write: ${engraveFormats.join(', ')}`)
        .argParser(listOf(engraveFormats))
        .default(['musicxml'], 'musicxml'),
    )
    .option('--keep-key', "believe the file's key signatures; found from the notes where left out")
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  songleaf engrave waltz.mid --out scores
  songleaf engrave sonata.mxl --out scores --format musicxml,pdf`,
    )
    .action(async (files: string[], flags: EngraveFlags) => {
      const { engraveCommand } = await import('./commands/engrave.ts');
      await engraveCommand(files, flags, signal);
    });

  program
    .command('check')
    .description('find what musicians and notation programs would stumble over in MusicXML files')
    .argument('<file...>', 'MusicXML files (.musicxml, .xml, .mxl), of any program')
    .option(
      '--span <n>',
      'widest grip of a hand in semitones; wider chords need a roll sign',
      wholeNumber(1, 87),
      16,
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExits with 1 where there is a finding.\n\nExample:\n  songleaf check scores/*.musicxml',
    )
    .action(async (files: string[], flags: CheckFlags) => {
      const { checkCommand } = await import('./commands/check.ts');
      await checkCommand(files, flags, signal);
    });

  program
    .command('serve')
    .description('open the window in a browser of this computer')
    .option(
      '--port <n>',
      'port on the loopback address; any free one where left out',
      wholeNumber(0, 65_535),
      0,
    )
    .option('--open', 'open the browser too')
    .addOption(libraryOption())
    .addOption(deviceOption())
    .addHelpText('after', '\nExample:\n  songleaf serve --open')
    .action(async (flags: ServeFlags) => {
      const { serveCommand } = await import('./commands/serve.ts');
      await serveCommand(flags, signal);
    });

  addTakeFlags(arrange);
  for (const command of [arrange, exporting, engraving]) addScoreFlags(command);
  for (const command of program.commands) command.exitOverride();
  return program;
}
