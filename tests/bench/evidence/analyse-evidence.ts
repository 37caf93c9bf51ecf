import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { analyse } from '../../../main/engine/analysis/analyse.ts';
import { FRAME_RATE } from '../../../main/engine/transcription/evidence.ts';
import { decodeEvidence } from '../../../main/engine/transcription/evidence-file.ts';

/**
 * `node analyse-evidence.ts OUT FILE.evidence …` writes OUT/FILE.analysis.json: analysis alone, from what was heard
 * before. `models/songleaf_models/evaluate` calls it to compare ways of analysing in seconds.
 */
const [out, ...files] = process.argv.slice(2);
for (const file of files) {
  const name = path.basename(file, '.evidence');
  const evidence = decodeEvidence(await readFile(file), file);
  const analysis = await analyse(evidence, {
    hash: '0'.repeat(64),
    title: name,
    artist: '',
    album: '',
    duration: evidence.frames / FRAME_RATE,
  });
  const target = path.join(out, `${name}.analysis.json`);
  await writeFile(`${target}.tmp`, JSON.stringify(analysis));
  await rename(`${target}.tmp`, target);
}
