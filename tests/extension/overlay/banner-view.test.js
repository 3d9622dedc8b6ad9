// Tests what the banner says, and how long a status of the background counts.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { clock, openPage } from '../support/browser.js';

openPage('');
const { bannerContent } = await import('../../../extension/overlay/banner-view.js');
const {
  createBackgroundStatus, crossing_ms, silence_ms,
} = await import('../../../extension/content/background-status.js');

const hello = {
  type: 'hello', dir: 'ltr', lang: 'en', interlock: 'warn',
  texts: { muting: ['muting'], lost: ['lost', 'why', 'what'] },
};
const status = (view, more = {}) => ({
  type: 'status', view, lines: [view, 'd'], dir: 'rtl', lang: 'he', interlock: 'warn',
  ...more,
});

let background;
const shown = (open = true) => bannerContent({ ...background.known(), open });

beforeEach(() => {
  openPage('');
  background = createBackgroundStatus(() => {});
  background.portChanged();
});

test('without the background\'s texts there is no banner', () => assert.equal(shown(), null));

test('until a status comes the banner says muting, and after a while NOT MUTED', async () => {
  background.hear(hello);
  assert.equal(shown().view, 'muting');
  await clock.move(silence_ms - 1);
  assert.equal(shown().view, 'muting');
  await clock.move(1);
  assert.deepEqual(shown(), { view: 'unprotected', lines: ['lost', 'why', 'what'], dir: 'ltr', lang: 'en' });
});

test('a status is shown as it comes, in its own language and direction', () => {
  background.hear(hello);
  background.hear(status('muted'));
  assert.deepEqual(shown(), { view: 'muted', lines: ['muted', 'd'], dir: 'rtl', lang: 'he' });
  background.hear(status('unmuting'));
  assert.equal(shown().view, 'unmuting');
});

test('a mute from before the port closed is not shown', () => {
  background.hear(hello);
  background.hear(status('muted'));
  background.portChanged();
  assert.equal(shown().view, 'muting');
});

test('a mute that may be older than the form is shown a moment later', async () => {
  background.hear(hello);
  background.hear(status('muted'));
  background.formOpened();
  assert.equal(shown().view, 'muting');
  await clock.move(crossing_ms);
  assert.equal(shown().view, 'muted');
});

test('"recording" with an open form is shown only if no other status follows', async () => {
  background.hear(hello);
  background.formOpened();
  background.hear(status('recording'));
  assert.equal(shown().view, 'muting');
  await clock.move(silence_ms);
  assert.equal(shown().view, 'recording');
});

test('with interlock "off" there is no banner', () => {
  background.hear({ ...hello, interlock: 'off' });
  assert.equal(shown(), null);
  background.hear(status('unprotected', { interlock: 'off' }));
  assert.equal(shown(), null);
});

test('without a form in this frame a banner is shown only for another frame', () => {
  background.hear(hello);
  background.hear(status('muted'));
  assert.equal(shown(false), null);
  background.hear(status('muted', { docked: true }));
  assert.equal(shown(false).view, 'muted');
  background.portChanged();
  assert.equal(shown(false), null);
});
