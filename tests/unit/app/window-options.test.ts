import { describe, expect, test } from 'vitest';
import { windowOptions } from '../../../main/app/window-options.ts';

describe('windowOptions', () => {
  test('asks for every protection by name and for nothing else of the page', () => {
    expect(windowOptions('/preload.cjs', false).webPreferences).toEqual({
      preload: '/preload.cjs',
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
    });
  });

  test('opens in the colour of the page, so that nothing flashes', () => {
    const background = (dark: boolean) => windowOptions('/preload.cjs', dark).backgroundColor;
    expect(background(true)).not.toBe(background(false));
  });
});
