// Tests `cardmute-host doctor --test-call` with calls of the simulator, whose state Active Calls shows. The
// tests run at the same time, because each waits 5 s between two requests for the list.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { command, commandInJson, startCommand } from './commands.js';
import { asked, scene } from './scene.js';
import { assertShape } from './schemas.js';

/** @typedef {import('./message_shape.js').Status} Status */

const active_calls = 'SIMULATED-CODE';
const PROVE = ['doctor', '--test-call', '--yes'];

const unproven = (/** @type {Status} */ { notices }) =>
  notices.some(({ code }) => code === 'polarity_unproven');

describe('a test call', { concurrency: true }, () => {
  test('proves the state that mutes, and a running host notices it', async (t) => {
    const { host, simulator, config, configure, ivrid, ...places } = await scene(t, { active_calls });
    await host.hello();
    await host.waitForStatus(unproven);
    const before = host.messages.length;
    const { code, out, err } = await command(places, ...PROVE);
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /^PROVEN: state "1" mutes/m);
    assert.match(out, /left unmuted: Active Calls says so/);
    assert.deepEqual(simulator.mutedCalls(), []);
    assert.deepEqual(simulator.recorded(ivrid).map(({ kind }) => kind), ['recorded', 'muted', 'recorded']);
    assert.equal(simulator.violations, 0);

    const { document } = await commandInJson(places, 'status');
    assert.deepEqual([document.polarity.proven, document.polarity.method], [true, 'active_calls']);
    const status = await command(places, 'status');
    assert.match(status.out, /^Polarity: state "1" mutes: proven on 2\S+Z by Active Calls$/m);
    await host.waitForStatus((now) => !unproven(now), before);

    const proven = host.messages.length;
    await configure({ ...config, voicenter: { ...config.voicenter, mute_state: '0' } });
    await host.waitForStatus(unproven, proven);
    const other = await commandInJson(places, 'status');
    assert.deepEqual([other.code, other.document.polarity.proven], [0, false]);
  });

  test('writes a proof that another person\'s configuration can carry', async (t) => {
    const { simulator, config, directory, ...places } = await scene(t, { active_calls });
    const file = join(directory, 'proof.json');
    const made = await commandInJson(places, ...PROVE, '--write-proof', file);
    assertShape('doctor', made.document);
    assert.deepEqual([made.code, made.document.ok, made.document.mute_state], [0, true, '1']);
    const proof = JSON.parse(await readFile(file, 'utf8'));
    assert.deepEqual([proof.url, proof.state, proof.method], [simulator.muteUrl, '1', 'active_calls']);
    assert.match(proof.action_id, /^[0-9a-f]{32}$/);
    assert.match(proof.by, /^.+@.+$/);

    const other = await scene(t, { voicenter: { mute_url: simulator.muteUrl, proof: { file } } });
    await other.host.hello();
    const { document } = await commandInJson(other, 'status');
    assert.deepEqual([document.polarity.proven, document.polarity.source], [true, 'configuration']);
    assert.equal(document.polarity.at, proof.at);
    const status = await command(other, 'status');
    assert.match(status.out, /^Polarity: state "1" mutes: proven .*, by .+@.+, as the configuration says$/m);
    const doctor = await commandInJson(other, 'doctor');
    const polarity = doctor.document.checks.find((/** @type {any} */ { check }) => check === 'polarity');
    assert.equal(polarity.result, 'ok');
    // With another `mute_state` the proof does not count, and the host's status says so.
    const before = other.host.messages.length;
    await other.configure({ ...other.config, voicenter: { ...other.config.voicenter, mute_state: '0' } });
    await other.host.waitForStatus(unproven, before);
    const after = await command(other, 'status');
    assert.match(after.out, /proof does not count: it is for state "1", and the configuration has "0"/);
    // With the proof in its configuration, a host never says that the state is unproven, not even at first.
    const carried = { ...config, voicenter: { ...config.voicenter, proof } };
    const third = await scene(t, { voicenter: carried.voicenter });
    await third.host.hello();
    await third.host.open();
    await third.host.close();
    assert.deepEqual(third.host.messages.filter(({ status: it }) => unproven(it)), []);
  });

  test('writes no proof where it could not, before anything is sent', async (t) => {
    const { simulator, directory, ...places } = await scene(t, { active_calls });
    for (const file of [join(directory, 'missing/proof.json'), directory]) {
      const { code, document } = await commandInJson(places, ...PROVE, '--write-proof', file);
      assert.equal(code, 64);
      assertShape('doctor', document);
      assert.match(document.error.message, /^nothing was sent: .*Expected: /);
    }
    assert.deepEqual(asked(simulator), []);
    assert.equal((await command(places, 'doctor', '--write-proof', 'x')).code, 64, 'needs --test-call');
  });

  test('that fails leaves an earlier proof as it is', async (t) => {
    const { directory, ...places } = await scene(t, { active_calls, simulator: { mute_state: '0' } });
    const file = join(directory, 'proof.json');
    await writeFile(file, 'earlier');
    const { code, document } = await commandInJson(places, ...PROVE, '--write-proof', file);
    assertShape('doctor', document);
    assert.deepEqual([code, document.ok, document.reversed], [31, false, true]);
    assert.equal(await readFile(file, 'utf8'), 'earlier');
  });

  test('finds a reversed account, names the remedy and leaves the call unmuted', async (t) => {
    const { host, simulator, ...places } = await scene(t, { active_calls, simulator: { mute_state: '0' } });
    const { code, out, err } = await command(places, ...PROVE);
    assert.equal(code, 31);
    assert.match(err, /^REVERSED: .*\nSet voicenter\.mute_state to "0"/);
    assert.match(out, /left unmuted: Active Calls says so/);
    assert.deepEqual(simulator.mutedCalls(), []);
    assert.equal(simulator.violations, 0);
    await host.hello();
    await host.waitForStatus(unproven);
  });

  test('that is interrupted is still unmuted', async (t) => {
    const { simulator, ...places } = await scene(t, { active_calls });
    const { ended, signal } = startCommand(places, ...PROVE);
    await simulator.waitFor(() => simulator.mutedCalls().length === 1);
    for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) signal(name);
    assert.equal((await ended).code, 0);
    assert.deepEqual(simulator.mutedCalls(), []);
  });

  test('that is not running is reported, and nothing is sent', async (t) => {
    const { simulator, ivrid, ...places } = await scene(t, { active_calls });
    simulator.endCall(ivrid);
    simulator.startCall({ extension: 'API1API' }); // the call only rings
    const { code, document } = await commandInJson(places, ...PROVE);
    assertShape('doctor', document);
    assert.deepEqual([code, document.error.code, document.left], [30, 'no_active_call', 'untouched']);
    assert.equal(asked(simulator).length, 0);
  });

  test('cannot be read back with a wrong code: nothing is sent, and the code is not shown', async (t) => {
    const { simulator, ...places } = await scene(t, { active_calls: 'WRONG-CODE' });
    for (const [wrong_code_answer, exit_code] of /** @type {const} */ ([['empty', 10], ['err_1', 13]])) {
      simulator.changeSettings({ wrong_code_answer });
      const { code, out, err } = await command(places, ...PROVE);
      assert.equal(code, exit_code);
      assert.match(err, /^NOT PROVEN: .*voicenter\.active_calls\.code/);
      assert.doesNotMatch(out + err, /WRONG-CODE/);
    }
    assert.equal(asked(simulator).length, 0);
  });

  test('is not muted without a person\'s consent', async (t) => {
    const { simulator, ...places } = await scene(t, { active_calls });
    const { code, err } = await command(places, 'doctor', '--test-call');
    assert.equal(code, 64);
    assert.match(err, /add --yes/);
    assert.equal(simulator.requests.length, 0);
  });

  test('needs a terminal without Active Calls', async (t) => {
    const { simulator, ...places } = await scene(t);
    const { code, document } = await commandInJson(places, ...PROVE);
    assertShape('doctor', document);
    assert.deepEqual([code, document.error.code], [64, 'bad_request']);
    assert.equal(asked(simulator).length, 0);
  });

  test('needs a valid configuration', async (t) => {
    const { simulator, configure, ...places } = await scene(t, { active_calls });
    await configure('{}');
    const { code, document } = await commandInJson(places, ...PROVE);
    assertShape('doctor', document);
    assert.deepEqual([code, document.error.code], [78, 'config_invalid']);
    assert.equal(asked(simulator).length, 0);
  });
});
