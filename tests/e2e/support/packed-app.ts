import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { createPackageWithOptions, extractAll } from '@electron/asar';
import { root } from './places.ts';

const run = promisify(execFile);

export interface PackedApp {
  /** What electron-builder would put into an installer. */
  folder: string;
  program: string;
  resources: string;
}

/** Packs the built app into a folder, around the Electron that is here. */
export async function packApp(output: string): Promise<PackedApp> {
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(root, 'node_modules/electron/dist');
  const version = readFileSync(path.join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
  await run(
    process.execPath,
    [
      path.join(root, 'node_modules/electron-builder/cli.js'),
      '--dir',
      '--linux',
      '--publish=never',
      `-c.electronDist=${dist}`,
      `-c.electronVersion=${version}`,
      `-c.directories.output=${output}`,
    ],
    { cwd: root, timeout: 180_000 },
  );
  const folder = path.join(output, 'linux-unpacked');
  const packed = {
    folder,
    program: path.join(folder, 'songleaf'),
    resources: path.join(folder, 'resources'),
  };
  const sqlite = process.env.SONGLEAF_TEST_SQLITE;
  if (sqlite) await replaceSqlite(packed.resources, path.dirname(sqlite));
  return packed;
}

/** The stand-in for Electron cannot run the database's own addon: another one takes its place in the archive. */
async function replaceSqlite(resources: string, packages: string): Promise<void> {
  const archive = path.join(resources, 'app.asar');
  const work = path.join(resources, '..', 'app-with-other-sqlite');
  extractAll(archive, work);
  const modules = path.join(work, 'node_modules');
  rmSync(path.join(modules, 'better-sqlite3'), { recursive: true, force: true });
  for (const name of ['better-sqlite3', 'bindings', 'file-uri-to-path']) {
    const from = path.join(packages, name);
    mkdirSync(path.join(modules, name), { recursive: true });
    for (const part of readdirSync(from)) {
      if (!['deps', 'src'].includes(part))
        cpSync(path.join(from, part), path.join(modules, name, part), { recursive: true });
    }
  }
  rmSync(archive);
  rmSync(`${archive}.unpacked`, { recursive: true, force: true });
  await createPackageWithOptions(work, archive, { unpack: '**/{*.node,onnxruntime-node/bin/**}' });
  rmSync(work, { recursive: true, force: true });
  if (!existsSync(archive)) throw new Error('The archive was not written.');
}
