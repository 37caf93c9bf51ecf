import { describe, expect, test } from 'vitest';
import { checkSender, type SenderEvent } from '../../../main/app/sender.ts';

const windows = new Set([7]);

function from(change: {
  id?: number;
  destroyed?: boolean;
  frame?: Partial<SenderEvent['senderFrame']> | null;
}) {
  return {
    sender: { id: change.id ?? 7, isDestroyed: () => change.destroyed ?? false },
    senderFrame:
      change.frame === null ? null : { url: 'app://songleaf/index.html', parent: null, ...change.frame },
  };
}

describe('checkSender', () => {
  test('lets our own window in', () => {
    expect(() => checkSender(from({}), windows)).not.toThrow();
  });

  test.each([
    ['a web contents that the app did not open', from({ id: 8 })],
    ['a destroyed sender', from({ destroyed: true })],
    ['a frame that has gone', from({ frame: null })],
    ['a frame inside the page', from({ frame: { parent: {} } })],
    ['another site', from({ frame: { url: 'https://songleaf/' } })],
    ['a host that begins like ours', from({ frame: { url: 'app://songleaf.evil/' } })],
    ['a host that ends like ours', from({ frame: { url: 'app://evil.songleaf/' } })],
    ['our host as a user name', from({ frame: { url: 'app://songleaf@evil/' } })],
    ['a file', from({ frame: { url: 'file:///index.html' } })],
    ['an empty frame', from({ frame: { url: 'about:blank' } })],
    ['no URL at all', from({ frame: { url: '' } })],
  ])('refuses %s', (_what, event) => {
    expect(() => checkSender(event, windows)).toThrowError(
      expect.objectContaining({ name: 'SongleafError', code: 'bad-request' }),
    );
  });
});
