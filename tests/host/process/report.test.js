// Tests `cardmute-host report` and `doctor --json`: they have the shape of the schemas, name what is missing,
// and contain nothing private.
import assert from 'node:assert/strict';
import { mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { userInfo } from 'node:os';
import Ajv2020 from 'ajv/dist/2020.js';
import { command, commandInJson } from './commands.js';
import { configOf, scene } from './scene.js';

const schema = async (/** @type {string} */ name) =>
  JSON.parse(await readFile(new URL(`../../../manifests/${name}`, import.meta.url), 'utf8'));

const ajv = new (/** @type {any} */ (Ajv2020).default ?? Ajv2020)({ strict: false });
ajv.addSchema(await schema('doctor.schema.json'));
const fits = {
  doctor: ajv.getSchema('doctor.schema.json'),
  report: ajv.compile(await schema('report.schema.json')),
};

/** @param {'doctor' | 'report'} kind @param {unknown} document */
function assertShape(kind, document) {
  assert.ok(fits[kind](document), JSON.stringify(fits[kind].errors));
}

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

/** Starts a host that has said hello and muted a form. */
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
  /** @param {import('./commands.js').Places} places @param {number} ago_ms when Chromium was started */
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
