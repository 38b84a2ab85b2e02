/** The languages Sparekey speaks; each catalogue is complete or the house does not compile. */
export const languages = ['nl', 'en'] as const;
export type Language = (typeof languages)[number];
