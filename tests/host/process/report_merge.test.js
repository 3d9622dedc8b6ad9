// Tests `cardmute-host report --merge`, which lists who is not covered and why, and which machines
// have not reported.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { command, commandInJson } from './commands.js';
import { scene } from './scene.js';

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

  /**
   * @param {import('node:test').TestContext} t @param {Record<string, string>} files the reports
   * @param {string} [list] of the expected machines
   */
  async function merged(t, files, list) {
    const places = await scene(t);
    const folder = join(places.directory, 'reports');
    await mkdir(folder);
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const args = ['report', '--merge', folder];
    if (list !== undefined) {
      const file = join(places.directory, 'expected.csv');
      await writeFile(file, list);
      args.push('--expect', file);
    }
    const { code, document } = await commandInJson(places, ...args);
    return { code, document, text: (await command(places, ...args)).out };
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

  test('reads a person whose configuration is not valid, with the whole reason', async (t) => {
    const message = `configuration: ${'x'.repeat(300)}`;
    const { code, document, text } = await merged(t, {
      'a.json': machine('pc1', undefined,
        person('agent1', [{ ...WHY, message }], { configuration: { valid: false, hash: null } })),
      'b.json': machine('pc2', undefined, person('agent2', [], { configuration: { valid: false } })),
    });
    assert.deepEqual([code, document.covered, document.not_covered.length], [50, 1, 1]);
    assert.ok(text.includes(message), text);
  });

  test('believes a person rather than root, who could not look into the home', async (t) => {
    const unknown = person('agent', [{ code: 'internal', message: 'x' }], { configuration: undefined });
    const older = (/** @type {number} */ days) => merged(t, {
      'a.json': machine('pc1', hoursAgo(2), unknown),
      'b.json': machine('pc1', hoursAgo(24 * days), person('agent')),
    });
    assert.deepEqual([(await older(1)).code, (await older(29)).code], [0, 0]);
    const { code, document } = await older(31);
    assert.deepEqual([code, document.not_covered[0].why[0].code], [50, 'internal']);
    const replaced = await merged(t, { 'a.json': machine('pc1', hoursAgo(3), person('agent')),
      'b.json': machine('pc1', hoursAgo(2), person('agent', [WHY])) });
    assert.equal(replaced.code, 50);
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
    assert.match(text, /last reported 31 days ago; a report counts for 30 days/);
  });

  test('does not miss somebody who has not reported for long on a machine that has', async (t) => {
    const { code, document, text } = await merged(t, {
      'a.json': machine('pc1', hoursAgo(24 * 31), person('old')),
      'b.json': machine('pc1', hoursAgo(1), person('agent')),
    });
    assert.deepEqual([code, document.covered], [0, 1]);
    assert.deepEqual(document.not_in_use.map((/** @type {any} */ it) => it.person), ['old']);
    assert.match(text, /^1 machine, 2 persons: 1 covered, 0 not covered, 1 not in use$/m);
  });

  test('lists who is not in use, and does not count them as not covered', async (t) => {
    const { code, document, text } = await merged(t, {
      'a.json': machine('pc1', undefined, person('agent'), person('admin', [WHY], {
        in_use: false, proof: { proven: false } })),
    });
    assert.equal(code, 0);
    assert.deepEqual([document.persons, document.covered, document.not_covered], [2, 1, []]);
    assert.match(text, /^not in use {2}pc1 {2}admin /m);
    assert.deepEqual(document.remarks, []);
  });

  test('notes that nobody is in use, which is a problem if machines are expected', async (t) => {
    const unused = { 'a.json': machine('pc1', undefined, person('admin', [WHY], { in_use: false })) };
    const said = /^note {2}nobody is in use, so nobody is covered/m;
    const { code, document, text } = await merged(t, unused);
    assert.deepEqual([code, document.ok, document.covered], [0, true, 0]);
    assert.match(text, said);
    assert.match(document.remarks[0], /nobody is in use/);
    const expected = await merged(t, unused, 'pc1\n');
    assert.deepEqual([expected.code, expected.document.ok], [50, false]);
    assert.match(expected.text, said);
    const one = machine('pc1', undefined, person('admin', [WHY], { in_use: false }), person('agent'));
    assert.equal((await merged(t, { 'a.json': one }, 'pc1\n')).code, 0);
  });

  test('names who of a list has not reported', async (t) => {
    const { code, document, text } = await merged(t, { 'a.jsonl':
      [machine('pc1.example.com', undefined, person('agent')), machine('pc9', undefined, person('agent'))]
        .join('\n') }, '# all\nmachine,room\nPC1,3\npc2,4\npc,3,\n"\n');
    assert.equal(code, 50);
    assert.deepEqual([document.ok, document.expected, document.covered], [false, 3, 2]);
    assert.deepEqual(document.not_reported, [
      { machine: 'pc2', message: 'has not reported' }, { machine: 'pc', message: 'has not reported' }]);
    assert.match(text, /^3 machines expected: 2 of them not reported$/m);
    assert.match(text, /^NOT COVERED {2}pc2 {2}has not reported$/m);
    assert.match(text, /^note {2}pc9 has reported and is not in the list/m);
    assert.match(document.not_read[0], /expected\.csv, line 6: found a quote/);
  });

  test('exits with 0 if all of a list have reported and are covered', async (t) => {
    const { code, document } = await merged(t, { 'a.json': covered }, 'pc1\n');
    assert.deepEqual([code, document.expected, document.not_reported], [0, 1, []]);
    const without = await merged(t, { 'a.json': covered });
    assert.deepEqual([without.code, without.document.expected], [0, null]);
  });

  test('a list that cannot be read, or without --merge, is an error', async (t) => {
    const places = await scene(t);
    for (const args of [['--merge', places.directory, '--expect', '/nowhere'],
      ['--merge', places.directory, '--expect', ''], ['--expect', places.config_file]]) {
      const { code, err } = await command(places, 'report', ...args);
      assert.equal(code, 64, args.join(' '));
      assert.match(err, /expect|Expected|merge/);
    }
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
    ['that covers somebody who is not in use',
      covered.replace('"covered":true', '"covered":true,"in_use":false'),
      /covered with a "why" or not in use/],
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
