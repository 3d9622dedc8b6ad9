// Tests which extension a running host mutes when a table changes, when the agent answers in the popup, and
// when a file is read half written.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { startSimulator } from '../../simulator/simulator.js';
import { commandInJson } from './commands.js';
import { asked, configOf, hostFor, scene } from './scene.js';

const LOGIN = userInfo().username;

/**
 * Starts a host whose configuration names a table in a CSV file.
 * @param {import('node:test').TestContext} t
 */
async function withTable(t, /** @type {string} */ text) {
  const simulator = await startSimulator();
  const folder = await mkdtemp(join(tmpdir(), 'cardmute-table-'));
  const file = join(folder, 'agents.csv');
  await writeFile(file, text);
  const config = configOf(simulator, { extension: undefined, extensions: { file } });
  const started = await hostFor(t, { config }, async () => {
    await simulator.close();
    await rm(folder, { recursive: true });
  });
  return { simulator, file, ...started };
}

describe('a table of extensions', { concurrency: true }, () => {
  test('mutes the extension of whoever is logged in, and status says where it comes from', async (t) => {
    const { host, simulator, ...places } = await withTable(t, `other,X\n${LOGIN},API7API\n`);
    simulator.startCall({ extension: 'API7API', answered: true });
    const { status } = await host.hello();
    assert.deepEqual(status.extension, { sip_id: 'API7API', source: 'file', may_set: false });
    assert.equal((await host.open()).ok, true);
    assert.equal(asked(simulator, 'mute').at(-1)?.value, 'API7API');
    await host.close();
    const { document } = await commandInJson(places, 'status');
    assert.deepEqual([document.extension.value, document.extension.source], ['API7API', 'file']);
    assert.match(document.extension.where, /agents\.csv, line 2$/);
  });

  test('is read again when its file changes', async (t) => {
    const { host, file } = await withTable(t, `${LOGIN},FIRST\n`);
    await host.hello();
    await writeFile(file, `${LOGIN},SECOND\n`);
    await host.waitForStatus(({ target }) => target?.value === 'SECOND');
  });

  test('that is caught half written changes nothing, and is used when it is whole', async (t) => {
    const { host, file } = await withTable(t, `${LOGIN},API1API\n`);
    await host.hello();
    const before = host.messages.length;
    await writeFile(file, `someone,X\n${LOGIN},API1A`);
    const { status } = await host.waitFor(({ status: it }) =>
      it.notices.some(({ code }) => code === 'configuration_not_used'), before);
    assert.equal(status.target?.value, 'API1API', 'the last good table holds');
    await writeFile(file, `someone,X\n${LOGIN},API1API2\n`);
    await host.waitForStatus(({ target }) => target?.value === 'API1API2');
  });
});

test('a file that is replaced by parts within a moment is never reported', async (t) => {
  const { host, config, configure, config_file } = await scene(t);
  await host.hello();
  const before = host.messages.length;
  const text = JSON.stringify({ ...config, policy: { ...config.policy, grace_ms: 77 } });
  for (const length of [0, 10, text.length - 1]) await writeFile(config_file, text.slice(0, length));
  await configure(text);
  const { status } = await host.waitFor(({ policy }) => policy?.grace_ms === 77, before);
  assert.deepEqual(status.notices.filter(({ code }) => code === 'configuration_not_used'), []);
  for (const message of host.messages.slice(before)) {
    assert.ok(!message.status.notices.some(({ code }) => code === 'configuration_not_used'));
  }
});

/**
 * Starts a host with a user's file that lacks the extension, and without a machine's file.
 * @param {import('node:test').TestContext} t
 */
async function withoutExtension(t) {
  const simulator = await startSimulator();
  const started = await hostFor(t, { config: '{}', env: { CARDMUTE_CONFIG: '' } }, () => simulator.close());
  const folder = join(started.directory, '.config/cardmute');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'config.json'), JSON.stringify(configOf(simulator, { extension: undefined })));
  return { simulator, folder, ...started };
}

describe('the answer in the popup', () => {
  test('is kept as the person\'s own setting, and is used at once', async (t) => {
    const { host, folder, another } = await withoutExtension(t);
    await host.hello();
    await host.waitForStatus(({ extension }) => extension.sip_id === null && extension.may_set);
    const { ok } = await host.request({ type: 'extension.set', extension: 'API9API' });
    assert.equal(ok, true);
    const status = await host.waitForStatus(({ extension }) => extension.sip_id === 'API9API');
    assert.deepEqual([status.extension.source, status.extension.may_set], ['user', true]);
    assert.deepEqual(JSON.parse(await readFile(join(folder, 'extension.json'), 'utf8')),
      { extension: 'API9API' });
    const next = another();
    assert.equal((await next.hello()).status.extension.sip_id, 'API9API');
  });

  test('is refused with the reason if it is malformed, and nothing changes', async (t) => {
    const { host } = await withoutExtension(t);
    await host.hello();
    await host.waitForStatus(({ extension }) => extension.may_set);
    for (const extension of [' API1', 'A\nB', '', 'x'.repeat(65), 5, 'A\u200eB']) {
      const { ok, error, status } = await host.request({ type: 'extension.set', extension });
      assert.deepEqual([ok, error?.code, status.extension.sip_id], [false, 'bad_request', null],
        JSON.stringify(extension));
      assert.match(error?.message ?? '', /Expected/);
    }
  });

  test('is refused where the configuration decides', async (t) => {
    const { host } = await scene(t);
    const { status } = await host.hello();
    assert.equal(status.extension.may_set, false);
    const { error } = await host.request({ type: 'extension.set', extension: 'API9API' });
    assert.equal(error?.code, 'bad_request');
    assert.equal((await host.status()).target?.value, 'API1API');
  });

  test('waits for a running mute to end', async (t) => {
    const { host, simulator } = await withoutExtension(t);
    simulator.startCall({ extension: 'FIRST', answered: true });
    simulator.startCall({ extension: 'SECOND', answered: true });
    await host.hello();
    await host.waitForStatus(({ extension }) => extension.may_set);
    await host.request({ type: 'extension.set', extension: 'FIRST' });
    await host.waitForStatus(({ target }) => target?.value === 'FIRST');
    assert.equal((await host.open()).ok, true);
    await host.request({ type: 'extension.set', extension: 'SECOND' });
    assert.equal((await host.close()).ok, true);
    await host.waitForStatus(({ target }) => target?.value === 'SECOND');
    assert.deepEqual(asked(simulator, 'unmute').map(({ value }) => value), ['FIRST']);
    assert.equal(simulator.violations, 0);
  });
});
