import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { parseMidi } from 'midi-file';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analysisSchema } from '../../../main/contract/analysis.ts';
import { checkScore } from '../../../main/engine/score/check-score.ts';
import { readMusicXml } from '../../../main/engine/score/read-musicxml.ts';
import { makeWav } from '../../e2e/support/wav.ts';
import { root, runCli } from './run-cli.ts';

const fishin = path.join(root, 'tests', 'fixtures', 'lets_go_fishin.ogg');
let dir: string;

beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'songleaf-cli-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('songleaf arrange on the real song', () => {
  it('writes a score with the real title, bars, key and chords, a MIDI on the recording, and JAMS', async () => {
    const out = path.join(dir, 'real');
    const run = await runCli(['arrange', fishin, '--out', out, '--takes', '2', '--json']);
    expect(run.stderr).toContain('listening');
    expect(run.stderr).toMatch(/heard on (cpu|coreml|dml|cuda)/);
    expect(run.code).toBe(0);
    const result = JSON.parse(run.stdout);
    expect(result).toMatchObject({ ok: true, title: "Let's Go Fishin'", key: 'Bb major', seeds: [1, 2] });
    expect(Math.abs(result.bpm - 88.6)).toBeLessThan(1);
    expect(readdirSync(out).sort()).toEqual([
      'lets_go_fishin.jams',
      'lets_go_fishin.take1.mid',
      'lets_go_fishin.take1.musicxml',
      'lets_go_fishin.take2.mid',
      'lets_go_fishin.take2.musicxml',
    ]);

    const xml = readFileSync(path.join(out, 'lets_go_fishin.take1.musicxml'), 'utf8');
    expect(checkScore(xml)).toEqual([]);
    expect(readMusicXml(xml).length).toBeGreaterThan(400);
    const score = new XMLParser({ ignoreAttributes: false }).parse(xml)['score-partwise'];
    expect(score.work['work-title']).toBe("Let's Go Fishin'");
    const measures = score.part.measure;
    // 133 s at 88.6 beats a minute in four.
    expect(Math.abs(measures.length - 49)).toBeLessThanOrEqual(2);
    expect(measures[0].attributes.key.fifths).toBe(-2);
    expect(xml).toContain('<root-step>B</root-step>');

    const midi = parseMidi(readFileSync(path.join(out, 'lets_go_fishin.take1.mid')));
    expect(midi.tracks.flat().filter((event) => event.type === 'setTempo').length).toBeGreaterThan(150);
    const jams = JSON.parse(readFileSync(path.join(out, 'lets_go_fishin.jams'), 'utf8'));
    const namespaces = jams.annotations.map((annotation: { namespace: string }) => annotation.namespace);
    expect(namespaces.sort()).toEqual(['beat', 'chord', 'key_mode', 'note_midi', 'segment_open']);
    expect(readFileSync(path.join(out, 'lets_go_fishin.take2.mid'))).not.toEqual(
      readFileSync(path.join(out, 'lets_go_fishin.take1.mid')),
    );
  });

  it('gives the same bytes again, also from a saved analysis', async () => {
    const first = path.join(dir, 'real');
    const work = path.join(dir, 'work');
    const again = path.join(dir, 'again');
    const analysed = await runCli(['analyse', fishin, '--out', work]);
    expect(analysed.code).toBe(0);
    const file = path.join(work, 'lets_go_fishin.analysis.json');
    analysisSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const run = await runCli(['arrange', fishin, '--analysis', file, '--out', again, '--takes', '2']);
    expect(run.code).toBe(0);
    expect(run.stderr).not.toContain('listening');
    for (const name of readdirSync(first)) {
      expect(readFileSync(path.join(again, name)).equals(readFileSync(path.join(first, name))), name).toBe(
        true,
      );
    }
  });

  it('follows a corrected analysis', async () => {
    const file = path.join(dir, 'work', 'lets_go_fishin.analysis.json');
    const analysis = analysisSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const corrected = path.join(dir, 'work', 'corrected.json');
    analysis.keys = [{ start: 0, tonic: 7, mode: 'major', confidence: 1 }];
    writeFileSync(corrected, JSON.stringify(analysis));
    const out = path.join(dir, 'corrected');
    const run = await runCli([
      'arrange',
      fishin,
      '--analysis',
      corrected,
      '--out',
      out,
      '--format',
      'musicxml',
    ]);
    expect(run.code).toBe(0);
    const xml = readFileSync(path.join(out, 'lets_go_fishin.take1.musicxml'), 'utf8');
    expect(xml).toMatch(/<fifths>1<\/fifths>/);
  });

  it('takes another reading of the beats where asked to', async () => {
    const work = path.join(dir, 'work');
    const file = path.join(work, 'lets_go_fishin.analysis.json');
    const found = analysisSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const [{ change, beats }] = found.readings!;
    expect(change).toBe('shift');
    const run = await runCli(['analyse', fishin, '--out', work, '--reading', '1']);
    expect(run.code).toBe(0);
    const again = analysisSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const first = (positions: { position: number }[]) =>
      positions.findIndex(({ position }) => position === 1);
    expect(first(again.beats)).toBe((first(found.beats) + beats) % 4);
    const none = await runCli(['analyse', fishin, '--out', work, '--reading', '30']);
    expect(none.code).toBe(1);
    expect(none.stderr).toContain('has no reading 30');
  });
});

