/** Something that happened to the library which a person should know of, though the work goes on. */
export interface LibraryNotice {
  kind:
    | 'library-recovered'
    | 'library-missing'
    | 'backup-damaged'
    | 'row-unreadable'
    | 'job-dropped'
    | 'evidence-lost';
  /** What was kept and what was lost, naming the file or row. */
  message: string;
  hint: string;
}

export interface NoticeLog {
  /** In the order they happened; the same notice is kept once. */
  readonly all: readonly LibraryNotice[];
  add(notice: LibraryNotice): void;
}

/** `onNotice` hears each new notice once. */
export function createNoticeLog(onNotice?: (notice: LibraryNotice) => void): NoticeLog {
  const all: LibraryNotice[] = [];
  return {
    all,
    add(notice) {
      // A bad row is met again at every listing.
      if (all.some((known) => known.kind === notice.kind && known.message === notice.message)) return;
      all.push(notice);
      onNotice?.(notice);
    },
  };
}
