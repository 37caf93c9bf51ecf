import type { HandNetworks } from './hand-network.ts';
export const handNetworks: HandNetworks = null!;
