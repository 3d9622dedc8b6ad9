// Tests a host whose server of Real-time events is broken or hostile. The host's status, which the popup
// shows, says what is wrong. Mutes go on, and nothing of the log-in leaks.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { EMAIL, PIN } from '../../simulator/real_time.js';
import { startSimulator } from '../../simulator/simulator.js';
import { isLive, missing } from './real_time_desk.js';
import { configOf, hostFor } from './scene.js';

const TOKEN = 'S3cretToken';
const SALT = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const FLOOD_BYTES = 256 * 1024;

/** @param {string | Buffer} payload @param {number} [first] the first byte: flags and opcode */
function frame(payload, first = 0x81) {
  const body = Buffer.from(payload);
  const head = Buffer.alloc(10);
  head[0] = first;
  head[1] = 127;
  head.writeBigUInt64BE(BigInt(body.length), 2);
  const short = body.length < 126 ? Buffer.from([first, body.length]) : head;
  return Buffer.concat([short, body]);
}

const HANDSHAKE = frame('0{"sid":"s","upgrades":[],"pingInterval":25000,"pingTimeout":20000}');
const JOINED = Buffer.concat([HANDSHAKE, frame('40')]);
const extension = (/** @type {string} */ calls) => `{"extenUser":"API1API","calls":[${calls}]}`;
const STATUS = frame(`42["AllExtensionsStatus",{"servertime":1,"extensions":[${extension('')}]}]`);
const event = (/** @type {string | number} */ ivrid, more = '') =>
  frame('42["ExtensionEvent",{"servertime":1,"data":' +
    `${extension(`{"ivrid":"${ivrid}","answered":1,"callstatus":"Talking"}`)}${more}}]`);

/** @typedef {import('node:stream').Duplex} Socket */

/**
 * @param {import('node:test').TestContext} t
 * @param {(socket: Socket, accepted: string) => void} play what the server does with a connection
 * @param {(response: import('node:http').ServerResponse, url: string) => boolean} [login] answers a log-in
 */
async function hostileDesk(t, play, login = () => false) {
  const simulator = await startSimulator();
  let url = '';
  /** @type {Set<Socket>} */
  const sockets = new Set();
  const server = createServer((request, response) => {
    request.resume();
    if (login(response, url)) return;
    response.end(JSON.stringify({ Data: { Socket: { Token: TOKEN, URLList: [url] } } }));
  });
  server.on('upgrade', (request, socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    const key = createHash('sha1').update(request.headers['sec-websocket-key'] + SALT).digest('base64');
    play(socket, 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      `Sec-WebSocket-Accept: ${key}\r\n\r\n`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  url = `http://127.0.0.1:${address.port}`;
  const config = configOf(simulator, { realtime: { login_url: url, email: EMAIL, pin: PIN } });
  const started = await hostFor(t, { config }, async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await simulator.close();
  });
  await started.host.hello();
  return { simulator, ...started };
}

/** @param {Awaited<ReturnType<typeof hostileDesk>>} desk */
async function mutesAndUnmutes({ host, simulator }) {
  const { ivrid } = simulator.startCall({ answered: true });
  await host.open();
  await simulator.waitFor({ type: 'call.muted', ivrid });
  await host.close();
  await simulator.waitFor({ type: 'call.unmuted', ivrid });
}

/** @param {Awaited<ReturnType<typeof hostileDesk>>} desk */
async function leaksNothing({ host, state_directory }) {
  await host.end();
  const texts = [JSON.stringify(host.messages)];
  for (const name of await readdir(state_directory, { recursive: true })) {
    texts.push(await readFile(join(state_directory, name), 'latin1').catch(() => ''));
  }
  for (const secret of [TOKEN, PIN]) assert.ok(!texts.some((text) => text.includes(secret)), secret);
}

const after = (/** @type {string | Buffer} */ bytes) => (/** @type {Socket} */ socket, /** @type {string} */
  accepted) => { socket.write(accepted); socket.write(JOINED); socket.write(bytes); };

/** @type {[string, (socket: Socket, accepted: string) => void, RegExp][]} */
const ATTACKS = [
  ['announces a huge message', after(Buffer.from([0x81, 127, 0, 0, 0, 0, 0x7f, 0, 0, 0])), /more than 4 MiB/],
  ['sends fragments without end', (socket, accepted) => {
    after('')(socket, accepted);
    const some = Buffer.concat(Array.from({ length: 16 }, () => frame(Buffer.alloc(FLOOD_BYTES), 0x00)));
    socket.write(frame('', 0x01));
    socket.write(some);
    socket.write(some);
  }, /more than 4 MiB/],
  ['compresses what it sends', after(frame('x', 0xc1)), /cannot be read/],
  ['masks what it sends', after(Buffer.from([0x81, 0x81, 1, 2, 3, 4, 5])), /cannot be read/],
  ['pings without end', after(Buffer.concat(Array.from({ length: 50_000 }, () => frame('', 0x89)))),
    /cannot be read/],
  ['sends the client elsewhere', (socket) => {
    socket.end('HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n');
  }, /HTTP 302: it names another address, which is not used/],
  ['answers in another version', (socket, accepted) => {
    socket.end(`${accepted}HTTP/1.1 400 Bad Request\r\n\r\n`);
  }, /another version of Socket\.IO/],
  ['does not know the transport', (socket) => {
    socket.end('HTTP/1.1 400 Bad Request\r\n\r\n{"code":0,"message":"Transport unknown"}');
  }, /HTTP 400 \(Transport unknown\), so there are no events/],
];

for (const [what, play, words] of ATTACKS) {
  test(`a server of events that ${what}: the popup says so, and mutes go on`, async (t) => {
    const desk = await hostileDesk(t, play);
    assert.match(await missing(desk.host), words);
    await mutesAndUnmutes(desk);
    await leaksNothing(desk);
  });
}

test('a log-in that names another address is not sent there', async (t) => {
  const desk = await hostileDesk(t, () => assert.fail('connected'), (response, url) => {
    response.writeHead(307, { location: `${url}/other` }).end('{}');
    return true;
  });
  assert.match(await missing(desk.host), /HTTP 307\), which is not used/);
  await mutesAndUnmutes(desk);
});

test('a server that tells of new calls without end is left, and mutes go on', async (t) => {
  const desk = await hostileDesk(t, (socket, accepted) => {
    after(STATUS)(socket, accepted);
    let count = 0;
    // The events are long, so that even a busy machine soon receives more bytes than one agent's calls can
    // need.
    const long = `,"more":"${'x'.repeat(FLOOD_BYTES)}"`;
    const flood = () => {
      while (socket.writable && socket.write(event((count += 1), long)));
    };
    socket.on('drain', flood);
    flood();
  });
  await desk.host.waitForStatus(isLive);
  await mutesAndUnmutes(desk);
  assert.match(await missing(desk.host), /sends far more than the calls of one agent/);
  await mutesAndUnmutes(desk);
});
