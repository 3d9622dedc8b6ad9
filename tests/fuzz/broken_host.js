// Forwards all messages between the fuzzer of sessions and a real host, but breaks one promise of the host.
// sessions.test.js checks that the fuzzer notices:
//   node tests/fuzz/broken_host.js PROMISE HOST [the host's arguments]
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FrameReader, frame } from '../host/process/frames.js';
import { PRIVATE } from './session_plan.js';

const AGAIN_ms = 10;

const [promise, program, ...args] = process.argv.slice(2);

/** @returns {{mute_url: string, extension: string} | null} null: the session has written an invalid file */
function configured() {
  try {
    return JSON.parse(readFileSync(String(process.env.CARDMUTE_CONFIG), 'utf8')).voicenter;
  } catch {
    return null;
  }
}

let configuration = configured();
while (configuration === null) {
  await new Promise((done) => { setTimeout(done, AGAIN_ms); });
  configuration = configured();
}
const { mute_url, extension } = configuration;

/** @param {string} more the text of a field that no host sends @param {string} [of] the extension */
const mute = (more, of = extension) => fetch(mute_url, {
  method: 'POST', headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ extension: of, state: '1', more }),
}).catch(() => {});

let was_green = false;
/** @type {Record<string, (message: any) => any[]>} the messages that replace a message of the host */
const CHANGES = {
  'a reply is sent twice': (message) => (message.type === 'reply' ? [message, message] : [message]),
  'a reply is missing': (message) => (message.type === 'reply' && message.id === 2 ? [] : [message]),
  'muted without an acknowledgement': (message) => {
    if (message.status.state === 'muting') Object.assign(message.status, { state: 'muted' });
    return [message];
  },
  'a message cannot be read': (message) => [{ ...message, status: { ...message.status, surfaces: -1 } }],
  'muted behind an old acknowledgement': (message) => {
    was_green ||= message.status.state === 'muted';
    if (was_green) Object.assign(message.status, { state: 'muted', problem: null });
    return [message];
  },
};

const host = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
process.stdin.pipe(host.stdin);
const reader = new FrameReader();
host.stdout.on('data', (chunk) => {
  for (const message of reader.feed(chunk)) {
    for (const each of CHANGES[promise]?.(message) ?? [message]) process.stdout.write(frame(each));
  }
});
host.on('close', async () => {
  if (promise === 'a private word is sent') await mute(PRIVATE[0]);
  if (promise === 'a private word is stored') {
    writeFileSync(join(String(process.env.CARDMUTE_STATE_DIR), 'more.log'), PRIVATE[2]);
  }
  if (promise === 'the list is requested too often') {
    await fetch(new URL('/comet/API/GetExtensionsCalls?code=SIMULATED-CODE', mute_url)).catch(() => {});
  }
  // Mutes the second extension. Only a form for this extension would unmute it.
  if (promise === 'a call stays muted') await mute('', 'API2API');
  process.exit(0);
});
