/** Scrolls the compared scores so that a bar can be seen: the overlays know where each stands. */
export function showBar(board: HTMLElement | null, bar: number): void {
  for (const overlay of board?.querySelectorAll<HTMLElement>('.lane-overlay') ?? []) {
    const desk = overlay.closest<HTMLElement>('.desk');
    const place = overlay.querySelector<HTMLElement>(`[data-place="${bar}"]`);
    if (desk === null || place === null) continue;
    const top = place.getBoundingClientRect().top - desk.getBoundingClientRect().top;
    const height = place.offsetHeight;
    if (top < 0 || top + height > desk.clientHeight) desk.scrollBy({ top: top - 24, behavior: 'instant' });
  }
}
