import type { BrowserWindowConstructorOptions } from 'electron';

/** Paper and ink of the window before its page has drawn, as in `renderer/styles/tokens.css`. */
const background = { light: '#f3f0e9', dark: '#1b1a18' } as const;

/**
 * The only options a window of Songleaf is opened with. Every protection is spelled out, also where it is
 * Electron's default today.
 */
export function windowOptions(preload: string, dark: boolean): BrowserWindowConstructorOptions {
  return {
    width: 1280,
    height: 800,
    minWidth: 760,
    minHeight: 520,
    title: 'Songleaf',
    show: false,
    backgroundColor: dark ? background.dark : background.light,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  };
}
