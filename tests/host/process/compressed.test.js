// Tests compressed responses, which some proxies send without being asked. The host decodes them if it can.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { hostFor } from './scene.js';

const SUCCESS = Buffer.from(JSON.stringify({ ErrorCode: '200', Message: 'Success', ActionID: 'a1' }));
/** A body that is small when compressed, but far larger than the host reads. */
const HUGE = gzipSync(Buffer.alloc(50 * 1024 * 1024));

/**
 * Starts a host, and a server that always sends this response.
 * @param {import('node:test').TestContext} t
 * @param {Buffer} body
 * @param {Record<string, string>} headers
 * @param {number} [status]
 */
async function answeredWith(t, body, headers, status = 200) {
  /** @type {(string | undefined)[]} */
  const asked_for = [];
  const server = createServer((request, response) => {
    asked_for.push(request.headers['accept-encoding']);
    request.resume().on('end', () => response.writeHead(status, headers).end(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const voicenter = { mute_url: `http://127.0.0.1:${port}/mute`, extension: 'API1API' };
  const { host } = await hostFor(t, { config: { voicenter } }, () => {
    server.close();
    server.closeAllConnections();
  });
  return { host, asked_for };
}

for (const [encoding, body] of /** @type {[string, Buffer][]} */ ([
  ['gzip', gzipSync(SUCCESS)],
  ['deflate', deflateSync(SUCCESS)],
  ['GZip', gzipSync(SUCCESS)],
  ['deflate', deflateRawSync(SUCCESS)],
  ['identity', SUCCESS],
  ['gzip, gzip', gzipSync(gzipSync(SUCCESS))],
  ['deflate,identity , gzip', gzipSync(deflateSync(SUCCESS))],
  // The header may be wrong, because a proxy has decompressed the body, or because a server names the
  // character set in it.
  ['gzip', SUCCESS],
  ['br', SUCCESS],
  ['UTF-8', SUCCESS],
])) {
  test(`${encoding} is decoded, and was not asked for`, async (t) => {
    const { host, asked_for } = await answeredWith(t, body, { 'content-encoding': encoding });
    assert.equal((await host.open()).status.state, 'muted');
    assert.ok(asked_for.every((value) => value === undefined), `${asked_for}`);
  });
}

/** @param {Buffer} bytes @param {number} at */
function changed(bytes, at) {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(255 - copy.readUInt8(copy.length + at), copy.length + at);
  return copy;
}

for (const [encoding, body] of /** @type {[string, Buffer][]} */ ([
  ['gzip', gzipSync(SUCCESS)],
  ['deflate', deflateSync(SUCCESS)],
])) {
  // The trailer has 8 bytes in gzip and 4 in zlib. If only the trailer is missing, the text itself is whole.
  for (const missing of [1, 4, 8, body.length - 1]) {
    test(`${encoding} without its last ${missing} bytes acknowledges nothing`, async (t) => {
      const part = body.subarray(0, body.length - missing);
      const { host } = await answeredWith(t, part, { 'content-encoding': encoding });
      const { error, status } = await host.open();
      assert.deepEqual([error?.code, status.state], ['bad_answer', 'unprotected']);
      assert.match(error?.message ?? '', /damaged or cut off/);
    });
  }
}

/** @typedef {[string, Buffer, Record<string, string>, RegExp]} Case */
for (const [name, body, headers, words] of /** @type {Case[]} */ ([
  ['that does not say so', gzipSync(SUCCESS), {}, /compressed \(gzip\)/],
  ['with an unknown encoding', deflateSync(SUCCESS), { 'content-encoding': 'x-secret' },
    /compressed in an unknown way; expected: gzip, deflate or none/],
  ['with four encodings', gzipSync(gzipSync(gzipSync(gzipSync(SUCCESS)))),
    { 'content-encoding': 'gzip, gzip, gzip, gzip' }, /compressed in an unknown way/],
  ['with Brotli', brotliCompressSync(SUCCESS), { 'content-encoding': 'br' },
    /compressed with br; expected: gzip/],
  ['with Brotli within gzip', gzipSync(brotliCompressSync(SUCCESS)), { 'content-encoding': 'br, gzip' },
    /compressed with br/],
  ['with a changed checksum', changed(gzipSync(SUCCESS), -6), { 'content-encoding': 'gzip' },
    /damaged or cut off/],
  ['with something after it', Buffer.concat([gzipSync(SUCCESS), SUCCESS]), { 'content-encoding': 'gzip' },
    /damaged or cut off/],
  ['that is far too long when decoded', HUGE, { 'content-encoding': 'gzip' }, /too long/],
])) {
  test(`a compressed answer ${name}: bad_answer`, async (t) => {
    const { host } = await answeredWith(t, body, headers);
    const { error, status } = await host.open();
    assert.deepEqual([error?.code, status.state], ['bad_answer', 'unprotected']);
    assert.match(error?.message ?? '', words);
  });
}

test('an error in an encoding that is not decoded keeps its status', async (t) => {
  const headers = { 'content-encoding': 'br', 'retry-after': '1' };
  const { host } = await answeredWith(t, brotliCompressSync(SUCCESS), headers, 429);
  const { error, status } = await host.open();
  assert.deepEqual([error?.code, status.state, status.last?.http_status], ['throttled', 'unprotected', 429]);
});
