// Tests `cardmute-host settle`, which ends the mutes of a killed host.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { command, commandInJson } from './commands.js';
import { SKIP_PRELOADED } from './preloaded.js';
import { asked, configOf, scene } from './scene.js';
import { slowDisk } from './slow_disk.js';
import { logFile, untilFile } from './state_files.js';

const GRACE_MS = 400;
const policy = { grace_ms: GRACE_MS };

/** Starts a host and kills it while the call is muted. @param {import('node:test').TestContext} t */
async function killedWhileMuted(t) {
  const started = await scene(t, { policy });
  await started.host.open();
  await started.host.kill();
  assert.deepEqual(started.simulator.mutedCalls(), [started.ivrid]);
  return started;
}

test('a host was killed while muted: settle unmutes after the grace and says so', async (t) => {
  const { simulator, ivrid, ...places } = await killedWhileMuted(t);
  const began = simulator.mark('settle');
  const { code, out, err } = await command(places, 'settle');
  assert.deepEqual([code, err], [0, '']);
  assert.match(out, /^The recording goes on\. Outstanding unmutes acknowledged: 1\n/);
  assert.deepEqual(simulator.mutedCalls(), []);
  const [unmute] = asked(simulator, 'unmute');
  assert.ok(unmute.at_ms - began.at_ms > GRACE_MS / 2, 'the grace was cut short');
  assert.equal(simulator.recorded(ivrid).at(-1)?.kind, 'recorded');

  const again = await commandInJson(places, 'settle');
  assert.deepEqual([again.code, again.document], [0, { ok: true, mutes: 0, unmutes: 0 }]);
  const { document } = await commandInJson(places, 'ledger');
  assert.equal(document.summary.unended_surfaces, 0);
  const kinds = document.entries.map((/** @type {{ kind: string }} */ { kind }) => kind);
  assert.ok(kinds.includes('surface_lost') && kinds.includes('surface_settled'), kinds.join(' '));
  // If the host was killed before it wrote the outcome into the store, `settle` takes the outcome
  // from the host's outcome file.
  const mute = document.entries.find((/** @type {any} */ each) => each.request === 'mute');
  assert.equal(mute.outcome, 'acknowledged');
});

test('no mute is left: settle says so and sends nothing', async (t) => {
  const { simulator, ...places } = await scene(t);
  const { code, out } = await command(places, 'settle');
  assert.deepEqual([code, out], [0, 'Nothing was left to settle.\n']);
  assert.equal(asked(simulator).length, 0);
});

test('a live host\'s mute is left alone', async (t) => {
  const { host, simulator, ivrid, ...places } = await scene(t, { policy });
  await host.open();
  assert.equal((await command(places, 'settle')).code, 0);
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  assert.equal(asked(simulator, 'unmute').length, 0);
});

test('an unmute that is rejected at first is repeated', async (t) => {
  const { simulator, ...places } = await killedWhileMuted(t);
  simulator.setFault({ fault: 'http_error', http_status: 403, only: 'unmute', times: 1 });
  const { code } = await command(places, 'settle');
  assert.equal(code, 0);
  assert.deepEqual(simulator.mutedCalls(), []);
  assert.equal(asked(simulator, 'unmute').length, 2);
});

test('without a valid configuration nothing can be settled', async (t) => {
  const { configure, ...places } = await killedWhileMuted(t);
  await configure('{}');
  const { code, document } = await commandInJson(places, 'settle');
  assert.deepEqual([code, document.ok, document.error.code], [78, false, 'config_invalid']);
});

describe('where this process does not know the person\'s extension', () => {
  const NAME = 'CARDMUTE_TEST_EXTENSION';

  for (const [what, voicenter] of /** @type {[string, object][]} */ ([
    ['only a variable of the browser\'s environment names it', { extension: { env: NAME } }],
    ['the person is no longer in the table', { extension: undefined, extensions: { other: 'API2API' } }],
  ])) {
    test(`${what}: settle unmutes the extension that was muted`, async (t) => {
      const { configure, simulator, ...places } = await killedWhileMuted(t);
      await configure(configOf(simulator, voicenter, policy));
      assert.equal((await command(places, 'settle')).code, 0);
      assert.deepEqual(simulator.mutedCalls(), []);
      assert.deepEqual(await command(places, 'settle'),
        { code: 0, out: 'Nothing was left to settle.\n', err: '' });
      assert.equal(asked(simulator, 'unmute').length, 1);
    });
  }

  test('a live host\'s mute is left alone', async (t) => {
    const { host, configure, simulator, ivrid, ...places } = await scene(t, { policy });
    await host.open();
    // The host goes on with the extension that it has muted.
    await configure(configOf(simulator, { extension: { env: NAME } }, policy));
    assert.equal((await command(places, 'settle')).code, 0);
    assert.deepEqual(simulator.mutedCalls(), [ivrid]);
    assert.equal(asked(simulator, 'unmute').length, 0);
  });

  test('with target "call" nothing can be settled, and settle says why', async (t) => {
    const { configure, simulator, ...places } = await killedWhileMuted(t);
    await configure(configOf(simulator, { extension: { env: NAME }, target: 'call',
      active_calls: { url: simulator.activeCallsUrl, code: 'CODE' } }, policy));
    const { code, err } = await command(places, 'settle');
    assert.equal(code, 78);
    assert.match(err, /the browser's environment has no CARDMUTE_TEST_EXTENSION/);
  });
});

test('a person\'s unmute is refused while a form is open, unless it is forced', async (t) => {
  const { host, simulator, ivrid, ...places } = await scene(t);
  await host.open();
  const refused = await command(places, 'unmute');
  assert.equal(refused.code, 73);
  assert.match(refused.err, /a payment form is open.*--force/);
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  assert.equal((await command(places, 'unmute', '--force')).code, 0);
  assert.equal(asked(simulator, 'unmute').length, 1);
  await host.close();
  assert.equal((await command(places, 'unmute')).code, 0);
});

test('the user database does not answer: settle unmutes', { skip: SKIP_PRELOADED }, async (t) => {
  const { directory, simulator, ...places } = await killedWhileMuted(t);
  const { env, freeze } = slowDisk(t, directory, 'user database');
  freeze();
  const { code } = await command({ ...places, env }, 'settle');
  assert.equal(code, 0);
  assert.deepEqual(simulator.mutedCalls(), []);
});

test('a settler that finds an invalid configuration says so, and unmutes once it is mended', async (t) => {
  const { configure, simulator, ...places } = await killedWhileMuted(t);
  await configure('{}');
  const settling = command(places, 'settle', '--detached');
  const log = logFile(places.state_directory);
  await untilFile(log, (text) => /not ended yet.*voicenter\.extension/.test(text));
  assert.deepEqual(asked(simulator, 'unmute'), []);
  await configure(configOf(simulator, {}, policy));
  assert.equal((await settling).code, 0);
  assert.deepEqual(simulator.mutedCalls(), []);
});

test('a settler with an invalid configuration and nothing to settle ends', async (t) => {
  const { configure, ...places } = await scene(t);
  await configure('{}');
  assert.equal((await command(places, 'settle', '--detached')).code, 0);
});

test('the configuration is invalid when the browser goes: unmuted with the last valid one', async (t) => {
  const { host, simulator, configure } = await scene(t, { policy });
  await host.open();
  await configure('{ "voicenter": ');
  await host.end();
  assert.deepEqual(simulator.mutedCalls(), []);
});
