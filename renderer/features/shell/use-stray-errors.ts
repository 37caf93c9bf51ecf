import { useEffect } from 'react';
import { toErrorReport } from '../../../main/contract/errors.ts';
import { useLibraryStore } from '../../state/use-library.tsx';

/** A browser's word that sizes will be told in its next round; nothing is wrong. */
const harmless = /^ResizeObserver loop/;

/** Tells of errors that nobody else caught, so that none passes in silence. */
export function useStrayErrors(): void {
  const library = useLibraryStore();
  useEffect(() => {
    const tell = (error: unknown) => library.getState().tell({ kind: 'error', error: toErrorReport(error) });
    const failed = ({ error, message }: ErrorEvent) => {
      if (!harmless.test(message)) tell(error ?? message);
    };
    const rejected = ({ reason }: PromiseRejectionEvent) => tell(reason);
    window.addEventListener('error', failed);
    window.addEventListener('unhandledrejection', rejected);
    return () => {
      window.removeEventListener('error', failed);
      window.removeEventListener('unhandledrejection', rejected);
    };
  }, [library]);
}
