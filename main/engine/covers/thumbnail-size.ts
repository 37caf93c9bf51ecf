/** Pixels of a thumbnail's side: 48 CSS pixels on a screen of the usual double density, and some more. */
export const THUMBNAIL_SIZE = 112;
