import { spawn } from 'node:child_process';

/** The system's command that opens an address, with its arguments. The address is one argument, never a shell's text. */
export function browserCommand(platform: NodeJS.Platform, url: string): [command: string, args: string[]] {
  if (platform === 'darwin') return ['open', [url]];
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]];
  return ['xdg-open', [url]];
}

/** Opens the address in the person's browser. Resolves to false where there is none; the address is printed anyway. */
export async function openBrowser(url: string): Promise<boolean> {
  const [command, args] = browserCommand(process.platform, url);
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
