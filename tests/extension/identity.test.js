// Tests that host and extension agree on the extension's IDs and the host's name.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { HOST_NAME } from '../../extension/common/protocol.js';

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const manifest = JSON.parse(read('manifests/extension/manifest.json'));
const identity = read('host/install/identity.hpp');

/** Chromium's rule: the first 16 bytes of the key's SHA-256, each hexadecimal digit a letter from a to p. */
function chromiumId(key) {
  const digest = createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 32);
  return [...digest].map((digit) => String.fromCharCode(97 + parseInt(digit, 16))).join('');
}

test('the host allows the ID that follows from the manifest\'s key', () => {
  assert.ok(identity.includes(`"chrome-extension://${chromiumId(manifest.chromium.key)}/"`));
});

test('the host allows the add-on ID of the Firefox manifest', () => {
  assert.ok(identity.includes(`"${manifest.firefox.browser_specific_settings.gecko.id}"`));
});

test('the extension calls the host by the name it is installed under', () => {
  assert.ok(identity.includes(`kHostName = "${HOST_NAME}"`));
});
