import { useEffect, useState } from 'react';
import type { PlayerSettings } from '../../../main/contract/performance.ts';

/** Loudspeakers, headphones. */
export type OutputDevice = NonNullable<PlayerSettings['output']>;

/** What stands for whatever the system plays on. */
const systemsOwn = ['', 'default', 'communications'];

/** What one can hear on. None where the surroundings do not tell, as browsers do that were not given the microphone. */
export async function listOutputs(): Promise<OutputDevice[]> {
  if (!('setSinkId' in AudioContext.prototype)) return [];
  const devices = await navigator.mediaDevices?.enumerateDevices().catch(() => []);
  return (devices ?? [])
    .filter(({ kind, deviceId, label }) => kind === 'audiooutput' && label && !systemsOwn.includes(deviceId))
    .map(({ deviceId, label }) => ({ id: deviceId, name: label }));
}

/** The id of what was chosen once: by its name where ids have changed. Empty: the system's own. */
export async function findOutput(chosen: OutputDevice | null): Promise<string> {
  if (chosen === null) return '';
  const outputs = await listOutputs();
  const found =
    outputs.find(({ id }) => id === chosen.id) ?? outputs.find(({ name }) => name === chosen.name);
  return found?.id ?? '';
}

/** The same as state, which follows what is plugged in. */
export function useOutputs(): readonly OutputDevice[] {
  const [outputs, setOutputs] = useState<readonly OutputDevice[]>([]);
  useEffect(() => {
    let current = true;
    const read = () =>
      void listOutputs().then((found) => {
        if (current) setOutputs(found);
      });
    read();
    navigator.mediaDevices?.addEventListener('devicechange', read);
    return () => {
      current = false;
      navigator.mediaDevices?.removeEventListener('devicechange', read);
    };
  }, []);
  return outputs;
}
