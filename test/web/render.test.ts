import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeRender } from '../../src/web/render.ts';
import type { Frame } from '../../src/web/views.ts';
import { en } from '../../src/words/en.ts';

declare module '../../src/web/views.ts' {
  interface Views {
    sample: { name: string; more?: string };
  }
}

const frame: Frame = {
  ...{ t: en, language: 'en', otherLanguage: 'nl', languageLink: '/?lang=nl', title: 'A title' },
  ...{ organisation: 'Example', helpContact: null, path: '/', signedIn: false, ownPages: false, csrf: '' },
  ...{ problems: [], values: {}, notice: null, row: 'page', inRow: false },
  assets: { css: '/main.css', htmx: '/htmx.js', rows: '/rows.js' },
};

/** A renderer of one view, and of one part that it may put in. */
async function renderOf(view: string) {
  const folder = await mkdtemp(join(tmpdir(), 'sparekey-views-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'parts'));
  await writeFile(join(folder, 'sample.eta'), view);
  await writeFile(join(folder, 'parts/page.eta'), '<main><%~ it.body %></main>');
  await writeFile(join(folder, 'parts/greeting.eta'), 'Hello <%= it.who %>, <%= it.name %>');
  return makeRender(folder);
}

test('a view prints what it is given, escaped, in its frame', async () => {
  const render = await renderOf('<p><%= it.name %></p>');
  const props = { ...frame, name: `<b title="it's">&` };
  expect(render('sample', props, 'page')).toBe(
    '<main><p>&lt;b title=&quot;it&#39;s&quot;&gt;&amp;</p></main>',
  );
  expect(render('sample', props, 'bare')).toBe('<p>&lt;b title=&quot;it&#39;s&quot;&gt;&amp;</p>');
});

test('a view that asks for a name nobody gave is not drawn, even where it would not print it', async () => {
  const render = await renderOf('<% if (it.more) { %><p><%= it.more %></p><% } %>');
  expect(() => render('sample', { ...frame, name: 'Ann' }, 'bare')).toThrow(
    'The view sample asks for more, which nobody gave.',
  );
  expect(render('sample', { ...frame, name: 'Ann', more: 'this' }, 'bare')).toBe('<p>this</p>');
});

test('a part knows what it is given and nothing of the view around it', async () => {
  const given = await renderOf("<%~ part('parts/greeting', { who: 'you', name: it.name }) %>");
  expect(given('sample', { ...frame, name: 'Ann' }, 'bare')).toBe('Hello you, Ann');
  const without = await renderOf("<%= it.name %><%~ part('parts/greeting', { who: 'you' }) %>");
  expect(() => without('sample', { ...frame, name: 'Ann' }, 'bare')).toThrow('something that is not there');
});
