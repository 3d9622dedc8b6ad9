// Tests what the host writes to the disk: a log without private data, and a file that describes the host's
// state.
import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { CHROMIUM_CALLER } from './host_process.js';
import { scene } from './scene.js';
import { logFile, presenceFile, untilFile } from './state_files.js';

const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;
const PERMISSIONS = 0o777;

/** @param {string} state_directory */
const readLog = (state_directory) => readFile(logFile(state_directory), 'utf8');

/** @param {string} path */
const permissionsOf = async (path) => (await stat(path)).mode & PERMISSIONS;

test('the log has one line for each event, and of the page only the origin', async (t) => {
  const { host, state_directory } = await scene(t);
  await host.hello();
  await host.open('form-7', { origin: 'https://crm.example.com:8443/customer/77?tab=pay#form' });
  await host.close('form-7');
  await host.request({ type: 'nonsense' });
  await host.end();
  const lines = (await readLog(state_directory)).trim().split('\n');
  const start = new RegExp(`^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z pid=${host.pid} `);
  for (const line of lines) assert.match(line, start);
  const said = lines.map((line) => line.replace(start, ''));
  for (const wanted of [
    new RegExp(`^started version=\\S+ caller=${CHROMIUM_CALLER}$`),
    /^hello extension=1\.0\.0 browser=chromium$/,
    /^surface_open surface=form-7 origin=https:\/\/crm\.example\.com:8443 reason=cc-number$/,
    /^asked request=mute target=API1API$/,
    /^answered request=mute result=acknowledged ms=\d+ http=200 error_code=200 message=Success/,
    /^state from=muting to=muted$/,
    /^surface_close surface=form-7 reason=hidden$/,
    /^answered request=unmute result=acknowledged/,
    /^refused code=bad_request/,
    /^browser_gone$/,
    /^ended exit_code=0$/,
  ]) {
    assert.ok(said.some((line) => wanted.test(line)), `no line is ${wanted} in\n${lines.join('\n')}`);
  }
});

test('nothing private is in the log', async (t) => {
  const code = 'ORGANISATION-SECRET';
  const active_calls = { url: 'https://calls.example.com/GetExtensionsCalls', code };
  const voicenter = { active_calls, timeout_ms: 200 };
  const { host, simulator, state_directory } = await scene(t, { voicenter });
  await host.hello();
  const origin = 'https://agent:pass-phrase@crm.example.com/customer/mueller?token=abc123#card';
  await host.open('form', { origin, reason: 'field 4111 1111 1111 1111 of 052-1234567' });
  simulator.setFault({ fault: 'hang', times: 1 });
  await host.close();
  await host.request({ type: 'pay 4580458045804580' });
  await host.end();
  const log = await readLog(state_directory);
  for (const secret of [code, 'pass-phrase', 'mueller', 'abc123', '#card', '4111', '1234567', '4580']) {
    assert.ok(!log.includes(secret), `${secret} in\n${log}`);
  }
  assert.ok(!log.includes('MuteUnmuteCalls'), log);
  assert.match(log, /origin=https:\/\/crm\.example\.com /);
});

test('a message cannot forge a line of the log', async (t) => {
  const { host, state_directory } = await scene(t);
  const forged = 'x\n2026-01-01T00:00:00.000Z pid=1 state from=muting to=muted';
  await host.open('form\nforged', { reason: forged, origin: `https://crm\n${forged}` });
  await host.end();
  const log = await readLog(state_directory);
  for (const line of log.trim().split('\n')) assert.match(line, new RegExp(`Z pid=${host.pid} `));
});

test('log and state are the user\'s own', async (t) => {
  const { host, state_directory } = await scene(t);
  await host.end();
  const folder = join(state_directory, 'log');
  for (const each of [state_directory, folder]) assert.equal(await permissionsOf(each), OWNER_ONLY_FOLDER);
  assert.equal(await permissionsOf(logFile(state_directory)), OWNER_ONLY_FILE);
});

test('without a state directory the host still mutes', async (t) => {
  const { host, simulator, ivrid } = await scene(t, { env: { CARDMUTE_STATE_DIR: '/dev/null/nowhere' } });
  assert.equal((await host.open()).ok, true);
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
});

test('a running host describes its state in a file, and deletes it at its end', async (t) => {
  const { host, state_directory } = await scene(t);
  await host.open();
  const file = presenceFile(state_directory, host.pid);
  const presence = JSON.parse(await untilFile(file, (text) => text.includes('"state":"muted"')));
  assert.deepEqual([presence.pid, presence.caller], [host.pid, CHROMIUM_CALLER]);
  assert.deepEqual(presence.status, await host.status());
  assert.equal(await permissionsOf(file), OWNER_ONLY_FILE);
  await host.end();
  assert.deepEqual(await readdir(dirname(file)), []);
});

for (const [log, isFile] of /** @type {const} */ ([['syslog', false], ['both', true], ['file', true]])) {
  test(`the log goes to "${log}"`, async (t) => {
    const { host, configure, config, state_directory, another } = await scene(t);
    await configure({ ...config, log });
    await host.hello();
    const second = another();
    await second.hello();
    await second.end();
    const lines = await readLog(state_directory).catch(() => '');
    assert.equal(lines.includes(` pid=${second.pid} started `), isFile);
  });
}
