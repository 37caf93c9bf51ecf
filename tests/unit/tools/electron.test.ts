import { describe, expect, it } from 'vitest';
import { electronProgram, fetchProblem, parseMissingLibraries } from '../../../tools/electron.mjs';

describe('electronProgram', () => {
  it('knows the place on each system', () => {
    expect(electronProgram('linux')).toBe('electron');
    expect(electronProgram('win32')).toBe('electron.exe');
    expect(electronProgram('darwin')).toBe('Electron.app/Contents/MacOS/Electron');
  });
});

describe('parseMissingLibraries', () => {
  it('names what the loader does not find', () => {
    const listed = [
      '\tlinux-vdso.so.1 (0x00007ffd)',
      '\tlibffmpeg.so => /opt/electron/libffmpeg.so (0x00007f)',
      '\tlibnss3.so => not found',
      '\tlibgtk-3.so.0 => not found',
    ].join('\n');
    expect(parseMissingLibraries(listed)).toEqual(['libnss3.so', 'libgtk-3.so.0']);
    expect(parseMissingLibraries('\tstatically linked')).toEqual([]);
  });
});

describe('fetchProblem', () => {
  it('tells a full disk, a damaged file and a proxy from a site that cannot be reached', () => {
    expect(fetchProblem('Error: ENOSPC: no space left on device')).toMatch(/disk is full/);
    expect(fetchProblem('Error: Generated checksum for "electron.zip" did not match')).toMatch(/damaged/);
    expect(fetchProblem('RequestError: SELF_SIGNED_CERT_IN_CHAIN')).toMatch(/NODE_EXTRA_CA_CERTS/);
    expect(fetchProblem('RequestError: getaddrinfo ENOTFOUND github.com')).toMatch(/cannot be reached/);
  });
});
