import { readdirSync, readFileSync } from 'node:fs';

/** Processes of a program, by name as the system shows it. Linux only. */
export interface Usage {
  processes: number;
  /** Memory that only these processes have, in MB: private pages, none shared. */
  privateMb: number;
  /** Seconds of processor time so far. */
  cpuSeconds: number;
}

/** Ticks of the processor clock in a second, as Linux reports them. */
const TICKS = 100;

/** What a process and all that it started use now. */
export function usageOf(root: number): Usage {
  const pids = treeOf(root);
  let privateMb = 0;
  let cpuSeconds = 0;
  for (const pid of pids) {
    const rollup = read(`/proc/${pid}/smaps_rollup`);
    for (const [, kb] of rollup.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm))
      privateMb += Number(kb) / 1024;
    const [, rest = ''] = /\) (.*)$/s.exec(read(`/proc/${pid}/stat`)) ?? [];
    const fields = rest.split(' ');
    cpuSeconds += (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS;
  }
  return { processes: pids.length, privateMb, cpuSeconds };
}

function treeOf(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const [, rest = ''] = /\) (.*)$/s.exec(read(`/proc/${name}/stat`)) ?? [];
    parents.set(Number(name), Number(rest.split(' ')[1] ?? 0));
  }
  const tree = [root];
  for (let i = 0; i < tree.length; i++) {
    for (const [pid, parent] of parents) if (parent === tree[i]) tree.push(pid);
  }
  return tree;
}

/** Empty where the process has ended. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
