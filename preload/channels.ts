/** Names of the messages between the window's preload and the app. Nothing else is listened to or sent. */
export const channels = {
  call: 'songleaf:call',
  pickSongs: 'songleaf:pick-songs',
  importDropped: 'songleaf:import-dropped',
  words: 'songleaf:words',
  work: 'songleaf:work',
  notify: 'songleaf:notify',
  chooseLibrary: 'songleaf:choose-library',
  pickFolder: 'songleaf:pick-folder',
  locateSong: 'songleaf:locate-song',
  findMoved: 'songleaf:find-moved',
  exportTakes: 'songleaf:export-takes',
  cancelExport: 'songleaf:cancel-export',
  showExport: 'songleaf:show-export',
  openTake: 'songleaf:open-take',
  prepareDrag: 'songleaf:prepare-drag',
  dragTake: 'songleaf:drag-take',
  /** From the app to the window. */
  opened: 'songleaf:opened',
  event: 'songleaf:event',
  menu: 'songleaf:menu',
  /** From the app to a decoder's window, with the channel to the engine's process. */
  decoder: 'songleaf:decoder',
} as const;
