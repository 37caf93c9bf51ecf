// First, before any schema is used.
import './zod-setup.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { App } from './app.tsx';
import { createExports } from './features/export/exports.ts';
import { ExportsProvider } from './features/export/use-exports.tsx';
import { i18n } from './i18n/i18n.ts';
import { createLibrary } from './state/library.ts';
import { createShell, restoreShell } from './state/shell.ts';
import { LibraryProvider } from './state/use-library.tsx';
import { ShellProvider } from './state/use-shell.tsx';
import { TransportProvider } from './state/use-transport.tsx';
import { createTransport } from './transport/create-transport.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/layout.css';
import './styles/song.css';
import './styles/songs.css';
import './styles/player.css';
import './styles/shell.css';
import './styles/queue.css';
import './styles/takes.css';
import './styles/compare.css';
import './styles/score-view.css';
import './styles/export.css';
import './styles/print.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element #root.');

const transport = createTransport();
const library = createLibrary(transport);
// Measured by `npm run bench:app`: from here until the list can be used.
performance.mark('library-asked');
const exports = createExports(transport, localStorage);
const shell = createShell(transport, library);
// All of it is asked for at once: the songs are on their way while the settings come.
void library.getState().load(restoreShell(transport, shell, library));

createRoot(root).render(
  <StrictMode>
    <I18nextProvider i18n={i18n}>
      <TransportProvider transport={transport}>
        <LibraryProvider library={library}>
          <ExportsProvider exports={exports}>
            <ShellProvider shell={shell}>
              <App />
            </ShellProvider>
          </ExportsProvider>
        </LibraryProvider>
      </TransportProvider>
    </I18nextProvider>
  </StrictMode>,
);
