// Tests the command `node tests/simulator/main.js`: its first line, its line for each event, its end, and
// its errors.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ask, post } from './simple_client.js';

const MAIN = fileURLToPath(new URL('main.js', import.meta.url));
const run = (/** @type {string[]} */ ...args) => promisify(execFile)(process.execPath, [MAIN, ...args]);

/**
 * @param {import('node:test').TestContext} t
 * @param {string[]} args
 */
async function start(t, ...args) {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const nextLine = async () => (await lines.next()).value;
  return { child, nextLine, urls: JSON.parse(await nextLine()) };
}

/** @param {import('node:child_process').ChildProcess} child */
async function stop(child) {
  child.kill('SIGTERM');
  return (await once(child, 'exit'))[0];
}

test('it prints its URLs, then one line per event, and exits cleanly', async (t) => {
  const { child, nextLine, urls } = await start(t, '--extension', 'API7API', '--call');
  assert.deepEqual([urls.ivrids.length, urls.ca_file], [1, null]);
  assert.match(
    await nextLine(),
    /^\d\d:\d\d:\d\d\.\d{3}  call\.started +ivrid=\w+ extension=API7API status=Ringing$/,
  );
  assert.match(await nextLine(), /call\.answered/);
  assert.equal((await ask(`${urls.mute_url}?extension=API7API&state=1`)).json.ErrorCode, '200');
  let line = '';
  while (!line.includes('request.answered')) line = await nextLine();
  assert.match(
    line,
    /request=1 endpoint=mute command=mute ending=complete carried_out=true http_status=200$/,
  );
  assert.equal(await stop(child), 0);
});

test('options reach the simulator, and --quiet keeps it silent', async (t) => {
  const options = ['--mute-state', '0', '--code', 'C', '--round-trip-ms', '3', '--fault', '{"fault":"html"}'];
  const { child, nextLine, urls } = await start(t, '--quiet', ...options);
  const { json } = await ask(`${urls.control_url}/settings`);
  assert.deepEqual([json.mute_state, json.code, json.round_trip_ms], ['0', 'C', 3]);
  assert.equal((await ask(`${urls.control_url}/faults`)).json[0].fault, 'html');
  await post(`${urls.control_url}/calls`, {});
  assert.equal(await stop(child), 0);
  assert.equal(await nextLine(), undefined);
});

test('--tls prints the file of its authority and removes it at the end', async (t) => {
  const { child, urls } = await start(t, '--tls', '--http2', '--quiet');
  assert.match(urls.mute_url, /^https:/);
  await access(urls.ca_file);
  assert.equal(await stop(child), 0);
  await assert.rejects(access(urls.ca_file), { code: 'ENOENT' });
});

test('a bad option leaves no certificates behind', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'cardmute-main-test-'));
  t.after(() => rm(directory, { recursive: true }));
  const env = { ...process.env, TMPDIR: directory };
  await assert.rejects(promisify(execFile)(process.execPath, [MAIN, '--tls', '--fault', '{}'], { env }));
  assert.deepEqual(await readdir(directory), []);
});

test('--help prints the usage', async () => {
  assert.match(
    (await run('--help')).stdout,
    /^A simulated Voicenter on 127\.0\.0\.1\.[^]*--extension SIP_ID/,
  );
});

for (const [args, message] of /** @type {[string[], RegExp][]} */ ([
  [['--port', 'x'], /--port: expected a whole number, got "x"/],
  [['--port', '70000'], /port: expected a whole number from 0 to 65535/],
  [['--mute-state', '2'], /mute_state: expected "1" or "0", got "2"/],
  [['--http2'], /http2: expected tls as well/],
  [['--fault', 'hang'], /--fault: expected JSON, got "hang"/],
  [['--fault', '{"fault":"x"}'], /fault: expected "delay"/],
  [['--fault', '{}'], /fault: missing/],
  [['--loud'], /--loud/],
  [['stray'], /stray/],
])) {
  test(`refused: ${args.join(' ')}`, async () => {
    await assert.rejects(run(...args), (/** @type {any} */ error) => {
      assert.equal(error.code, 64);
      assert.equal(error.stdout, '');
      assert.match(error.stderr, message);
      assert.match(error.stderr, /Try --help\.\n$/);
      return true;
    });
  });
}
