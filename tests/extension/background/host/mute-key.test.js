// Tests the keyboard command that mutes by hand.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Coordinator } from '../../../../extension/background/coordinator.js';
import { createMessages } from '../../../../extension/common/messages.js';
import { MUTE_COMMAND } from '../../../../extension/common/popup-messages.js';
import { readFileSync } from 'node:fs';
import { fakeApi, FakeClock, i18nOf, settle, statusOf } from '../../support/background.js';

let browser;

beforeEach(async () => {
  browser = fakeApi();
  const coordinator = new Coordinator(browser.api, new FakeClock(), createMessages(i18nOf('en')), 'chromium');
  coordinator.listen();
  await coordinator.restore();
});

const host = () => browser.hosts.at(-1);
const press = (command = MUTE_COMMAND) => browser.api.commands.onCommand.fire(command);
const overrides = () => host().sent.filter(({ type }) => type === 'override').map(({ mode }) => mode);

test('it mutes at once if a host is connected', async () => {
  host().welcome();
  await settle();
  press();
  await settle();
  assert.deepEqual(overrides(), ['mute']);
});

test('it connects to a host and mutes as soon as that has answered', async () => {
  press();
  await settle();
  assert.deepEqual(overrides(), []);
  host().welcome();
  await settle();
  assert.deepEqual(overrides(), ['mute']);
});

test('without a host it is shown as not muted, and a notification says so', async () => {
  press();
  await settle();
  host().drop?.();
  host().onDisconnect.fire(host());
  await settle();
  assert.deepEqual(browser.calls.notifications.map(({ id }) => id), ['unprotected']);
});

test('another command does nothing', async () => {
  host().welcome();
  await settle();
  press('something-else');
  await settle();
  assert.deepEqual(overrides(), []);
  assert.equal(statusOf().override, 'auto');
});

test('the manifest has it, with a key that both browsers accept', () => {
  const file = new URL('../../../../manifests/extension/manifest.json', import.meta.url);
  const { commands } = JSON.parse(readFileSync(file, 'utf8')).common;
  assert.deepEqual(Object.keys(commands), [MUTE_COMMAND]);
  assert.match(commands[MUTE_COMMAND].suggested_key.default, /^(Ctrl|Alt)\+Shift\+[A-Z]$/);
});
