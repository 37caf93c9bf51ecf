/** Entry files of the main bundle by output name (build/main/NAME.js): one list for the build and for its check. */
export const mainEntries = Object.freeze({
  app: 'main/app/main.ts',
  'engine-process': 'main/app/engine-process.ts',
  probe: 'main/engine/transcription/probe.ts',
  'thumbnail-worker': 'main/engine/covers/thumbnail-worker.ts',
  cli: 'main/cli/main.ts',
});

export const preloadEntry = 'preload/preload.ts';
export const rendererEntry = 'renderer/index.html';
/** A page of the app's own, which draws scores out of sight. */
export const pagesEntry = 'renderer/pages.html';
