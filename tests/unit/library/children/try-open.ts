/** Tries to open the library in the folder it is told, for writing or reading, and prints what came of it. */
import { toErrorReport } from '../../../../main/contract/errors.ts';
import { openLibrary, openLibraryReader } from '../../../../main/engine/library/library.ts';

const [folder, mode] = process.argv.slice(2);
try {
  const library = mode === 'read' ? openLibraryReader(folder!) : openLibrary(folder!);
  console.log(JSON.stringify({ code: 'opened', songs: library.songs.list().length }));
  library.close();
} catch (error) {
  console.log(JSON.stringify(toErrorReport(error)));
}
