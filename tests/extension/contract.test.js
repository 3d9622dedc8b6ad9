// Tests that the extension's code reads every example of tests/contract/protocol.md.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { NOTICES } from '../../extension/common/notices.js';
import {
  ERROR_CODES, MAX_FRAME_bytes, PROTOCOL, readHostMessage, requestFault,
} from '../../extension/common/protocol.js';

const text = readFileSync(new URL('../contract/protocol.md', import.meta.url), 'utf8');
const examples = [...text.matchAll(/^```json (\w+) ?(\w*)\n([^]*?)^```$/gm)]
  .map(([, kind, code, json]) => ({ kind, code, json: json.trim() }));
const of = (wanted) => examples.filter(({ kind }) => kind === wanted);

/** Checks all fields but `target`, which is not read: if it is wrong, the problem's message names it. */
function assertStatus(read, raw) {
  const expected = structuredClone(raw);
  delete expected.target;
  assert.deepEqual(read, expected);
}

function assertPolicy(read, raw) {
  assert.equal(read === null, raw === undefined);
  for (const [key, value] of Object.entries(read ?? {})) assert.deepEqual(value, raw[key], key);
}

test('no example is left out', () => {
  assert.equal(examples.length, text.match(/^```json/gm).length);
  const kinds = new Set(examples.map(({ kind }) => kind));
  assert.deepEqual([...kinds].sort(), ['refused', 'reply', 'request', 'unasked']);
});

describe('the extension may send the requests', () => {
  for (const { json } of of('request')) test(json, () => assert.equal(requestFault(JSON.parse(json)), null));
});

describe('requests that the host refuses are found before they are sent', () => {
  for (const { json, code } of of('refused')) {
    test(json, () => assert.equal(requestFault(JSON.parse(json)), code));
  }
});

describe('replies are understood', () => {
  for (const { json } of of('reply')) {
    test(json, () => {
      const raw = JSON.parse(json);
      const read = readHostMessage(raw);
      assert.equal(read.kind, 'reply');
      assert.equal(read.id, raw.id);
      assert.equal(read.ok, raw.ok);
      assertStatus(read.status, raw.status);
      assert.deepEqual(read.error, raw.error ?? null);
      assertPolicy(read.policy, raw.policy);
      if ('protocol' in raw) assert.equal(read.protocol, PROTOCOL);
      if (read.error !== null) assert.ok(ERROR_CODES.includes(read.error.code));
    });
  }
});

describe('a status without a request is understood', () => {
  for (const { json } of of('unasked')) {
    test(json, () => {
      const raw = JSON.parse(json);
      const read = readHostMessage(raw);
      assert.equal(read.kind, 'status');
      assertStatus(read.status, raw.status);
      assertPolicy(read.policy, raw.policy);
    });
  }
});

test('the notices of the document are those with words of their own', () => {
  const table = text.slice(text.indexOf('| notice | meaning |'));
  const codes = [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, code]) => code);
  assert.deepEqual(NOTICES.filter((code) => code !== 'form_idle_resumed').sort(), codes.sort());
  const shown = of('unasked').flatMap(({ json }) => JSON.parse(json).status.notices);
  assert.deepEqual([...new Set(shown.map(({ code }) => code))].sort(), codes);
});

test('the limits are those of the document', () => {
  assert.match(text, new RegExp(`at most ${MAX_FRAME_bytes / 1024} KiB`));
  assert.match(text, new RegExp(`^# The wire .* protocol ${PROTOCOL}$`, 'm'));
});
