import { useEffect, useState } from 'react';
import type { ModelName } from '../../main/contract/arrangement.ts';
import type { Transport } from '../transport/transport.ts';
import { usualModels } from './settings.ts';
import { useTransport } from './use-transport.tsx';

/** What each engine answered; its networks do not change while it runs. */
const answers = new WeakMap<Transport, Promise<readonly ModelName[]>>();

async function ask(transport: Transport): Promise<readonly ModelName[]> {
  try {
    return await transport.call('engine.models', {});
  } catch {
    answers.delete(transport);
    return usualModels;
  }
}

/** Arrangers whose networks are there; the usual ones until the engine has answered. */
export function useModels(): readonly ModelName[] {
  const transport = useTransport();
  const [models, setModels] = useState(usualModels);
  useEffect(() => {
    let current = true;
    const answer = answers.get(transport) ?? ask(transport);
    answers.set(transport, answer);
    void answer.then((present) => {
      if (current) setModels(present);
    });
    return () => {
      current = false;
    };
  }, [transport]);
  return models;
}
