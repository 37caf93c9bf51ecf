import { useEffect } from 'react';
import { useLibrary } from '../../state/use-library.tsx';

/** Milliseconds between two looks at thousands of files. */
const AT_MOST_EVERY = 15_000;

/** Looks whether recordings are still where they were whenever a person comes back to the window: they may have moved some. */
export function useFreshFiles(): void {
  const lookAtFiles = useLibrary((library) => library.lookAtFiles);
  useEffect(() => {
    let last = performance.now();
    const look = () => {
      if (performance.now() - last < AT_MOST_EVERY) return;
      last = performance.now();
      void lookAtFiles();
    };
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, [lookAtFiles]);
}
