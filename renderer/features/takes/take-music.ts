import { useEffect, useState } from 'react';
import type { Take } from '../../../main/contract/library.ts';
import type { TakeMusic } from '../../../main/contract/takes.ts';
import { useLibrary } from '../../state/use-library.tsx';

/** A take's notes and numbers; null until they are there, and where they cannot be read. */
export function useTakeMusic(take: Take): TakeMusic | null {
  const readMusic = useLibrary((library) => library.takeDesk.readMusic);
  const [music, setMusic] = useState<TakeMusic | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: its music changes with the revision alone
  useEffect(() => {
    let current = true;
    readMusic(take).then(
      (read) => {
        if (current) setMusic(read);
      },
      // The take's own page says why it cannot be opened.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [take.id, take.revision, readMusic]);
  return music;
}
