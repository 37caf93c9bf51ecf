/** Opens the library in the folder it is told and holds it until killed. */
import { openLibrary } from '../../../../main/engine/library/library.ts';

openLibrary(process.argv[2]!);
console.log('open');
// Keeps the process alive.
setInterval(() => console.log('alive'), 60_000);
