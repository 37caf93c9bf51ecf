/** An answer that comes when a test says so. */
export interface LateAnswer<T> {
  promise: Promise<T>;
  resolve(answer: T): void;
  reject(error: unknown): void;
}

export function awaitAnswer<T>(): LateAnswer<T> {
  let resolve: (answer: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((good, bad) => {
    resolve = good;
    reject = bad;
  });
  return { promise, resolve, reject };
}
