/** Names of the messages between the window's preload and the app. Nothing else is listened to or sent. */
export const channels = {
  call: 'songleaf:call',
  pickSongs: 'songleaf:pick-songs',
  importDropped: 'songleaf:import-dropped',
  saveExport: 'songleaf:save-export',
  saveAudio: 'songleaf:save-audio',
  words: 'songleaf:words',
  work: 'songleaf:work',
  notify: 'songleaf:notify',
  chooseLibrary: 'songleaf:choose-library',
  /** From the app to the window. */
  opened: 'songleaf:opened',
  event: 'songleaf:event',
  menu: 'songleaf:menu',
  /** From the app to a decoder's window, with the channel to the engine's process. */
  decoder: 'songleaf:decoder',
} as const;
