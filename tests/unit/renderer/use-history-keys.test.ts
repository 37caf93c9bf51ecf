// @vitest-environment happy-dom
import { cleanup, fireEvent, renderHook } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { useHistoryKeys } from '../../../renderer/features/song/use-history-keys.ts';

afterEach(() => {
  cleanup();
  document.body.replaceChildren();
});

/** How often Ctrl+Z in an element has taken something back. */
function undoIn(html: string): number {
  const undo = vi.fn();
  renderHook(() => useHistoryKeys(undo, () => undefined));
  document.body.innerHTML = html;
  fireEvent.keyDown(document.querySelector('[data-here]')!, { key: 'z', ctrlKey: true });
  return undo.mock.calls.length;
}

test.each([
  ['a slider', '<input type="range" data-here>', 1],
  ['a checkbox', '<input type="checkbox" data-here>', 1],
  ['a text', '<input data-here>', 0],
  ['a dialog', '<div role="dialog"><button data-here></button></div>', 0],
  ['the page', '<div data-here></div>', 1],
])('the key in %s', (_, html, times) => {
  expect(undoIn(html)).toBe(times);
});
