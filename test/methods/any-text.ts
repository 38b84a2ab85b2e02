import fc from 'fast-check';

/** Any text at all: every code point may be in it, lone surrogates too, half of the time plain ones. */
export const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0x7e }), fc.integer({ min: 0, max: 0x1ffff })), { maxLength: 80 })
  .map((points) => String.fromCodePoint(...points));
