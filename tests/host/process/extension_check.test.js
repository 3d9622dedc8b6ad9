// Tests the agent's answer to "Which extension is yours?" with Active Calls: the list of active calls
// is requested before the answer is stored.
import assert from 'node:assert/strict';
import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { startSimulator } from '../../simulator/simulator.js';
import { configOf, hostFor } from './scene.js';

/** @typedef {import('../../simulator/simulator.js').Simulator} Simulator */

const CODE = 'SIMULATED-CODE';
const UNCONFIRMED = 'unconfirmed_extension';

/**
 * Starts a host with Active Calls whose configuration lacks only the extension, and sends hello.
 * @param {import('node:test').TestContext} t
 * @param {object} [voicenter]
 */
async function unanswered(t, voicenter) {
  const simulator = await startSimulator({ extensions: ['API1API', 'API2API'], code: CODE });
  const started = await hostFor(t, { config: '{}', env: { CARDMUTE_CONFIG: '' } }, () => simulator.close());
  const folder = join(started.directory, '.config/cardmute');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'config.json'), JSON.stringify(configOf(simulator, { extension: undefined,
    active_calls: { url: simulator.activeCallsUrl, code: CODE }, ...voicenter })));
  const { host } = started;
  await host.hello();
  await host.waitForStatus(({ extension }) => extension.may_set);
  const answer = (/** @type {string} */ extension) => host.request({ type: 'extension.set', extension });
  return { simulator, kept: join(folder, 'extension.json'), answer, ...started };
}

/** @param {{notices: {code: string}[]}} status */
const isUnconfirmed = ({ notices }) => notices.some(({ code }) => code === UNCONFIRMED);
/** @param {Simulator} simulator */
const askedFor = (simulator) => simulator.requests
  .filter(({ endpoint }) => endpoint === 'active_calls').map(({ body }) => JSON.parse(body).extension);

describe('the answer in the popup, with Active Calls', { concurrency: true }, () => {
  test('is kept once the list names it, and is not asked for again', async (t) => {
    const { host, simulator, kept, answer } = await unanswered(t);
    const { ok, status } = await answer('API2API');
    assert.equal(ok, true);
    assert.equal(isUnconfirmed(status), false);
    assert.deepEqual(JSON.parse(await readFile(kept, 'utf8')), { extension: 'API2API' });
    await host.waitForStatus(({ extension, agent }) => extension.sip_id === 'API2API' && agent !== null);
    assert.equal(askedFor(simulator)[0], 'API2API');
    assert.equal(simulator.violations, 0);
  });

  test('is refused and not kept if the list does not name it, and the next answer counts', async (t) => {
    const { host, simulator, kept, answer } = await unanswered(t);
    const { ok, error, status } = await answer('TYPO');
    assert.deepEqual([ok, error?.code, status.extension.sip_id], [false, 'extension_not_found', null]);
    assert.match(error?.message ?? '', /does not name the extension "TYPO".*Expected: the agent's SIP ID/);
    await assert.rejects(access(kept), { code: 'ENOENT' });
    assert.equal((await answer('API1API')).ok, true);
    await host.waitForStatus(({ extension }) => extension.sip_id === 'API1API');
    assert.equal(simulator.violations, 0, 'the list is requested at most every 5 s');
  });

  test('keeps the extension that was right before if a new answer is wrong', async (t) => {
    const { host, kept, answer } = await unanswered(t);
    await answer('API1API');
    await host.waitForStatus(({ extension }) => extension.sip_id === 'API1API');
    assert.equal((await answer('TYPO')).error?.code, 'extension_not_found');
    assert.equal((await host.status()).target?.value, 'API1API');
    assert.deepEqual(JSON.parse(await readFile(kept, 'utf8')), { extension: 'API1API' });
  });

  test('is kept as not confirmed while the list cannot be had, and mutes', async (t) => {
    const { host, simulator, answer } = await unanswered(t);
    simulator.startCall({ extension: 'API1API', answered: true });
    simulator.setFault({ fault: 'reset', only: 'active_calls' });
    assert.equal((await answer('API1API')).ok, true);
    await host.waitForStatus(isUnconfirmed);
    assert.equal((await host.open()).status.state, 'muted');
    simulator.clearFaults();
    await host.waitForStatus((status) => !isUnconfirmed(status) && status.agent !== null);
    await host.close();
  });

  test('is checked one at a time', async (t) => {
    const { answer, simulator } = await unanswered(t);
    simulator.setFault({ fault: 'delay', delay_ms: 500, only: 'active_calls' });
    const first = answer('API1API');
    const { error } = await answer('API2API');
    assert.equal(error?.code, 'bad_request');
    assert.match(error?.message ?? '', /one at a time/);
    assert.equal((await first).ok, true);
  });

  test('waits for its turn while a mute is on its way', async (t) => {
    const { host, simulator, answer } = await unanswered(t);
    simulator.startCall({ extension: 'API1API', answered: true });
    await answer('API1API');
    await host.waitForStatus(({ agent }) => agent !== null);
    simulator.setFault({ fault: 'delay', delay_ms: 1000, only: 'mute' });
    const opened = host.open();
    const answered = answer('API2API');
    const { status } = await opened;
    assert.equal(status.state, 'muted');
    assert.ok(!askedFor(simulator).includes('API2API'), 'the mute goes first');
    assert.equal((await answered).ok, true);
    await host.close();
  });

  test('that is wrong in another way is refused without a request', async (t) => {
    const { simulator, answer } = await unanswered(t);
    assert.equal((await answer(' API1')).error?.code, 'bad_request');
    assert.deepEqual(askedFor(simulator), []);
  });
});
