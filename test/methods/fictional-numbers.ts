/**
 * Numbers the tests use. Reserved for film and drama: Germany’s (Bundesnetzagentur), +44 20 7946 0xxx (Ofcom),
 * +33 1 99 00 xx xx (Arcep) and +1 xxx 555 01xx. Where no such range is known, or the numbering data calls it
 * unassigned (+44 7700 900xxx, +33 6 39 98 xx xx), these are plain runs of digits; nothing is ever sent to them.
 */
export const fictional = {
  nlMobile: '+31612345678',
  nlLandline: '+31207940000',
  nlInternet: '+31851234567',
  beMobile: '+32470123456',
  deMobile: '+4915228817386',
  deLandline: '+493023125000',
  luMobile: '+352621123456',
  frLandline: '+33199001234',
  gbLandline: '+442079460123',
  usEither: '+12025550123',
} as const;

/** Ofcom’s mobile numbers for drama: no network has them, so the form says that they do not exist. */
export const gbDramaMobile = '+447700900123';
