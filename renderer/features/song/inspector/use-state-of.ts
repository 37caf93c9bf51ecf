import { useState } from 'react';

/** State that begins anew when what it is about has become something else; what is drawn with it stays, and keeps the focus. */
export function useStateOf<T>(subject: string, initial: T): [T, (value: T) => void] {
  const [held, hold] = useState({ subject, value: initial });
  return [held.subject === subject ? held.value : initial, (value) => hold({ subject, value })];
}
