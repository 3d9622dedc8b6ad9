// What the banner says and how long a piece of news holds: extension/beside/banner-view.js and news.js.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { clock, openPage } from '../content/browser.js';

openPage('');
const { bannerContent } = await import('../../../extension/beside/banner-view.js');
const { createNews, crossing_ms, silence_ms } = await import('../../../extension/content/news.js');

const hello = {
  type: 'hello', dir: 'ltr', lang: 'en', interlock: 'warn',
  texts: { muting: ['muting'], lost: ['lost', 'why', 'what'] },
};
const status = (view, more = {}) => ({
  type: 'status', view, lines: [view, 'd'], dir: 'rtl', lang: 'he', interlock: 'warn',
  ...more,
});

let news;
const shown = (open = true) => bannerContent({ ...news.known(), open });

beforeEach(() => {
  openPage('');
  news = createNews(() => {});
  news.lineChanged();
});

test('without the background\'s words there is no banner', () => assert.equal(shown(), null));

test('until the background speaks it is muting, and after a silence it is lost: never muted', async () => {
  news.hear(hello);
  assert.equal(shown().view, 'muting');
  await clock.move(silence_ms - 1);
  assert.equal(shown().view, 'muting');
  await clock.move(1);
  assert.deepEqual(shown(), { view: 'unprotected', lines: ['lost', 'why', 'what'], dir: 'ltr', lang: 'en' });
});

test('a status is shown as it comes, in its own language and direction', () => {
  news.hear(hello);
  news.hear(status('muted'));
  assert.deepEqual(shown(), { view: 'muted', lines: ['muted', 'd'], dir: 'rtl', lang: 'he' });
  news.hear(status('unmuting'));
  assert.equal(shown().view, 'unmuting');
});

test('a mute from before the line fell is not shown', () => {
  news.hear(hello);
  news.hear(status('muted'));
  news.lineChanged();
  assert.equal(shown().view, 'muting');
});

test('a mute that may have crossed with the opening of the form is believed a moment later', async () => {
  news.hear(hello);
  news.hear(status('muted'));
  news.formOpened();
  assert.equal(shown().view, 'muting');
  await clock.move(crossing_ms);
  assert.equal(shown().view, 'muted');
});

test('"recording" beside an open form is believed only when nothing else follows', async () => {
  news.hear(hello);
  news.formOpened();
  news.hear(status('recording'));
  assert.equal(shown().view, 'muting');
  await clock.move(silence_ms);
  assert.equal(shown().view, 'recording');
});

test('where the interlock is off there is no banner', () => {
  news.hear({ ...hello, interlock: 'off' });
  assert.equal(shown(), null);
  news.hear(status('unprotected', { interlock: 'off' }));
  assert.equal(shown(), null);
});

test('without a form here a banner is shown only for another frame\'s', () => {
  news.hear(hello);
  news.hear(status('muted'));
  assert.equal(shown(false), null);
  news.hear(status('muted', { docked: true }));
  assert.equal(shown(false).view, 'muted');
  news.lineChanged();
  assert.equal(shown(false), null);
});
