import { createContext, type ReactNode, useContext } from 'react';
import type { Transport } from '../transport/transport.ts';

const TransportContext = createContext<Transport | null>(null);

export function TransportProvider({ transport, children }: { transport: Transport; children: ReactNode }) {
  return <TransportContext value={transport}>{children}</TransportContext>;
}

/** The way to the engine, for views that keep a state of their own. */
export function useTransport(): Transport {
  const transport = useContext(TransportContext);
  if (transport === null) throw new Error('useTransport needs a TransportProvider around it.');
  return transport;
}
