/** The engine's version: part of every artefact and cache key. Raise it when the same input gives other bytes. */
export const ENGINE_VERSION = '0.4.1';

/**
 * The day this version was made. Scores carry it as their encoding date, so that the same analysis, settings, seed
 * and version give the same bytes on any day.
 */
export const ENGINE_DATE = '2026-11-30';