describe('songleaf with files that are not songs', () => {
  it('names each file and the remedy, does the rest, and exits with 1', async () => {
    const files = path.join(dir, 'bad');
    mkdirSync(files);
    writeFileSync(path.join(files, 'empty.mp3'), '');
    writeFileSync(path.join(files, 'rubbish.ogg'), Buffer.from('this is not audio at all'.repeat(50)));
    // The beginning of an Ogg file: half a minute of music.
    writeFileSync(path.join(files, 'wrong extension.wav'), readFileSync(fishin).subarray(0, 600_000));
    const out = path.join(dir, 'mixed');
    const songs = ['empty.mp3', 'rubbish.ogg', 'missing.flac', 'wrong extension.wav'];
    const run = await runCli([
      'arrange',
      ...songs.map((song) => path.join(files, song)),
      '--out',
      out,
      '--format',
      'mid',
      '--json',
    ]);
    expect(run.code).toBe(1);
    const results = run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(results.map((result) => result.ok)).toEqual([false, false, false, true]);
    expect(results.map((result) => result.error?.code)).toEqual([
      'audio-empty',
      'audio-unsupported',
      'file-not-found',
      undefined,
    ]);
    for (const song of songs.slice(0, 3)) expect(run.stderr).toContain(song);
    expect(run.stderr).not.toMatch(/\bat .*\.ts:\d+/);
    expect(readdirSync(out)).toEqual(['wrong extension.take1.mid']);
  });

  it('refuses an analysis of another song, and one that is broken', async () => {
    const file = path.join(dir, 'broken.json');
    writeFileSync(file, '{"format": "songleaf-analysis"');
    const out = path.join(dir, 'none');
    const broken = await runCli(['arrange', fishin, '--analysis', file, '--out', out]);
    expect(broken.code).toBe(1);
    expect(broken.stderr).toContain('analysis-invalid');
    const other = path.join(dir, 'other.wav');
    writeFileSync(other, makeWav({}, 2));
    const saved = path.join(dir, 'work', 'lets_go_fishin.analysis.json');
    const mismatch = await runCli(['arrange', other, '--analysis', saved, '--out', out]);
    expect(mismatch.stderr).toContain('analysis-mismatch');
    expect(existsSync(path.join(out, 'other.take1.mid'))).toBe(false);
  });

  it('leaves whole files or none when it is killed', async () => {
    const out = path.join(dir, 'killed');
    await Promise.all(
      [150, 600, 1500, 2500].map((killAfter) =>
        runCli(['arrange', fishin, '--out', out, '--takes', '3'], { killAfter }),
      ),
    );
    for (const name of existsSync(out) ? readdirSync(out) : []) {
      if (name.endsWith('.musicxml')) {
        expect(readFileSync(path.join(out, name), 'utf8').trimEnd().endsWith('</score-partwise>')).toBe(true);
      }
      if (name.endsWith('.mid')) parseMidi(readFileSync(path.join(out, name)));
      if (name.endsWith('.jams')) JSON.parse(readFileSync(path.join(out, name), 'utf8'));
    }
  });
});

describe('songleaf on the library', () => {
  it('imports a folder once, says what it could not read, and exports nothing where there is no take', async () => {
    const music = path.join(dir, 'music');
    mkdirSync(path.join(music, 'deeper'), { recursive: true });
    copyFileSync(fishin, path.join(music, 'a.ogg'));
    copyFileSync(fishin, path.join(music, 'deeper', 'copy.ogg'));
    writeFileSync(path.join(music, 'broken.mp3'), 'no');
    writeFileSync(path.join(music, 'notes.txt'), 'not a song');
    const library = path.join(dir, 'library');
    const first = await runCli(['import', music, '--library', library, '--json']);
    expect(first.code).toBe(1);
    expect(first.stderr).toContain('1 added, 1 known already, 1 could not be read');
    const second = await runCli(['import', path.join(music, 'a.ogg'), '--library', library]);
    expect(second.code).toBe(0);
    expect(second.stderr).toContain('0 added, 1 known already');
    const exported = await runCli(['export', '--library', library, '--out', path.join(dir, 'x')]);
    expect(exported.code).toBe(0);
    const unknown = await runCli(['export', 'No such song', '--library', library, '--out', dir]);
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toContain('song-unknown');
  });
});

describe('songleaf used wrongly', () => {
  it.each([
    [['arrange', 'x.mp3'], '--out'],
    [['arrange', 'x.mp3', '--out', 'd', '--takes', '0'], 'whole number'],
    [['arrange', 'x.mp3', '--out', 'd', '--seed', '4294967296'], 'from 0 to 4294967295'],
    [['arrange', 'x.mp3', '--out', 'd', '--format', 'docx'], 'docx'],
    [['arrange', 'x.mp3', '--out', 'd', '--model', 'mine'], 'mine'],
    [['fly'], 'fly'],
  ])('%j exits with 2 and names the fault', async (args, fault) => {
    const run = await runCli(args as string[]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(fault);
  });

  it('refuses textures with arrangers that follow none', async () => {
    const run = await runCli(['arrange', fishin, '--out', dir, '--model', 'chords', '--morph', '1', '2']);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('bad-request');
  });

  it('shows help with examples and its version', async () => {
    const help = await runCli(['arrange', '--help']);
    expect(help.code).toBe(0);
    expect(help.stdout).toContain('Examples:');
    expect((await runCli(['--version'])).stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
