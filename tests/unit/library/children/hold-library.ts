/**
 * Opens the library in the folder it is told and holds it until killed. It keeps no reference to it and collects
 * garbage, so that the lock is seen to outlive both.
 */
import { setImmediate } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';
import { openLibrary } from '../../../../main/engine/library/library.ts';

v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc') as () => void;

openLibrary(process.argv[2]!);
// Twice, with a turn of the event loop between: the first sweep finds the objects, the second their finalisers' work.
for (let sweep = 0; sweep < 2; sweep++) {
  await setImmediate();
  collectGarbage();
}
console.log('open');
// Keeps the process alive.
setInterval(() => console.log('alive'), 60_000);
