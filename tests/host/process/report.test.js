// Tests the output of `cardmute-host report` and `doctor --json`: it fits the schemas, names what is missing,
// and contains nothing private.
import assert from 'node:assert/strict';
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { userInfo } from 'node:os';
import { command, commandInJson } from './commands.js';
import { configOf, scene } from './scene.js';
import { assertShape } from './schemas.js';

const CODE = 'SECRET-OF-THE-ORGANISATION';
const CALLER = '0521234567';

/** @param {import('./commands.js').Places} places */
async function reported(places) {
  const { code, out } = await command(places, 'report', '--json');
  assert.equal(code, 0);
  assert.equal(out.trimEnd().split('\n').length, 1, 'one line a machine');
  const document = JSON.parse(out);
  assertShape('report', document);
  return { out, document, person: document.persons[0] };
}

/** Starts a host, sends hello, and opens and closes a form. */
async function used(/** @type {import('node:test').TestContext} */ t, more = {}) {
  const it = await scene(t, { active_calls: CODE, ...more });
  await it.host.hello();
  await it.host.open();
  await it.host.close();
  return it;
}

describe('report --json', () => {
  test('names machine, person, browser, extension, sites and the last mute', async (t) => {
    const places = await used(t);
    const { document, person } = await reported(places);
    assert.match(document.machine.name, /./);
    assert.equal(person.person, userInfo().username);
    assert.deepEqual([person.extension.value, person.extension.source], ['API1API', 'machine']);
    assert.equal(person.extension.where, places.config_file);
    assert.deepEqual(person.sites, ['https://crm.example.com/*']);
    assert.equal(person.browsers.length, 1);
    assert.equal(person.browsers[0].browser, 'chromium');
    assert.notEqual(person.activity.last_mute, null);
    assert.deepEqual([person.activity.store, person.proof.proven], ['ok', false]);
    assert.equal(person.covered, person.why.length === 0);
  });

  test('holds neither a secret nor a telephone number', async (t) => {
    const { host, ...places } = await used(t);
    await host.open('other', { reason: `a field named ${CALLER}` });
    await host.close('other');
    for (const args of [['report', '--json'], ['report'], ['doctor', '--json']]) {
      const { out, err } = await command(places, ...args);
      assert.notEqual(out, '');
      assert.ok(!`${out}${err}`.includes(CODE), args.join(' '));
      assert.ok(!`${out}${err}`.includes(CALLER), args.join(' '));
    }
  });

  test('says why a person is not covered', async (t) => {
    const places = await used(t);
    await writeFile(places.config_file, '{"policy": {"sites": ["https://crm.example.com/*"]}}');
    const { person } = await reported(places);
    assert.deepEqual([person.covered, person.extension], [false, null]);
    assert.equal(person.why[0].code, 'config_invalid');
    assert.match(person.why[0].message, /voicenter\.extension: missing/);
    assert.ok(person.complaints.some(({ code }) => code === 'config_invalid'));
  });

  test('does not need the variable of the browser that names the extension', async (t) => {
    const variable = 'CARDMUTE_TEST_EXTENSION';
    const { config, configure, config_file, state_directory } = await scene(t);
    await configure({ ...config, voicenter: { ...config.voicenter, extension: { env: variable } } });
    const here = { config_file, state_directory };
    const { person } = await reported(here);
    assert.deepEqual([person.extension.value, person.extension.source], [null, 'env']);
    assert.match(person.extension.where, /CARDMUTE_TEST_EXTENSION of the person, .*; not known here$/);
    assert.ok(!person.why.some(({ code }) => code === 'config_invalid'), JSON.stringify(person.why));
    const there = await reported({ ...here, env: { [variable]: 'API2API' } });
    assert.equal(there.person.extension.value, 'API2API');
  });

  test('has the same hash for everyone who shares a configuration, and another after a change', async (t) => {
    const { simulator, ...places } = await used(t);
    const hashOf = async (/** @type {object} */ config) => {
      await writeFile(places.config_file, JSON.stringify(config));
      return (await reported(places)).person.configuration.hash;
    };
    const one = await hashOf(configOf(simulator));
    assert.match(one, /^[0-9a-f]{16}$/);
    assert.equal(await hashOf(configOf(simulator, { extension: 'OTHER' })), one);
    assert.notEqual(await hashOf(configOf(simulator, { mute_state: '0' })), one);
    assert.notEqual(await hashOf(configOf(simulator, {}, { interlock: 'block' })), one);
  });

  const DAY_ms = 24 * 3_600_000;
  /** @param {import('./commands.js').Places} places @param {number} ago_ms how long ago it was started */
  async function startedChromium({ config_file }, ago_ms) {
    const file = join(dirname(config_file), '.config/chromium/Last Version');
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, '');
    await utimes(file, new Date(), new Date(Date.now() - ago_ms));
  }

  test('somebody who has used no browser for 30 days is not in use', async (t) => {
    const { host, ...places } = await scene(t);
    await host.kill();
    const inUse = async () => (await reported(places)).person.in_use;
    const { person } = await reported(places);
    assert.deepEqual([person.in_use, person.covered], [false, false]);
    assert.match((await command(places, 'report')).out, /: not in use$/m);
    await startedChromium(places, 31 * DAY_ms);
    assert.equal(await inUse(), false);
    await startedChromium(places, 29 * DAY_ms);
    assert.equal(await inUse(), true);
    assert.match((await command(places, 'report')).out, /: NOT COVERED$/m);
  });

  test('somebody whose browser has called since it was started is in use', async (t) => {
    const places = await used(t);
    assert.equal((await reported(places)).person.in_use, true);
    const isSilent = async () => (await reported(places)).person.why
      .some((/** @type {any} */ { message }) => /Chromium was started at .* has called this program since/
        .test(message));
    await startedChromium(places, DAY_ms);
    assert.equal(await isSilent(), false);
  });

  /** @typedef {{why: {code: string, message: string}[]}} Person */
  const mutesOf = (/** @type {Person} */ { why }) =>
    why.filter(({ message }) => message.startsWith('mutes: '));

  test('somebody whose newest mute was not acknowledged is not covered, here and in --merge', async (t) => {
    const { host, simulator, ...places } = await used(t);
    const folder = join(places.directory, 'reports');
    await mkdir(folder);
    const merged = async () => {
      await writeFile(join(folder, 'a.json'), (await reported(places)).out);
      return (await command(places, 'report', '--merge', folder)).out;
    };
    assert.deepEqual(mutesOf((await reported(places)).person), []);
    simulator.setFault({ fault: 'http_error', http_status: 403, only: 'mute' });
    assert.equal((await host.open('refused')).ok, false);
    await host.close('refused');
    const { person } = await reported(places);
    assert.deepEqual([person.covered, person.in_use], [false, true]);
    const [reason, ...more] = mutesOf(person);
    assert.deepEqual([reason.code, more], ['refused', []]);
    const said = /the newest mute, of \S+Z, was not acknowledged \(refused, HTTP 403\): run cardmute-host/;
    assert.match(reason.message, said);
    assert.match((await command(places, 'report')).out, said);
    assert.match(await merged(), said);
    simulator.clearFaults();
    const before = host.messages.length;
    await host.open('muted'); // after a refusal the host waits before it retries
    await host.waitForStatus(({ state }) => state === 'muted', before);
    await host.close('muted');
    await host.end(); // now the acknowledgement is in the store
    assert.deepEqual(mutesOf((await reported(places)).person), []);
    assert.doesNotMatch(await merged(), said);
  });

  test('somebody whose form closed while the call was not muted is not covered', async (t) => {
    const { host, another, simulator, ...places } = await used(t, { active_calls: 'SIMULATED-CODE' });
    simulator.setFault({ fault: 'lie', only: 'mute' });
    await host.open('exposed');
    await host.waitForStatus(({ problem }) => problem?.code === 'verification_failed');
    await host.close('exposed');
    await host.end();
    const [reason] = mutesOf((await reported(places)).person);
    assert.equal(reason.code, 'verification_failed');
    assert.match(reason.message, /at \S+Z a form closed while the call was not known to be muted/);
    assert.match((await command(places, 'ledger')).out, / EXPOSED .* not held, to the end$/m);
    simulator.clearFaults();
    const next = another();
    await next.open('muted');
    await next.close('muted');
    await next.end();
    assert.deepEqual(mutesOf((await reported(places)).person), []);
  });

  test('a form that closes before its first mute is answered is no reason', async (t) => {
    const { host, simulator, ...places } = await used(t);
    simulator.setFault({ fault: 'delay', answer_delay_ms: 300, only: 'mute', times: 1 });
    const opened = host.open('short');
    await host.close('short');
    await opened;
    await host.end();
    assert.deepEqual(mutesOf((await reported(places)).person), []);
  });

  test('a store that cannot be read is reported, and the rest is there', async (t) => {
    const places = await used(t);
    await places.host.kill();
    const store = join(places.state_directory, 'cardmute.db');
    for (const file of [store, `${store}-wal`, `${store}-shm`]) await rm(file, { force: true });
    await mkdir(store);
    const { person } = await reported(places);
    assert.equal(person.activity.store, 'unreadable');
    assert.ok(person.why.some(({ code }) => code === 'store_failed'), JSON.stringify(person.why));
    assert.deepEqual([person.extension.value, person.in_use], ['API1API', true]);
  });
});

test('doctor --json has the shape of its schema, and the exit code of its first problem', async (t) => {
  const places = await used(t);
  const { code, document } = await commandInJson(places, 'doctor');
  assertShape('doctor', document);
  const first = document.checks.find((/** @type {any} */ { result }) => result === 'problem');
  assert.equal(code === 0, first === undefined);
  await writeFile(places.config_file, '{');
  const broken = await commandInJson(places, 'doctor');
  assertShape('doctor', broken.document);
  assert.deepEqual([broken.code, broken.document.ok], [78, false]);
});
