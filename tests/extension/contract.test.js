// Every example of tests/contract/protocol.md, read by the extension's side of the wire.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import {
  ERROR_CODES, MAX_FRAME_bytes, PROTOCOL, readHostMessage, requestFault,
} from '../../extension/common/protocol.js';

const text = readFileSync(new URL('../contract/protocol.md', import.meta.url), 'utf8');
const examples = [...text.matchAll(/^```json (\w+) ?(\w*)\n([^]*?)^```$/gm)]
  .map(([, kind, code, json]) => ({ kind, code, json: json.trim() }));
const of = (wanted) => examples.filter(({ kind }) => kind === wanted);

test('no example is passed over', () => {
  assert.equal(examples.length, text.match(/^```json/gm).length);
  const kinds = new Set(examples.map(({ kind }) => kind));
  assert.deepEqual([...kinds].sort(), ['refused', 'reply', 'request', 'unasked']);
});

describe('requests are such as the extension may send', () => {
  for (const { json } of of('request')) test(json, () => assert.equal(requestFault(JSON.parse(json)), null));
});

describe('what the host refuses is found out before it is sent', () => {
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
      assert.equal(read.status.state, raw.status.state);
      assert.deepEqual(read.status.last, raw.status.last);
      assert.deepEqual(read.status.problem, raw.status.problem);
      assert.deepEqual(read.error, raw.error ?? null);
      assert.deepEqual(read.policy?.sites, raw.policy?.sites);
      if ('protocol' in raw) assert.equal(read.protocol, PROTOCOL);
      if (read.error !== null) assert.ok(ERROR_CODES.includes(read.error.code));
    });
  }
});

describe('what comes unasked is understood', () => {
  for (const { json } of of('unasked')) {
    test(json, () => {
      const raw = JSON.parse(json);
      const read = readHostMessage(raw);
      assert.equal(read.kind, 'status');
      assert.equal(read.status.state, raw.status.state);
      assert.deepEqual(read.policy?.sites, raw.policy?.sites);
    });
  }
});

test('the limits are those of the document', () => {
  assert.match(text, new RegExp(`at most ${MAX_FRAME_bytes / 1024} KiB`));
  assert.match(text, new RegExp(`^# The wire .* protocol ${PROTOCOL}$`, 'm'));
});
