import type { Database } from 'better-sqlite3';

/** One step of the schema, forward only. It runs inside the transaction that also sets `user_version`. */
export interface Migration {
  /** The `user_version` it leaves behind. */
  version: number;
  name: string;
  up(sqlite: Database): void;
}
