import type { ErrorReport } from '../../../main/contract/errors.ts';
import type { Performance, PlayerSettings } from '../../../main/contract/performance.ts';

/** What the player's controls show. */
export interface PlayerState {
  /** `idle` until something is to be played; `opening` while sound is made ready. */
  status: 'idle' | 'opening' | 'ready';
  failure: ErrorReport | null;
  /** What a person wants; the music may still be on its way. */
  playing: boolean;
  /** Whether the music waits for sound that is being read. */
  waiting: boolean;
  /** Null where there are neither bars nor notes yet. Without a take it has no notes. */
  performance: Performance | null;
  settings: PlayerSettings;
}
