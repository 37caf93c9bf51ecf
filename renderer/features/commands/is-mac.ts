/** Whether Cmd, not Ctrl, is the key for commands. */
export const isMac = /^Mac|^iP/.test(navigator.platform);
