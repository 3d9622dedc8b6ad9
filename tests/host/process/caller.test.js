// Tests which extensions may use the host. The browser names the extension in argv.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHROMIUM_CALLER } from './host_process.js';
import { configOf, scene } from './scene.js';

const FIREFOX_MANIFEST = '/usr/lib/mozilla/native-messaging-hosts/com.cardmute.host.json';
const FIREFOX_ADDON = '{7d1f5c0e-6c1b-4f0a-9c53-2a1d0e8b4a77}';
const STRANGER = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop/';
const CALLER_NOT_ALLOWED = 77;

for (const [name, args] of /** @type {[string, string[]][]} */ ([
  ['Chromium', [CHROMIUM_CALLER]],
  ['Chromium on Windows, with its window', [CHROMIUM_CALLER, '--parent-window=0']],
  ['Firefox', [FIREFOX_MANIFEST, FIREFOX_ADDON]],
])) {
  test(`${name} is served`, async (t) => {
    const { host, simulator, ivrid } = await scene(t, { args });
    assert.equal((await host.hello()).ok, true);
    assert.equal((await host.open()).ok, true);
    assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  });
}

for (const [name, args, message] of /** @type {[string, string[], RegExp][]} */ ([
  ['another extension', [STRANGER], /abcdefghijklmnop.*may not use CardMute/],
  ['our extension without its slash', [CHROMIUM_CALLER.slice(0, -1)], /may not use CardMute/],
  ['another add-on', [FIREFOX_MANIFEST, '{00000000-0000-0000-0000-000000000000}'], /may not use CardMute/],
  ['Firefox that names no add-on', [FIREFOX_MANIFEST], /did not say which extension/],
  ['the portal, which names no extension', [], /did not say which extension/],
])) {
  test(`${name}: one error frame, exit code 77, and its request is not carried out`, async (t) => {
    const { host, simulator } = await scene(t, { args, exit_code: CALLER_NOT_ALLOWED });
    host.send({ id: 1, type: 'surface.open', surface: 'form' });
    assert.equal((await host.exit).code, CALLER_NOT_ALLOWED);
    assert.equal(host.messages.length, 1);
    const [{ id, ok, error }] = host.messages;
    assert.deepEqual([id, ok, error?.code], [null, false, 'caller_not_allowed']);
    assert.match(error?.message ?? '', message);
    assert.match(error?.message ?? '', /Expected: /);
    assert.equal(simulator.connections.length, 0);
  });
}

test('only the machine\'s file may allow further callers: that of CARDMUTE_CONFIG may not', async (t) => {
  const { host, another, configure, simulator } = await scene(t, {
    args: [STRANGER], exit_code: CALLER_NOT_ALLOWED,
  });
  await host.exit;
  await configure({ ...configOf(simulator), allowed_callers: [STRANGER] });
  const { messages, exit } = another();
  assert.equal((await exit).code, CALLER_NOT_ALLOWED);
  assert.match(messages[0].error?.message ?? '', /abcdefghijklmnop.*may not use CardMute/);
});
