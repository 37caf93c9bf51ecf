import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron';
import { DECODER_ROLE, menuCommands, type SongleafApi } from './api.ts';
import { channels } from './channels.ts';
import { decodeAudio } from './decode-audio.ts';

/** Subscribes without ever handing the page an Electron event object. */
function listen(channel: string, listener: (message: unknown) => void): () => void {
  const forward = (_event: IpcRendererEvent, message: unknown): void => listener(message);
  ipcRenderer.on(channel, forward);
  return () => {
    ipcRenderer.removeListener(channel, forward);
  };
}

const api: SongleafApi = {
  call: (name, input) => ipcRenderer.invoke(channels.call, name, input),
  onEvent: (listener) => listen(channels.event, listener),
  onMenu: (listener) =>
    listen(channels.menu, (message) => {
      const command = menuCommands.find((known) => known === message);
      if (command !== undefined) listener(command);
    }),
  onOpened: (listener) => listen(channels.opened, listener),
  tellWords: (words) => ipcRenderer.invoke(channels.words, words),
  showWork: (work) => ipcRenderer.invoke(channels.work, work),
  notify: (text) => ipcRenderer.invoke(channels.notify, text),
  chooseLibrary: () => ipcRenderer.invoke(channels.chooseLibrary),
  pickSongs: () => ipcRenderer.invoke(channels.pickSongs),
  importDropped: (files) =>
    ipcRenderer.invoke(
      channels.importDropped,
      Array.from(files, (file) => webUtils.getPathForFile(file)),
    ),
  pickFolder: () => ipcRenderer.invoke(channels.pickFolder),
  locateSong: (songId) => ipcRenderer.invoke(channels.locateSong, songId),
  findMoved: () => ipcRenderer.invoke(channels.findMoved),
  exportTakes: (request) => ipcRenderer.invoke(channels.exportTakes, request),
  cancelExport: (exportId) => ipcRenderer.invoke(channels.cancelExport, exportId),
  showExport: (exportId) => ipcRenderer.invoke(channels.showExport, exportId),
  openTake: (take) => ipcRenderer.invoke(channels.openTake, take),
  prepareDrag: (take) => ipcRenderer.invoke(channels.prepareDrag, take),
  dragTake: (take) => ipcRenderer.invoke(channels.dragTake, take),
};

if (process.argv.includes(DECODER_ROLE)) {
  ipcRenderer.once(channels.decoder, ({ ports: [port] }) => {
    if (port !== undefined) decodeAudio(port);
  });
} else {
  contextBridge.exposeInMainWorld('songleaf', api);
}
