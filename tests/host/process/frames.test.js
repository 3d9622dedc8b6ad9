// Tests frames on the host's pipes: frames in pieces, joined, empty or too large. Also tests input that
// is not a frame.
import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import { frame, frameOf, header } from './frames.js';
import { asked, scene } from './scene.js';

/** @typedef {import('./host_process.js').HostProcess} HostProcess */

const LONGEST_FRAME_BYTES = 64 * 1024;
const LONGEST_SKIPPED_BYTES = 64 * 1024 * 1024;

/**
 * Makes a status request of exactly this length.
 * @param {number} id
 * @param {number} length
 */
function requestOfLength(id, length) {
  const start = `{"id":${id},"type":"status","padding":"`;
  return `${start}${'x'.repeat(length - start.length - 2)}"}`;
}

const replyTo = (/** @type {HostProcess} */ host, /** @type {number | null} */ id) =>
  host.waitFor((message) => message.type === 'reply' && message.id === id);

/**
 * Asserts that the frame was refused, and that the host still serves the next one.
 * @param {HostProcess} host
 * @param {RegExp} message
 */
async function assertSteppedOver(host, message) {
  const { ok, error } = await replyTo(host, null);
  assert.deepEqual([ok, error?.code], [false, 'bad_frame']);
  assert.match(error?.message ?? '', message);
  host.send({ id: 99, type: 'status' });
  assert.equal((await replyTo(host, 99)).ok, true);
}

test('a frame that comes byte by byte', async (t) => {
  const { host } = await scene(t);
  for (const byte of frame({ id: 1, type: 'hello', protocol: 1 })) await host.sendBytes(Buffer.of(byte));
  assert.equal((await replyTo(host, 1)).ok, true);
});

test('several frames in one write are answered in order, also when the last comes in two', async (t) => {
  const { host } = await scene(t);
  const ids = [1, 2, 3, 4];
  const bytes = Buffer.concat(ids.map((id) => frame({ id, type: 'status' })));
  await host.sendBytes(bytes.subarray(0, -5));
  await replyTo(host, 3);
  await host.sendBytes(bytes.subarray(-5));
  await replyTo(host, 4);
  assert.deepEqual(
    host.messages.filter(({ type }) => type === 'reply').map(({ id }) => id),
    ids,
  );
});

test('64 KiB is a frame, one byte more is skipped', async (t) => {
  const { host } = await scene(t);
  void host.sendBytes(frameOf(requestOfLength(1, LONGEST_FRAME_BYTES)));
  assert.equal((await replyTo(host, 1)).ok, true);
  void host.sendBytes(frameOf(requestOfLength(2, LONGEST_FRAME_BYTES + 1)));
  await assertSteppedOver(host, /65537 bytes.*at most 65536/);
  assert.equal(host.messages.filter(({ id }) => id === 2).length, 0);
});

test('5 MiB are skipped, and a form that opens after them is muted', async (t) => {
  const { host, simulator, ivrid } = await scene(t);
  void host.sendBytes(frameOf(requestOfLength(1, 5 * 1024 * 1024)));
  await assertSteppedOver(host, /5242880 bytes/);
  assert.equal((await host.open()).ok, true);
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
});

test('an empty frame', async (t) => {
  const { host } = await scene(t);
  void host.sendBytes(header(0));
  await assertSteppedOver(host, /empty frame/i);
});

for (const [name, body, message] of /** @type {[string, string | Buffer, RegExp][]} */ ([
  ['a frame that is not UTF-8', Buffer.from('{"id":1,"type":"st\xe9tus"}', 'latin1'), /not UTF-8/],
  ['a frame that is not JSON', '{"id":1,"type":', /not JSON/],
  ['a frame with something after its JSON', '{"id":1,"type":"status"} {}', /not JSON/],
  ['a frame of one zero byte', '\0', /not JSON/],
  ['a frame of brackets that never close', '['.repeat(LONGEST_FRAME_BYTES), /not JSON/],
])) {
  test(name, async (t) => {
    const { host } = await scene(t);
    void host.sendBytes(frameOf(body));
    await assertSteppedOver(host, message);
  });
}

for (const [name, bytes] of /** @type {[string, Buffer][]} */ ([
  ['text in place of a frame', Buffer.from('/home/agent: command not found\n')],
  ['a length of 0xffffffff', header(0xffffffff)],
  ['a length over 64 MiB', header(LONGEST_SKIPPED_BYTES + 1)],
])) {
  test(`${name}: an error, the call is unmuted, then exit code 65`, async (t) => {
    const { host, simulator, ivrid } = await scene(t, { exit_code: 65, policy: { grace_ms: 300 } });
    assert.equal((await host.open()).ok, true);
    assert.deepEqual(simulator.mutedCalls(), [ivrid]);
    void host.sendBytes(Buffer.concat([bytes, frame({ id: 7, type: 'status' })]));
    const { error } = await replyTo(host, null);
    assert.equal(error?.code, 'bad_frame');
    assert.match(error?.message ?? '', /more than any browser sends/);
    assert.equal((await host.exit).code, 65);
    await simulator.waitFor(() => simulator.mutedCalls().length === 0);
    assert.equal(asked(simulator, 'unmute').length, 1);
    assert.equal(host.messages.filter(({ id }) => id === 7).length, 0);
  });
}

test('a burst of requests in one write: every one is answered, and the form stays muted', async (t) => {
  const { host, simulator, ivrid } = await scene(t);
  await host.open();
  const count = 5000;
  const ids = Array.from({ length: count }, (_, index) => 100_000 + index);
  void host.sendBytes(Buffer.concat(ids.map((id) => frame({ id, type: 'status' }))));
  await host.waitFor(({ id }) => id === ids.at(-1));
  const answered = new Set(host.messages.map(({ id }) => id));
  assert.ok(ids.every((id) => answered.has(id)));
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
});
