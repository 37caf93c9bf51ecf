/** Calls `listener` whenever the page turns light or dark. @returns the function that stops it */
export function onSchemeChange(listener: () => void): () => void {
  const theme = new MutationObserver(listener);
  theme.observe(document.documentElement, { attributeFilter: ['data-scheme'] });
  return () => theme.disconnect();
}
