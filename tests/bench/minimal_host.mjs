// A minimal native messaging host in Node.js, to compare CardMute's host with: frame in, POST, frame out. It
// uses no packages and does nothing else.
import http from 'node:http';
import { endianness } from 'node:os';

const url = process.argv[2];
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const LITTLE = endianness() === 'LE';

/** @param {http.RequestOptions} options @param {string} [body] @returns {Promise<string>} */
const send = (options, body) => new Promise((resolve, reject) => {
  http.request(url, { agent, ...options }, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (part) => { text += part; }).on('end', () => resolve(text));
  }).on('error', reject).end(body);
});

/** @param {string} state */
async function post(state) {
  const body = JSON.stringify({ extension: 'API1API', state });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return String(JSON.parse(await send({ method: 'POST', headers }, body)).ErrorCode) === '200';
}

/** @param {{id: number, type: string}} request */
async function serve({ id, type }) {
  // This request opens the connection for the others. The reply does not wait for it.
  if (type === 'hello') void send({ method: 'HEAD' });
  const ok = type === 'hello' || await post(type === 'surface.open' ? '1' : '0');
  const text = Buffer.from(JSON.stringify({ id, type: 'reply', ok }));
  const head = Buffer.alloc(4);
  head[LITTLE ? 'writeUInt32LE' : 'writeUInt32BE'](text.length);
  process.stdout.write(Buffer.concat([head, text]));
}

let received = Buffer.alloc(0);
process.stdin.on('data', (part) => {
  received = Buffer.concat([received, part]);
  while (received.length >= 4) {
    const end = 4 + received[LITTLE ? 'readUInt32LE' : 'readUInt32BE']();
    if (received.length < end) return;
    void serve(JSON.parse(received.toString('utf8', 4, end)));
    received = received.subarray(end);
  }
});
process.stdin.on('end', () => process.exit());
