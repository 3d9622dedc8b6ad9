// The program that played-host.js registers and a browser starts. It answers every request with the status in
// its script file, sends the status when that file changes, and appends the requests to a file next to it.
import { appendFileSync, readFileSync, watchFile } from 'node:fs';
import process from 'node:process';

const LOOK_ms = 50;
const USUAL = {
  state: 'recording', verified: null, target: null, surfaces: 0, elsewhere: 0, override: 'auto',
  since: '2026-11-21T10:00:00.000Z', last: null, problem: null, notices: [],
};
const [, , script] = process.argv;

/** @param {object} message */
function send(message) {
  const body = Buffer.from(JSON.stringify(message));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  process.stdout.write(Buffer.concat([length, body]));
}

function scripted() {
  const { policy, status } = JSON.parse(readFileSync(script, 'utf8'));
  return { policy, status: { ...USUAL, ...status } };
}

/** @param {{id: number, type: string}} request */
function answer({ id, type }) {
  const { policy, status } = scripted();
  const greeting = type === 'hello' ? { host_version: '1.0.0', protocol: 1, policy } : {};
  send({ id, type: 'reply', ok: true, ...greeting, status });
}

let waiting = Buffer.alloc(0);
process.stdin.on('data', (part) => {
  waiting = Buffer.concat([waiting, part]);
  while (waiting.length >= 4 && waiting.length >= 4 + waiting.readUInt32LE(0)) {
    const end = 4 + waiting.readUInt32LE(0);
    const request = JSON.parse(waiting.subarray(4, end).toString('utf8'));
    waiting = waiting.subarray(end);
    appendFileSync(`${script}.heard`, `${JSON.stringify(request)}\n`);
    answer(request);
  }
});
process.stdin.on('end', () => process.exit(0));
watchFile(script, { interval: LOOK_ms }, () => send({ type: 'status', status: scripted().status }));
