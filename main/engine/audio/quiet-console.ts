/**
 * Runs `call` with `console.error` and friends silenced while it runs synchronously. The decoders print a line for
 * every broken frame, tens of thousands in a badly damaged file; what matters comes back as a result or an exception.
 * They do all their work before their promise is returned, so nothing else can print in between.
 */
export function withQuietConsole<T>(call: () => T): T {
  const target = globalThis.console;
  const original = { error: target.error, warn: target.warn, log: target.log };
  const ignore = () => undefined;
  Object.assign(target, { error: ignore, warn: ignore, log: ignore });
  try {
    return call();
  } finally {
    Object.assign(target, original);
  }
}
