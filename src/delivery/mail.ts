import type { Language } from '../words/languages.ts';
import { oneLine } from './line.ts';

/** One piece of a mail: a paragraph, a code to be typed over, or a sentence that ends with where to go. */
export type MailPart =
  | { kind: 'paragraph'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'link'; before: string; href: string };

/** A mail before it is rendered. */
export interface MailDraft {
  readonly language: Language;
  readonly subject: string;
  readonly heading: string;
  readonly parts: readonly MailPart[];
}

/** Renders a mail as plain text and as HTML with the same words: every value escaped, nothing loaded from elsewhere. */
export function renderMail(draft: MailDraft): { subject: string; text: string; html: string } {
  const paragraphs = [draft.heading, ...draft.parts.map(partAsText)];
  const body = draft.parts.map(partAsHtml).join('\n');
  const html = `<!doctype html>
<html lang="${draft.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(draft.subject)}</title>
</head>
<body style="font-family: sans-serif; font-size: 1em; line-height: 1.5; max-width: 36em">
<h1 style="font-size: 1.4em">${escapeHtml(draft.heading)}</h1>
${body}
</body>
</html>
`;
  return { subject: oneLine(draft.subject), text: `${paragraphs.join('\n\n')}\n`, html };
}

/** Escapes a value for HTML text and for attributes in double quotes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Gives a link as people read it: a mail address without its scheme. */
export function shownLink(href: string): string {
  return href.replace(/^mailto:/, '');
}

function partAsText(part: MailPart): string {
  return part.kind === 'link' ? `${part.before} ${shownLink(part.href)}` : part.text;
}

function partAsHtml(part: MailPart): string {
  switch (part.kind) {
    case 'paragraph':
      return `<p>${escapeHtml(part.text)}</p>`;
    case 'code':
      return `<p style="font-size: 1.8em"><strong>${escapeHtml(part.text)}</strong></p>`;
    case 'link':
      return `<p>${escapeHtml(part.before)} <a href="${escapeHtml(part.href)}">${escapeHtml(shownLink(part.href))}</a></p>`;
  }
}
