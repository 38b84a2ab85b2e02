import { z } from 'zod';

/** What came in for one text field; anything but a text (absent, given twice) counts as left empty. */
export const typedText = z.string().catch('');
