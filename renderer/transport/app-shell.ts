import * as z from 'zod';
import type { SongleafApi } from '../../preload/api.ts';
import { noImport } from './import-results.ts';
import type { ShellPort } from './shell-port.ts';
import { openImportReply, openReply } from './transport.ts';

export function createAppShell(api: SongleafApi): ShellPort {
  return {
    kind: 'app',
    asksLeave: false,
    tellWords: (words) => void api.tellWords(words),
    showWork: (work) => void api.showWork(work),
    async notify(text) {
      return openReply('notify', await api.notify(text), z.boolean());
    },
    askLeave: async () => true,
    onOpened(listener) {
      api.onOpened((reply) => listener(openOpened(reply)));
    },
    async chooseLibrary() {
      return openReply('choose-library', await api.chooseLibrary(), z.string().nullable());
    },
  };
}

async function openOpened(reply: unknown) {
  return openImportReply(reply) ?? noImport;
}
