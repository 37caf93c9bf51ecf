import { describe, expect, it } from 'vitest';
import { findWeightsDir } from '../../../main/engine/places.ts';
import { chooseDevice, listCandidates, probeInChild } from '../../../main/engine/transcription/devices.ts';

describe('devices', () => {
  it('tries what the platform has, the CPU last', () => {
    expect(listCandidates('darwin', 'arm64')).toEqual(['coreml', 'cpu']);
    expect(listCandidates('win32', 'x64')).toEqual(['dml', 'cpu']);
    expect(listCandidates('linux', 'x64', true)).toEqual(['cuda', 'cpu']);
    expect(listCandidates('linux', 'x64', false)).toEqual(['cpu']);
    expect(listCandidates('linux', 'arm64')).toEqual(['cpu']);
  });

  it('takes the first device that works and says why not the others', async () => {
    const chosen = await chooseDevice(
      'auto',
      '',
      async (device) =>
        device === 'coreml'
          ? { ok: true, seconds: 0.1, difference: 0.2 }
          : { ok: false, reason: 'no driver.' },
      ['coreml', 'dml', 'cpu'],
    );
    expect(chosen.device).toBe('cpu');
    expect(chosen.tried).toHaveLength(2);
    expect(chosen.tried[0]).toContain('0.20');
    const good = await chooseDevice('auto', '', async () => ({ ok: true, seconds: 0.1, difference: 1e-5 }), [
      'cuda',
      'cpu',
    ]);
    expect(good.device).toBe('cuda');
  });

  it('refuses a named device that does not work, in a real child process', async () => {
    const foreign = process.platform === 'darwin' ? 'dml' : 'coreml';
    await expect(chooseDevice(foreign, findWeightsDir())).rejects.toMatchObject({
      code: 'device-unavailable',
      message: expect.stringContaining(`no ${foreign}`),
    });
  });

  it('agrees with itself on the CPU', async () => {
    const answer = await probeInChild('cpu', findWeightsDir());
    expect(answer).toMatchObject({ ok: true, difference: 0 });
  });

  it('survives a probe that cannot even load its network', async () => {
    expect(await probeInChild('cpu', '/nowhere')).toMatchObject({ ok: false });
  });
});
