/** onnxruntime-node's execution providers that Songleaf knows. */
export const devices = ['cpu', 'coreml', 'dml', 'cuda'] as const;
export type Device = (typeof devices)[number];
/** `auto` takes the fastest that works. */
export const deviceChoices = ['auto', ...devices] as const;
export type DeviceChoice = (typeof deviceChoices)[number];
