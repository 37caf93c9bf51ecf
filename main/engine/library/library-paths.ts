import path from 'node:path';

/** Where everything lies in a library's folder. */
export function pathsIn(folder: string) {
  return {
    file: path.join(folder, 'library.db'),
    lock: path.join(folder, 'library.lock'),
    backups: path.join(folder, 'backups'),
    evidence: path.join(folder, 'evidence'),
    stems: path.join(folder, 'stems'),
    media: path.join(folder, 'media'),
    player: path.join(folder, 'player'),
    paper: path.join(folder, 'paper'),
    paperOfAll: path.join(folder, 'paper.json'),
    settings: path.join(folder, 'settings.json'),
    view: path.join(folder, 'view.json'),
    queue: path.join(folder, 'queue.json'),
    covers: path.join(folder, 'covers'),
    uploads: path.join(folder, 'uploads'),
  };
}
