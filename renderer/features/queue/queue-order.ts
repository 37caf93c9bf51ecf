/**
 * Places in the queue as the engine takes them: the job to stand before, null for behind all, and undefined where the
 * job stands there already.
 */
export type QueuePlace = string | null | undefined;

/** One place earlier. */
export function placeBefore(order: readonly string[], id: string): QueuePlace {
  const at = order.indexOf(id);
  return at > 0 ? order[at - 1] : undefined;
}

/** One place later. */
export function placeAfter(order: readonly string[], id: string): QueuePlace {
  const at = order.indexOf(id);
  if (at < 0 || at === order.length - 1) return undefined;
  return order[at + 2] ?? null;
}

/** Where a job goes that was dropped before or after another. */
export function placeOfDrop(
  order: readonly string[],
  moved: string,
  target: string,
  side: 'before' | 'after',
): string | null {
  const others = order.filter((id) => id !== moved);
  const at = others.indexOf(target);
  return side === 'before' ? target : (others[at + 1] ?? null);
}
