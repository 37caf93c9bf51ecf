import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../../..');
const out = path.join(root, 'build');
export const built = {
  app: path.join(out, 'main/app.js'),
  cli: path.join(out, 'main/cli.js'),
};
export const song = path.join(root, 'tests/fixtures/lets_go_fishin.ogg');
