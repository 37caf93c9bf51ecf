import * as z from 'zod';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** One long sheet, or a page at a time. */
export const scoreLayouts = ['continuous', 'pages'] as const;
export type ScoreLayout = (typeof scoreLayouts)[number];

/** Steps of the zoom, of the size that reads well at arm's length. */
export const zooms = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.4, 1.6, 1.8, 2, 2.5] as const;

const viewSchema = z.object({
  layout: z.enum(scoreLayouts),
  zoom: z.number().min(0.5).max(2.5),
  /** Zoom on the music stand. */
  standZoom: z.number().min(0.5).max(2.5),
  /** Light notes on a dark page. */
  darkPaper: z.boolean(),
});
export type ScoreView = z.infer<typeof viewSchema>;

const usual: ScoreView = { layout: 'continuous', zoom: 1, standZoom: 1.4, darkPaper: false };

/** How scores are looked at in this window; nothing of it is on paper or in exports. */
export const useScoreView = create<ScoreView & { change: (changed: Partial<ScoreView>) => void }>()(
  persist((set) => ({ ...usual, change: (changed) => set(changed) }), {
    name: 'score-view',
    partialize: ({ layout, zoom, standZoom, darkPaper }) => ({ layout, zoom, standZoom, darkPaper }),
    // What is kept may be of another version, or of another hand.
    merge: (kept, now) => ({ ...now, ...viewSchema.partial().safeParse(kept).data }),
  }),
);

/** The next larger zoom, or the next smaller one. */
export function stepZoom(zoom: number, direction: 1 | -1): number {
  const next =
    direction > 0 ? zooms.find((each) => each > zoom + 0.01) : zooms.findLast((each) => each < zoom - 0.01);
  return next ?? zoom;
}
