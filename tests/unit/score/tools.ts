import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const schemas = fileURLToPath(new URL('../../fixtures/musicxml-4.0/', import.meta.url));

export const hasXmllint = spawnSync('xmllint', ['--version']).status === 0;

/** MuseScore's command, or null where there is none. */
export const museScore =
  [process.env.SONGLEAF_MUSESCORE, 'musescore3', 'mscore3'].find(
    (command) => command && spawnSync(command, ['--version'], { env: offscreen() }).status === 0,
  ) ?? null;

export function offscreen(): NodeJS.ProcessEnv {
  return { ...process.env, QT_QPA_PLATFORM: 'offscreen' };
}

export function withFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'songleaf-score-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the schema has to say against documents: empty where all are valid. One run of xmllint, no network. */
export function validate(documents: readonly string[], schema = 'musicxml.xsd'): string {
  return withFolder((folder) => {
    const files = documents.map((document, at) => {
      const file = join(folder, `${at}.musicxml`);
      writeFileSync(file, document);
      return file;
    });
    const { status, stderr } = spawnSync(
      'xmllint',
      ['--noout', '--nonet', '--schema', join(schemas, schema), ...files],
      { env: { ...process.env, XML_CATALOG_FILES: join(schemas, 'catalog.xml') }, encoding: 'utf8' },
    );
    return status === 0
      ? ''
      : stderr
          .split('\n')
          .filter((line) => !line.endsWith(' validates'))
          .join('\n');
  });
}
