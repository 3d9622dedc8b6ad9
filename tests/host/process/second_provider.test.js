// Tests the whole program with a second telephone provider (tests/host/second_provider). The program differs
// from the shipped one only in its list of providers.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const BUILT = fileURLToPath(new URL('../../../build/address/host/cardmute-host', import.meta.url));
const HOST = resolve(
  dirname(process.env.CARDMUTE_HOST || BUILT), '../tests/host/second_provider/cardmute-host-parley');
process.env.CARDMUTE_HOST = HOST; // the two modules that are imported below start this program
const { hostFor, SITES } = await import('./scene.js');
const { command, commandInJson } = await import('./commands.js');

/** @typedef {import('node:test').TestContext} TestContext */

/** Starts a server of the provider Parley, with one call on line 7. @param {TestContext} t */
async function startParley(t) {
  const call = { id: 'abc', talking: true, recording: 'running' };
  /** @type {string[]} */
  const requests = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    requests.push(`${request.method} ${request.url} ${text}`);
    const { line = '', call: id = '' } = text === '' ? {} : JSON.parse(text);
    let answer = {};
    if (request.url === '/lines/7') answer = { ok: true, who: 'Dana', calls: [call] };
    else if (line === '7' || id === call.id) {
      call.recording = request.url === '/pause' ? 'paused' : 'running';
      answer = { ok: true };
    } else if (text !== '') answer = { ok: false, why: 'no such line' };
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(null)));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { call, requests, url: `http://127.0.0.1:${port}` };
}

/** @param {TestContext} t @param {object} [settings] */
async function scene(t, settings = {}) {
  const parley = await startParley(t);
  const config = { parley: { url: parley.url, extension: '7', ...settings }, policy: { sites: SITES } };
  return { parley, ...(await hostFor(t, { config })) };
}

// If only the shipped program was built, the program with the second provider does not exist.
const isShipped = !/\/build\/(address|thread)\//.test(HOST) && !existsSync(HOST);
describe('a second provider', { skip: isShipped }, () => {
  test('a form opens and closes: paused between', async (t) => {
    const { host, parley } = await scene(t);
    await host.hello();
    const opened = await host.open();
    assert.deepEqual([opened.ok, opened.status.state], [true, 'muted']);
    assert.equal(opened.status.provider, 'Parley');
    assert.deepEqual(parley.requests.filter((it) => it.startsWith('POST')), ['POST /pause {"line":"7"}']);
    assert.equal(parley.call.recording, 'paused');
    const closed = await host.close();
    assert.deepEqual([closed.ok, closed.status.state], [true, 'recording']);
    assert.equal(parley.call.recording, 'running');
  });

  test('target "call": each call by its own ID', async (t) => {
    const { host, parley } = await scene(t, { target: 'call' });
    await host.hello();
    assert.equal((await host.open()).ok, true);
    assert.ok(parley.requests.includes('POST /pause {"call":"abc"}'), parley.requests.join('\n'));
    await host.close();
  });

  test('mute and unmute by hand, in the provider\'s name', async (t) => {
    const { parley, ...places } = await scene(t);
    const muted = await command(places, 'mute');
    assert.deepEqual([muted.code, muted.err], [0, '']);
    assert.match(muted.out, /^Parley acknowledged the mute of extension 7 /);
    assert.equal(parley.call.recording, 'paused');
    assert.equal((await command(places, 'unmute', '--call', 'abc')).code, 0);
    assert.equal(parley.call.recording, 'running');
    const refused = await command(places, 'mute', '--extension', '8');
    assert.equal(refused.code, 10);
    assert.match(refused.err, /Parley has no such line \(parley\.extension\)/);
  });

  test('doctor and its test call', async (t) => {
    const { parley, ...places } = await scene(t);
    const doctor = await command(places, 'doctor');
    assert.match(doctor.out, /OK {7}Active Calls: answered after \d+ ms; calls now: 1/);
    assert.match(doctor.out, /OK {7}extension: 7: its calls are those of Dana/);
    assert.match(doctor.out, /it is unproven that "pause" mutes on this account/);
    const { code, document } = await commandInJson(places, 'doctor', '--test-call', '--yes');
    assert.deepEqual([code, document.ok, document.left], [0, true, 'recorded']);
    assert.equal(parley.call.recording, 'running');
    const status = await command(places, 'status');
    assert.match(status.out, /^Telephone provider: Parley$/m);
    assert.match(status.out, /^Polarity: "pause" mutes: proven on /m);
  });

  test('two providers in one configuration: refused, with the reason', async (t) => {
    const { configure, ...places } = await scene(t);
    await configure({ parley: { extension: '7' }, voicenter: { extension: '7' } });
    const { code, err } = await command(places, 'mute');
    assert.equal(code, 78);
    assert.match(err, /voicenter: a second telephone provider.*only one of them: "parley" or "voicenter"/);
  });
});
