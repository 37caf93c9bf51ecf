import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkCommand } from '../../../main/cli/commands/check.ts';
import { writeScoreMidi } from '../../../main/engine/score/midi-score.ts';
import { readArrangement } from '../score/arrangements.ts';
import { runCli } from './run-cli.ts';

let dir: string;
let midi: string;

beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'songleaf-engrave-'));
  midi = path.join(dir, 'song.mid');
  writeFileSync(midi, writeScoreMidi(readArrangement('pop909-001')));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('songleaf engrave and check', () => {
  it('engraves a MIDI file and the score of it, which the checker passes', async () => {
    const out = path.join(dir, 'out');
    const first = await runCli(['engrave', midi, '--out', out, '--format', 'musicxml,mxl', '--json']);
    expect(first.stderr).toContain('wrote');
    expect(first.code).toBe(0);
    expect(JSON.parse(first.stdout)).toMatchObject({ ok: true });
    expect(readdirSync(out).sort()).toEqual(['song.musicxml', 'song.mxl']);
    const again = path.join(dir, 'again');
    const second = await runCli(['engrave', path.join(out, 'song.mxl'), '--out', again]);
    expect(second.code).toBe(0);
    const check = await runCli(['check', path.join(out, 'song.mxl'), path.join(again, 'song.musicxml')]);
    expect(check.stdout).toBe('song.mxl: nothing found\nsong.musicxml: nothing found\n');
    expect(check.code).toBe(0);
  });

  it('says what is wrong, where, and exits with 1', async () => {
    const good = readFileSync(path.join(dir, 'out', 'song.musicxml'), 'utf8');
    const bad = path.join(dir, 'bad.xml');
    writeFileSync(bad, good.replace('<tied type="start"/>', '').replace('<beam number="1">end</beam>', ''));
    const check = await runCli(['check', bad]);
    expect(check.code).toBe(1);
    expect(check.stdout).toMatch(/^bad\.xml: part P1, bar \d+, staff \d: .*\[tie\]$/m);
    expect(check.stdout).toMatch(/\[beam\]$/m);
    const json = await runCli(['check', bad, path.join(dir, 'missing.xml'), '--json']);
    const [found, missing] = json.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(found.findings[0]).toMatchObject({ part: 'P1', staff: expect.any(Number) });
    expect(missing).toMatchObject({ ok: false, error: { code: 'file-not-found' } });
  });

  it('does the rest where a file cannot be read, and never writes over its source', async () => {
    const rubbish = path.join(dir, 'rubbish.mid');
    writeFileSync(rubbish, 'MThd but no more');
    const copy = path.join(dir, 'copy.musicxml');
    writeFileSync(copy, readFileSync(path.join(dir, 'out', 'song.musicxml')));
    const run = await runCli(['engrave', rubbish, copy, midi, '--out', dir]);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('score-invalid');
    expect(run.stderr).toContain('copy.musicxml would be written over');
    expect(run.stderr).toContain('song.musicxml');
  });

  it('writes over no other file that it was given either', async () => {
    const place = path.join(dir, 'place');
    mkdirSync(path.join(place, 'sub'), { recursive: true });
    const score = readFileSync(path.join(dir, 'out', 'song.musicxml'));
    const [other, own] = ['sub/sonata.musicxml', 'sonata.musicxml'].map((name) => path.join(place, name));
    writeFileSync(other!, score);
    writeFileSync(own!, readFileSync(midi));
    const run = await runCli(['engrave', other!, own!, '--out', place]);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('sonata.musicxml would be written over');
    expect(readFileSync(own!).equals(readFileSync(midi))).toBe(true);
    expect(readdirSync(place).sort()).toEqual(['sonata-2.musicxml', 'sonata.musicxml', 'sub']);
  });

  it('checks nothing more when it was interrupted', async () => {
    await checkCommand([path.join(dir, 'missing.xml')], { span: 16 }, AbortSignal.abort());
    expect(process.exitCode).toBeUndefined();
  });
});
