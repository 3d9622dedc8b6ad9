// Tests valid requests, and invalid requests of every kind: each gets one reply, and the host continues.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { frame, frameOf } from './frames.js';
import { scene } from './scene.js';

/** @typedef {import('./host_process.js').HostProcess} HostProcess */

const CONTRACT = new URL('../../contract/protocol.md', import.meta.url);
const LONGEST_NESTING = 30_000;

/**
 * Returns the examples of one kind in the wire protocol.
 * @param {RegExp} kind
 */
async function examples(kind) {
  const text = await readFile(CONTRACT, 'utf8');
  return [...text.matchAll(/```json ([^\n]+)\n([^]*?)\n```/g)]
    .map(([, name, json]) => ({ name, json }))
    .filter(({ name }) => kind.test(name));
}

/** @param {HostProcess} host */
const replies = (host) => host.messages.filter(({ type }) => type === 'reply');

/**
 * Sends a text as one frame and returns the next reply, whatever its ID is.
 * @param {HostProcess} host
 * @param {string} body
 */
async function replyToText(host, body) {
  const before = host.messages.length;
  void host.sendBytes(frameOf(body));
  return host.waitFor(({ type }) => type === 'reply', before);
}

test('every request of the contract is accepted, in its order and on one connection', async (t) => {
  const { host } = await scene(t, { policy: { allow_record_override: true } });
  const requests = (await examples(/^request$/)).map(({ json }) => JSON.parse(json));
  assert.ok(requests.length >= 8);
  for (const request of requests) {
    host.send(request);
    const reply = await host.waitFor(({ type, id }) => type === 'reply' && id === request.id);
    // In this test the configuration names the extension. In extension.test.js the agent may name it.
    const isRefused = request.type === 'extension.set';
    assert.equal(reply.error?.code, isRefused ? 'bad_request' : undefined, JSON.stringify(reply));
  }
  assert.equal(replies(host).length, requests.length);
});

test('every refused message of the contract gets its error, and the host continues', async (t) => {
  const refused = await examples(/^refused /);
  assert.ok(refused.length >= 13);
  const { host } = await scene(t);
  let id = 100;
  for (const { name, json } of refused) {
    const value = JSON.parse(json);
    // All examples have the ID 1, but a host accepts each ID only once.
    const message = value.id === 1 ? { ...value, id: (id += 1) } : value;
    const reply = await replyToText(host, JSON.stringify(message));
    assert.equal(`refused ${reply.error?.code}`, name, json);
    assert.equal(reply.id, message.id === id ? id : null, json);
    assert.match(reply.error?.message ?? '', /Expected: |expected one JSON object|Update the/);
  }
  assert.equal(replies(host).length, refused.length);
  assert.equal((await host.status()).surfaces, 0);
});

for (const [name, json, id, message] of /** @type {[string, string, number | null, RegExp][]} */ ([
  ['no id', '{"type":"status"}', null, /"id" is missing/],
  ['a negative id', '{"id":-1,"type":"status"}', null, /"id" is -1/],
  ['an id with a fraction', '{"id":1.5,"type":"status"}', null, /"id" is 1\.5/],
  ['an id over 64 bits', '{"id":18446744073709551616,"type":"status"}', null, /"id" is /],
  ['an unknown type', '{"id":5,"type":"surface.explode"}', 5, /surface\.explode.* is unknown/],
  ['a type that is a number', '{"id":5,"type":7}', 5, /"type" is 7/],
  ['an overlong surface', `{"id":5,"type":"surface.open","surface":"${'x'.repeat(65)}"}`, 5, /65 char/],
  ['a list', '[{"id":5,"type":"status"}]', null, /an array/],
  ['a number', '7', null, /is 7/],
  ['null', 'null', null, /is null/],
])) {
  test(`${name}: bad_request, and the host continues`, async (t) => {
    const { host } = await scene(t);
    const reply = await replyToText(host, json);
    assert.deepEqual([reply.id, reply.ok, reply.error?.code], [id, false, 'bad_request']);
    assert.match(reply.error?.message ?? '', message);
    assert.equal((await host.open()).ok, true);
  });
}

test('an ID that was used before is refused, even if its first request was refused', async (t) => {
  const { host, simulator } = await scene(t);
  for (const first of ['status', 'surface.explode']) {
    const id = first.length;
    await replyToText(host, JSON.stringify({ id, type: first }));
    const again = await replyToText(host, JSON.stringify({ id, type: 'surface.open', surface: 'form' }));
    assert.deepEqual([again.id, again.error?.code], [id, 'bad_request']);
    assert.match(again.error?.message ?? '', /used before/);
  }
  assert.equal((await host.status()).surfaces, 0);
  assert.deepEqual(simulator.mutedCalls(), []);
});

test('the greatest possible ID is returned unchanged', async (t) => {
  const { host } = await scene(t);
  // The greatest integer that JavaScript represents exactly.
  host.send({ id: Number.MAX_SAFE_INTEGER, type: 'status' });
  await host.waitFor(({ id }) => id === Number.MAX_SAFE_INTEGER);
});

test('deeply nested values do no harm, whether they are ignored or wrong', async (t) => {
  const { host } = await scene(t);
  const nested = `${'['.repeat(LONGEST_NESTING)}${']'.repeat(LONGEST_NESTING)}`;
  assert.equal((await replyToText(host, `{"id":1,"type":"status","more":${nested}}`)).ok, true);
  assert.equal((await replyToText(host, `{"id":2,"type":${nested}}`)).error?.code, 'bad_request');
  assert.equal((await replyToText(host, `{"id":${nested},"type":"status"}`)).error?.code, 'bad_request');
  assert.equal((await replyToText(host, nested)).error?.code, 'bad_request');
});

test('text of any kind is returned as valid UTF-8, shortened and without control characters', async (t) => {
  const { host } = await scene(t);
  const odd = `\u202e"\\\n${'שלום'.repeat(500)}`;
  const { error } = await replyToText(host, JSON.stringify({ id: 1, type: odd }));
  assert.equal(error?.code, 'bad_request');
  assert.ok((error?.message.length ?? 0) < 400, error?.message);
  assert.doesNotMatch(error?.message ?? '', /[\u202e\n]/);
});

test('unknown fields are ignored: a newer extension can talk to this host', async (t) => {
  const { host } = await scene(t);
  assert.equal((await host.open('form', { tomorrow: { more: [1, 2] } })).ok, true);
});

test('many requests at once, bad ones among them, get exactly one reply each', async (t) => {
  const { host } = await scene(t);
  const count = 500;
  const ids = Array.from({ length: count }, (_, index) => index + 1);
  for (const id of ids) host.send({ id, type: id % 3 === 0 ? 'nonsense' : 'status' });
  await host.waitFor(({ id }) => id === count);
  assert.deepEqual(
    replies(host).map(({ id }) => id),
    ids,
  );
  assert.equal(replies(host).filter(({ ok }) => !ok).length, Math.floor(count / 3));
});

test('frames that are read together are all carried out', async (t) => {
  const { host, simulator, ivrid } = await scene(t);
  const open = { id: 1, type: 'surface.open', surface: 'form', origin: 'https://crm.example.com', reason: 'x' };
  void host.sendBytes(Buffer.concat([frame(open), frame({ id: 2, type: 'nonsense' })]));
  assert.equal((await host.waitFor(({ id }) => id === 1)).ok, true);
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
});
