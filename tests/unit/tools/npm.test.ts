import { describe, expect, it } from 'vitest';
import { npmCommand, npmRemedy } from '../../../tools/npm.mjs';

describe('npmCommand', () => {
  it('uses the npm that runs the script, without a shell', () => {
    expect(npmCommand({ npm_execpath: '/usr/lib/npm/bin/npm-cli.js' }, 'win32')).toEqual({
      program: process.execPath,
      args: ['/usr/lib/npm/bin/npm-cli.js'],
      shell: false,
    });
  });

  it('does not take another package manager for npm', () => {
    expect(npmCommand({ npm_execpath: '/usr/lib/yarn.js' }, 'linux').program).toBe('npm');
    expect(npmCommand({}, 'win32')).toEqual({ program: 'npm.cmd', args: [], shell: true });
  });
});

describe('npmRemedy', () => {
  const remedy = (output: string, timedOut = false) => npmRemedy({ output, timedOut }, 'the.log');

  it('says what to do about the usual failures', () => {
    expect(remedy('npm error code ENOTFOUND')).toMatch(/internet connection or proxy/);
    expect(remedy('', true)).toMatch(/internet connection or proxy/);
    expect(remedy('npm error code ENOSPC')).toMatch(/disk is full/);
    expect(remedy('npm error code EACCES')).toMatch(/cannot be written to/);
    expect(remedy('npm error code SELF_SIGNED_CERT_IN_CHAIN')).toMatch(/NODE_EXTRA_CA_CERTS/);
    expect(remedy('npm error code E407')).toMatch(/login/);
    expect(remedy('npm error code EUSAGE')).toMatch(/package-lock\.json/);
  });

  it('names the log for any other', () => {
    expect(remedy('npm error something new')).toMatch(/the\.log/);
  });
});
