import type { Transport } from '../transport/transport.ts';
import type { NoticeContent } from './library-state.ts';

/** Reads what the engine has noticed of the library: all of it comes with every reading, each is told once. */
export function createNoticeReader(transport: Transport): () => Promise<NoticeContent[]> {
  let told = 0;
  return async () => {
    const all = await transport.call('library.notices', {});
    // An engine that was opened anew has told nothing yet.
    const fresh = all.slice(all.length < told ? 0 : told);
    told = all.length;
    return fresh.map((notice) => ({ kind: 'library', error: { code: 'library-corrupt', ...notice } }));
  };
}
