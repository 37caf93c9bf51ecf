import fs from 'node:fs';
import path from 'node:path';
import { aptDownload, aptUpdate, canApt } from './apt.mjs';
import { cacheFolder } from './places.mjs';
import { findOnPath, runQuietly } from './processes.mjs';
import { say } from './say.mjs';

/** Four rock recordings with a hand-made tempo map, from the Debian package of that name. */
const debianPackage = 'fretsonfire-songs-sectoid';
const inPackage = 'usr/share/games/fretsonfire/data/songs/sectoid';
const songs = ['Escape from chaosland', 'Feelings', 'Metal madness', 'War of freedom'];
const files = ['song.ogg', 'guitar.ogg', 'notes.mid', 'song.ini'];

/**
 * Puts the real recordings that some tests use into .cache/sectoid/SONG/.
 * @returns {Promise<string | null>} one sentence where they are not there
 */
export async function ensureSongs() {
  const target = path.join(cacheFolder, 'sectoid');
  const isDone = () =>
    songs.every((song) => files.every((file) => fs.existsSync(path.join(target, song, file))));
  if (isDone()) return null;
  if (!findOnPath(['apt-get']) || !findOnPath(['dpkg'])) {
    return `the recordings of ${debianPackage} need apt and dpkg.`;
  }
  say(`Fetching ${debianPackage} (real recordings for tests)…`);
  const work = path.join(cacheFolder, `sectoid-${process.pid}`);
  fs.mkdirSync(work, { recursive: true });
  try {
    if (!(await unpack(work))) return `the recordings of ${debianPackage} could not be fetched with apt.`;
    fs.rmSync(target, { recursive: true, force: true });
    fs.renameSync(path.join(work, inPackage), target);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
  return isDone() ? null : `${debianPackage} does not hold the songs that were expected.`;
}

/** @param {string} work */
async function unpack(work) {
  const limit = { seconds: 300 };
  // On a fresh machine the lists are empty, and only root may fetch them.
  const fetched =
    (await aptDownload(debianPackage, work, limit)) ||
    (canApt() && (await aptUpdate()) && (await aptDownload(debianPackage, work, limit)));
  const file = fs.readdirSync(work).find((name) => name.endsWith('.deb'));
  if (!fetched || file === undefined) return false;
  return (await runQuietly('dpkg', ['-x', path.join(work, file), work], { seconds: 120 })).code === 0;
}
