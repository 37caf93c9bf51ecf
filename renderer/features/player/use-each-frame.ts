import { useEffect, useRef } from 'react';

/** Does something before every picture that the window paints, while it is asked to. */
export function useEachFrame(active: boolean, work: () => void): void {
  const latest = useRef(work);
  latest.current = work;
  useEffect(() => {
    let frame = 0;
    const next = () => {
      latest.current();
      if (active) frame = requestAnimationFrame(next);
    };
    // Once at least, so that what stands is shown where it stands.
    frame = requestAnimationFrame(next);
    return () => cancelAnimationFrame(frame);
  }, [active]);
}
