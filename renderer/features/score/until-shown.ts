/**
 * Waits until an element has a width: in a part of the window that is hidden, nothing can be measured or laid out.
 * Settles at once where it has one, and where `signal` is aborted.
 */
export function untilShown(element: HTMLElement, signal: AbortSignal): Promise<void> {
  if (element.clientWidth > 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const observer = new ResizeObserver(() => {
      if (element.clientWidth > 0) stop();
    });
    const stop = () => {
      observer.disconnect();
      signal.removeEventListener('abort', stop);
      resolve();
    };
    observer.observe(element);
    signal.addEventListener('abort', stop);
  });
}
