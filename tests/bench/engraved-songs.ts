/**
 * Scores of many songs, each at all levels by the arrangers that are named: what the checker and the MusicXML 4.0 schema
 * find, and whether MuseScore plays the same notes at the same beats. POP909 songs with people's downbeats come with
 * their true analysis; real songs are heard by the terminal program.
 * Usage: node tests/bench/engraved-songs.ts [--songs 40] [--models reduction,chords] [--musescore N] [--real]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parseMidi } from 'midi-file';
import { arrangeSettingsSchema, levelSchema, modelNameSchema } from '../../main/contract/arrangement.ts';
import { arrange } from '../../main/engine/arranger/arranger.ts';
import { checkScore } from '../../main/engine/score/check-score.ts';
import { engrave } from '../../main/engine/score/engrave.ts';
import { handLimits } from '../../main/engine/score/hand-limits.ts';
import { writeMusicXml } from '../../main/engine/score/musicxml.ts';
import { readMusicXml } from '../../main/engine/score/read-musicxml.ts';
import { drawEvidence } from '../unit/arranger/support/draw-evidence.ts';
import { hasPop909, listSongs, pop909Folder, readSong } from '../unit/arranger/support/pop909.ts';
import { toAnalysis } from '../unit/arranger/support/song-fixture.ts';
import { hasXmllint, museScore, offscreen, validate } from '../unit/score/tools.ts';
import { fishin, mixSectoid } from './support/real-songs.ts';

const { values } = parseArgs({
  options: {
    songs: { type: 'string', default: '40' },
    models: { type: 'string', default: 'reduction,chords' },
    musescore: { type: 'string', default: '0' },
    real: { type: 'boolean', default: false },
  },
});
const models = values.models.split(',').map((name) => modelNameSchema.parse(name));

class Tally {
  readonly texts: string[] = [];
  findings = 0;

  add(text: string, name: string, span?: number): void {
    this.texts.push(text);
    const found = checkScore(text, span === undefined ? {} : { span });
    this.findings += found.length;
    for (const finding of found.slice(0, 3)) console.log(name, JSON.stringify(finding));
  }

  print(name: string, compared: number): void {
    let invalid = 0;
    for (let at = 0; hasXmllint && at < this.texts.length; at += 20) {
      const said = validate(this.texts.slice(at, at + 20));
      if (said !== '') console.log(said);
      invalid += said.split('\n').filter((line) => line.includes('error')).length;
    }
    const schema = hasXmllint ? invalid : 'skipped: no xmllint';
    const step = Math.max(1, Math.floor(this.texts.length / Math.max(1, compared)));
    const chosen = museScore ? this.texts.filter((_, at) => at % step === 0).slice(0, compared) : [];
    const unequal = chosen.filter((text) => !isPlayedEqually(text)).length;
    const played = museScore ? `${chosen.length - unequal} of ${chosen.length}` : 'skipped: no MuseScore';
    console.log(`| ${name} | ${this.texts.length} | ${this.findings} | ${schema} | ${played} |`);
  }
}

/** MuseScore would play chord symbols. */
function withoutHarmony(text: string): string {
  return text.replace(/<harmony>.*?<\/harmony>/gs, '');
}

function isPlayedEqually(text: string): boolean {
  const folder = mkdtempSync(path.join(tmpdir(), 'songleaf-bench-'));
  try {
    const [source, target] = ['in.musicxml', 'out.mid'].map((name) => path.join(folder, name));
    const plain = withoutHarmony(text);
    writeFileSync(source!, plain);
    spawnSync(museScore!, ['-o', target!, source!], { env: offscreen(), timeout: 120_000 });
    const { header, tracks } = parseMidi(readFileSync(target!));
    const played = tracks.flatMap((track) => {
      let tick = 0;
      return track.flatMap((event) => {
        tick += event.deltaTime;
        if (event.type !== 'noteOn' || event.velocity === 0) return [];
        return [`${event.noteNumber} ${Math.round((96 * tick) / header.ticksPerBeat!)}`];
      });
    });
    const written = readMusicXml(plain).map(({ pitch, onset }) => `${pitch} ${Math.round(96 * onset)}`);
    return JSON.stringify(played.sort()) === JSON.stringify(written.sort());
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function engravePop909(): Promise<void> {
  const songs = listSongs().filter((song) => Number(song) % 20 !== 7);
  const step = Math.max(1, Math.floor(songs.length / Number(values.songs)));
  const chosen = songs.filter((_, at) => at % step === 0).slice(0, Number(values.songs));
  const tally = new Tally();
  for (const name of chosen) {
    const song = readSong(name);
    const analysis = toAnalysis(song);
    const played = [...song.melody, ...song.accompaniment];
    const evidence = drawEvidence(played, analysis.song.duration, { hardness: 0.6, seed: 1 });
    for (const level of levelSchema.options) {
      for (const model of models) {
        const settings = arrangeSettingsSchema.parse({ level, model });
        const score = engrave(await arrange(analysis, evidence, settings));
        const text = writeMusicXml(score, { software: 'bench', date: '2025-01-01' });
        tally.add(text, `${name} ${level} ${model}`, handLimits[level].span);
      }
    }
  }
  tally.print(`POP909, ${chosen.length} songs`, Number(values.musescore));
}

async function engraveReal(): Promise<void> {
  const tally = new Tally();
  const folder = mkdtempSync(path.join(tmpdir(), 'songleaf-bench-'));
  try {
    for (const { name, audio } of [fishin, ...(await mixSectoid())]) {
      for (const level of levelSchema.options) {
        const out = path.join(folder, `${name} ${level}`);
        const args = [
          'main/cli/main.ts',
          'arrange',
          audio,
          '--out',
          out,
          '--level',
          level,
          '--separate',
          'never',
        ];
        spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
        for (const file of readdirSync(out).filter((each) => each.endsWith('.musicxml'))) {
          tally.add(readFileSync(path.join(out, file), 'utf8'), `${name} ${level}`, handLimits[level].span);
        }
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  tally.print('real songs', Number(values.musescore));
}

console.log('| | scores | findings | schema errors | played alike by MuseScore |\n|---|---:|---:|---:|---:|');
if (hasPop909) await engravePop909();
else console.log(`skipped: no songs at ${pop909Folder}`);
if (values.real) await engraveReal();
