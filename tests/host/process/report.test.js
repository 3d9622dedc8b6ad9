// Tests `cardmute-host report` and `doctor --json`: they have the shape of the schemas, name what is missing,
// and contain nothing private.
import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

  test('a store that cannot be read is reported, and the rest is there', async (t) => {
    const places = await used(t);
    await places.host.kill();
    const store = join(places.state_directory, 'cardmute.db');
    for (const file of [store, `${store}-wal`, `${store}-shm`]) await rm(file, { force: true });
    await mkdir(store);
    const { person } = await reported(places);
    assert.equal(person.activity.store, 'unreadable');
    assert.ok(person.why.some(({ code }) => code === 'store_failed'), JSON.stringify(person.why));
    assert.equal(person.extension.value, 'API1API');
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

describe('report --merge', () => {
  const person = (/** @type {string} */ name, why = /** @type {object[]} */ ([]), more = {}) => ({
    person: name, covered: why.length === 0, why, proof: { proven: true }, configuration: { hash: 'h' },
    ...more,
  });
  const hoursAgo = (/** @type {number} */ hours) => new Date(Date.now() - hours * 3_600_000).toISOString();
  const machine = (/** @type {string} */ name, at = hoursAgo(2),
    .../** @type {object[]} */ persons) => JSON.stringify({
    report: 1, at, machine: { name, id: 'of-the-image' }, host_version: '1.0.0', persons,
  });
  const WHY = { code: 'config_invalid', message: 'configuration: voicenter.extension: missing' };

  /** @param {import('node:test').TestContext} t @param {Record<string, string>} files */
  async function merged(t, files) {
    const places = await scene(t);
    const folder = join(places.directory, 'reports');
    await mkdir(folder);
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const { code, document } = await commandInJson(places, 'report', '--merge', folder);
    return { code, document, text: (await command(places, 'report', '--merge', folder)).out };
  }

  test('exits with 0 if everyone is covered', async (t) => {
    const { code, document, text } = await merged(t, {
      'pc1.json': machine('pc1', undefined, person('agent1')),
      'pc2.jsonl': `${machine('pc2', undefined, person('agent2'))}\n\n`,
      'other.txt': 'not read',
    });
    assert.equal(code, 0);
    assert.deepEqual([document.machines, document.persons, document.covered], [2, 2, 2]);
    assert.match(text, /^2 machines, 2 persons: 2 covered, 0 not covered$/m);
  });

  test('says who is not covered and why, by the newest report', async (t) => {
    const { code, document, text } = await merged(t, {
      'a.jsonl': [machine('pc1', hoursAgo(3), person('agent1', [WHY]), person('agent2')),
        machine('pc1', hoursAgo(2), person('agent1'), person('agent2', [WHY])),
        machine('pc3')].join('\n'),
    });
    assert.equal(code, 50);
    assert.deepEqual(document.not_covered.map((/** @type {any} */ it) => [it.machine, it.person]),
      [['pc1', 'agent2'], ['pc3', '']]);
    assert.match(text, /^NOT COVERED {2}pc1 {2}agent2 .*\n {4}config_invalid: .*extension: missing$/m);
    assert.match(text, /^NOT COVERED {2}pc3 {2}\(nobody\)/m);
  });

  test('names each line that is no report, and reads the others', async (t) => {
    const { code, document } = await merged(t, {
      'a.json': [machine('pc1', undefined, person('agent1')), '{"report": 1', '[]', '{"report": 2}',
        '{"report": 1, "at": "x", "machine": {"name": "m"}, "persons": [{}]}'].join('\n'),
    });
    assert.equal(code, 64);
    assert.equal(document.covered, 1);
    assert.deepEqual(document.not_read.map((/** @type {string} */ text) => /, line (\d): /.exec(text)?.[1]),
      ['2', '3', '4', '5']);
  });

  test('distinguishes machines of one image by their names', async (t) => {
    const { code, document } = await merged(t, {
      'a.jsonl': [machine('pc1', hoursAgo(2), person('agent', [WHY])),
        machine('pc2', hoursAgo(1), person('agent'))].join('\n'),
    });
    assert.deepEqual([code, document.machines, document.covered], [50, 2, 1]);
  });

  test('does not rely on a machine that has been silent for more than 30 days', async (t) => {
    const { code, text } = await merged(t, { 'a.json': machine('pc1', hoursAgo(24 * 31), person('agent')) });
    assert.equal(code, 50);
    assert.match(text, /newest report is older than 30 days/);
  });

  test('a machine on which somebody logs in later no longer counts as one without a person', async (t) => {
    const { code, document } = await merged(t, {
      'a.json': machine('pc1', hoursAgo(24)), 'b.json': machine('pc1', hoursAgo(1), person('agent')),
    });
    assert.deepEqual([code, document.persons], [0, 1]);
  });

  const covered = machine('pc1', undefined, person('agent'));
  for (const [what, text, said] of /** @type {[string, string, RegExp][]} */ ([
    ['whose time is none', machine('pc1', 'yesterday', person('agent')), /"at" is no time/],
    ['from the future', machine('pc1', hoursAgo(-48), person('agent')), /in the future/],
    ['that contradicts itself', covered.replace('"why":[]', `"why":[${JSON.stringify(WHY)}]`),
      /covered with a "why"/],
    ['with a reason that is none', covered.replace('"why":[]', '"why":[7]'), /a person without/],
    ['that is far too deep', covered.replace('"why":[]', `"why":[${'['.repeat(100_000)}`),
      /not JSON, or cut off/],
    ['that is empty', '\n', /empty/],
  ])) {
    test(`names a report ${what}`, async (t) => {
      const { code, document } = await merged(t, { 'a.json': text });
      assert.equal(code, 64);
      assert.match(document.not_read[0], said);
    });
  }

  test('reads a single report that was formatted', async (t) => {
    const { code, document } = await merged(t, { 'a.json': JSON.stringify(JSON.parse(covered), null, 2) });
    assert.deepEqual([code, document.covered], [0, 1]);
  });

  test('notes what differs between machines, and who lacks a proof', async (t) => {
    const { code, document } = await merged(t, {
      'a.json': machine('pc1', undefined, person('agent1'), person('agent2')),
      'b.json': machine('pc2', undefined, person('agent3', [], {
        proof: { proven: false }, configuration: { hash: 'other' },
      })),
    });
    assert.equal(code, 0);
    assert.ok(document.remarks.some((/** @type {string} */ it) => /^configurations: /.test(it)));
    assert.ok(document.remarks.some((/** @type {string} */ it) => /^1 without a proof/.test(it)));
  });

  test('a folder that is missing or empty is an error', async (t) => {
    const { code, document } = await merged(t, {});
    assert.equal(code, 64);
    assert.match(document.not_read[0], /no file ends in/);
    const places = await scene(t);
    for (const folder of ['/nowhere', '']) {
      assert.equal((await commandInJson(places, 'report', '--merge', folder)).code, 64);
    }
  });
});
