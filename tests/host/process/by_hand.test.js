// Tests `cardmute-host mute` and `unmute` while hosts are running: both are in the ledger, and after an
// unmute no browser shows green for a call that is recorded.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { command, commandInJson } from './commands.js';
import { asked, scene } from './scene.js';

/** @param {import('./commands.js').Places} places */
async function byHand(places) {
  const { document } = await commandInJson(places, 'ledger');
  return document.entries
    .filter((/** @type {{ detail: string }} */ { detail }) => detail === 'by hand')
    .map((/** @type {{ request: string, outcome: string }} */ entry) => [entry.request, entry.outcome]);
}

test('both are in the ledger, with their outcomes', async (t) => {
  const { host, simulator, ivrid, ...places } = await scene(t);
  await host.hello();
  assert.equal((await command(places, 'mute')).code, 0);
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  assert.equal((await command(places, 'unmute')).code, 0);
  assert.deepEqual(simulator.mutedCalls(), []);
  simulator.setFault({ fault: 'http_error', http_status: 403, times: 1 });
  await command(places, 'mute');
  const entries = [['mute', 'acknowledged'], ['unmute', 'acknowledged'], ['mute', 'refused']];
  assert.deepEqual(await byHand(places), entries);
});

test('a manual mute is not ended by a running host', async (t) => {
  const { host, another, simulator, ivrid, ...places } = await scene(t);
  await host.hello();
  await command(places, 'mute');
  await another().hello();
  await host.status();
  assert.deepEqual([simulator.mutedCalls(), asked(simulator, 'unmute').length], [[ivrid], 0]);
});

test('a forced unmute: no browser stays green, and the form is muted again', async (t) => {
  // The test is shorter than this interval, so the mute is not repeated.
  const started = await scene(t, { voicenter: { reassert_ms: 60_000 } });
  const { host, another, simulator, ivrid, ...places } = started;
  const second = another();
  await host.open('a');
  await second.open('b');
  // All mutes fail. A successful one would hide that the acknowledgement no longer counts.
  simulator.setFault({ fault: 'http_error', http_status: 500, only: 'mute' });
  const before = [host.messages.length, second.messages.length];
  assert.equal((await command(places, 'unmute', '--force')).code, 0);
  assert.equal(simulator.recorded(ivrid).at(-1)?.kind, 'recorded');
  await Promise.all([host, second].map((each, index) =>
    each.waitForStatus(({ state }) => state !== 'muted', before[index])));
  const failed = simulator.mark('mutes succeed again').seq;
  simulator.clearFaults();
  await simulator.waitFor({ type: 'call.muted', ivrid }, { after: failed });
  assert.deepEqual(await byHand(places), [['unmute', 'acknowledged']]);
});

test('a forced unmute beside one that is not answered is in the ledger too', async (t) => {
  const { host, simulator, ivrid, ...places } = await scene(t, { voicenter: { timeout_ms: 10_000 } });
  await host.open();
  simulator.setFault({ fault: 'hang', only: 'unmute', times: 1 });
  host.send({ id: 99, type: 'surface.close', surface: 'form' });
  await simulator.waitFor(() => asked(simulator, 'unmute').length === 1);
  assert.equal((await command(places, 'unmute')).code, 73);
  assert.equal((await command(places, 'unmute', '--force')).code, 0);
  assert.equal(simulator.recorded(ivrid).at(-1)?.kind, 'recorded');
  assert.deepEqual(await byHand(places), [['unmute', 'acknowledged']]);
});

test('without force nothing is sent while a form is open, and nothing is lost', async (t) => {
  const { host, simulator, ivrid, ...places } = await scene(t);
  await host.open();
  const { code, err } = await command(places, 'unmute');
  assert.equal(code, 73);
  assert.match(err, /--force/);
  assert.deepEqual([simulator.mutedCalls(), asked(simulator, 'unmute').length], [[ivrid], 0]);
  assert.equal((await host.status()).state, 'muted');
});

test('unmute without --force is refused where the store cannot say whether a form is open', async (t) => {
  const { host, simulator, ...places } = await scene(t);
  await host.open();
  const no_folder = join(places.directory, 'no folder');
  await writeFile(no_folder, '');
  const { code, err } = await command({ ...places, state_directory: no_folder }, 'unmute');
  assert.equal(code, 73);
  assert.match(err, /no folder.*not known whether a payment form is open.*--force/s);
  assert.equal(asked(simulator, 'unmute').length, 0);
});

for (const words of [['mute'], ['unmute', '--force']]) {
  test(`${words.join(' ')}: a program and a person learn whether the ledger has it`, async (t) => {
    const { host, ...places } = await scene(t);
    await host.hello();
    const { document } = await commandInJson(places, ...words);
    assert.deepEqual([document.ok, document.ledger_problem], [true, null]);
    const no_folder = join(places.directory, 'no folder');
    await writeFile(no_folder, '');
    const broken = { ...places, state_directory: no_folder };
    const unwritten = await commandInJson(broken, ...words);
    assert.deepEqual([unwritten.code, unwritten.document.ok], [0, true]);
    assert.match(unwritten.document.ledger_problem, /no folder/);
    assert.match((await command(broken, ...words)).err, /The ledger does not have it: .*no folder/);
  });
}
