/** The engine's version: part of every artefact and cache key. Raise it when the same input gives other bytes. */
export const ENGINE_VERSION = '0.1.0';
