import { aptInstall } from './apt.mjs';
import { findOnPath } from './processes.mjs';

/**
 * Programs of others that the tests use: a decoder for the formats that we leave to it, a validator of MusicXML and a
 * notation editor that must open our scores. Tests that need one skip where there is none.
 * @type {{ variable?: string, names: string[], packages: string[], seconds: number, without: string }[]}
 */
const wanted = [
  {
    names: ['ffmpeg'],
    packages: ['ffmpeg'],
    seconds: 300,
    without: 'Decoding through ffmpeg was not tested: it is not installed.',
  },
  {
    variable: 'SONGLEAF_XMLLINT',
    names: ['xmllint'],
    packages: ['libxml2-utils'],
    seconds: 180,
    without: 'MusicXML was not validated against its schema: xmllint (libxml2-utils) is not installed.',
  },
  {
    variable: 'SONGLEAF_MUSESCORE',
    names: ['musescore3', 'mscore3', 'musescore', 'mscore'],
    packages: ['musescore3'],
    seconds: 420,
    without: 'Scores were not opened in MuseScore: it is not installed (Debian: musescore3).',
  },
];

/**
 * Finds each program, or installs it as root with apt.
 * @returns {Promise<{ env: NodeJS.ProcessEnv, notes: string[] }>} the environment for the tests
 */
export async function findTestTools() {
  const env = { ...process.env };
  const notes = [];
  for (const { variable, names, packages, seconds, without } of wanted) {
    const given = variable === undefined ? undefined : env[variable];
    let program = given ?? findOnPath(names);
    if (program === null && (await aptInstall(packages, { seconds }))) program = findOnPath(names);
    if (program === null) notes.push(without);
    else if (variable !== undefined) env[variable] = program;
  }
  return { env, notes };
}
