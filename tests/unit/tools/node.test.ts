import { describe, expect, it } from 'vitest';
import { decideNode, packagedNodes } from '../../../tools/node.mjs';

const old = { nodeApi: 9, platform: 'linux', arch: 'x64', brought: false };

describe('decideNode', () => {
  it('uses a Node that is new enough, on any system', () => {
    expect(decideNode({ ...old, nodeApi: 10 })).toEqual({ action: 'use' });
    expect(decideNode({ ...old, nodeApi: 11, platform: 'aix', arch: 'ppc64' })).toEqual({ action: 'use' });
  });

  it('brings one where the registry has it', () => {
    for (const [system, spec] of Object.entries(packagedNodes)) {
      const [platform, arch] = system.split('-') as [string, string];
      expect(decideNode({ ...old, platform, arch })).toEqual({ action: 'bring', spec });
    }
  });

  it('brings Node 22.14 or newer, pinned', () => {
    for (const spec of Object.values(packagedNodes)) {
      const [, major, minor] = /@(\d+)\.(\d+)\.\d+$/.exec(spec)!.map(Number);
      expect(major! > 22 || (major === 22 && minor! >= 14)).toBe(true);
    }
  });

  it('refuses where the registry has none', () => {
    expect(decideNode({ ...old, arch: 'riscv64' })).toEqual({ action: 'refuse' });
    expect(decideNode({ ...old, platform: 'sunos' })).toEqual({ action: 'refuse' });
  });

  it('does not bring a second one when the one it brought is too old', () => {
    expect(decideNode({ ...old, brought: true })).toEqual({ action: 'refuse' });
  });
});
