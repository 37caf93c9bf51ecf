import fs from 'node:fs';
import type { BrowserWindow, Rectangle } from 'electron';
import * as z from 'zod';

const placeSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1),
  height: z.int().min(1),
  maximized: z.boolean(),
});
/** Where a window stands, and whether it fills the screen; its size then is that to go back to. */
export type WindowPlace = z.infer<typeof placeSchema>;

/** Pixels of a window that must be on a screen, so that it can be taken hold of. */
const IN_SIGHT = { width: 200, height: 80 };

/**
 * The place to open a window at: the one that was kept, unless its screen has gone since.
 * @param areas of the screens, without docks and menu bars
 */
export function fitPlace(kept: WindowPlace | null, areas: readonly Rectangle[]): WindowPlace | null {
  if (kept === null) return null;
  const area = areas.find((each) => {
    const across = Math.min(kept.x + kept.width, each.x + each.width) - Math.max(kept.x, each.x);
    const down = Math.min(kept.y + kept.height, each.y + each.height) - Math.max(kept.y, each.y);
    // A title bar above the screen cannot be reached.
    return across >= IN_SIGHT.width && down >= IN_SIGHT.height && kept.y >= each.y;
  });
  if (area === undefined) return null;
  return { ...kept, width: Math.min(kept.width, area.width), height: Math.min(kept.height, area.height) };
}

/** The place that was kept in `file`; null where there is none that can be read. */
export function readPlace(file: string): WindowPlace | null {
  try {
    const parsed = placeSchema.safeParse(JSON.parse(fs.readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Keeps in `file` where the window stands, whenever it has come to rest and when it closes. */
export function keepPlace(window: BrowserWindow, file: string): void {
  let timer: NodeJS.Timeout | undefined;
  const write = () => {
    clearTimeout(timer);
    if (window.isDestroyed() || window.isFullScreen()) return;
    const place: WindowPlace = { ...window.getNormalBounds(), maximized: window.isMaximized() };
    try {
      const temporary = `${file}.part`;
      fs.writeFileSync(temporary, JSON.stringify(place));
      fs.renameSync(temporary, file);
    } catch {
      // A full disk must not keep a window from closing; it opens at its default place next time.
    }
  };
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(write, 500);
  };
  window.on('resize', wait);
  window.on('move', wait);
  window.on('close', write);
}
