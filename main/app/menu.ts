import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../../preload/api.ts';
import type { ShellWords } from '../shell/shell-words.ts';

export interface MenuOptions {
  mac: boolean;
  development: boolean;
  words: ShellWords;
  send: (command: MenuCommand) => void;
}

/** The app's menu, in the words that the page told. */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const { mac, development, words, send } = options;
  const command = (label: string, name: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => send(name),
    ...(accelerator ? { accelerator } : {}),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const settings = command(`${words.settings}…`, 'settings', 'CmdOrCtrl+,');
  const about = command(words.about, 'about');
  return [
    ...(mac
      ? [
          {
            role: 'appMenu' as const,
            submenu: [
              about,
              separator,
              settings,
              separator,
              { role: 'services' as const },
              separator,
              { role: 'hide' as const },
              { role: 'hideOthers' as const },
              { role: 'unhide' as const },
              separator,
              { role: 'quit' as const, label: words.quit },
            ],
          },
        ]
      : []),
    {
      label: words.file,
      submenu: [
        command(`${words.addSongs}…`, 'pick-songs', 'CmdOrCtrl+O'),
        ...(mac ? [] : [separator, settings]),
        separator,
        mac ? { role: 'close', label: words.closeWindow } : { role: 'quit', label: words.quit },
      ],
    },
    {
      label: words.edit,
      submenu: [
        { role: 'undo', label: words.undo },
        { role: 'redo', label: words.redo },
        separator,
        { role: 'cut', label: words.cut },
        { role: 'copy', label: words.copy },
        { role: 'paste', label: words.paste },
        { role: 'selectAll', label: words.selectAll },
      ],
    },
    {
      label: words.view,
      submenu: [
        command(words.score, 'show-score', 'CmdOrCtrl+1'),
        command(words.takes, 'show-takes', 'CmdOrCtrl+2'),
        command(words.compare, 'show-compare', 'CmdOrCtrl+3'),
        command(words.song, 'show-song', 'CmdOrCtrl+4'),
        command(words.queue, 'show-queue', 'CmdOrCtrl+5'),
        command(`${words.palette}…`, 'palette', 'CmdOrCtrl+K'),
        separator,
        ...(development ? [{ role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
        { role: 'resetZoom', label: words.resetZoom },
        { role: 'zoomIn', label: words.zoomIn },
        { role: 'zoomOut', label: words.zoomOut },
        separator,
        { role: 'togglefullscreen', label: words.fullScreen },
      ],
    },
    {
      role: 'windowMenu',
      label: words.window,
      submenu: [
        { role: 'minimize', label: words.minimize },
        { role: 'close', label: words.closeWindow },
      ],
    },
    {
      role: 'help',
      label: words.help,
      submenu: [
        command(words.shortcuts, 'shortcuts'),
        command(words.changes, 'changes'),
        ...(mac ? [] : [separator, about]),
      ],
    },
  ];
}

export function setMenu(options: MenuOptions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options)));
}
