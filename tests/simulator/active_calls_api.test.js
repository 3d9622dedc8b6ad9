// Tests GetExtensionsCalls over HTTP, as Voicenter documents it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { URLSearchParams } from 'node:url';
import { simulatorFor, simulatorWithCall } from './fixture.js';
import { ask, mute, post } from './simple_client.js';

const CODE = 'SIMULATED-CODE';

/**
 * @param {import('./simulator.js').Simulator} simulator
 * @param {Record<string, string>} [query]
 */
const get = (simulator, query = { code: CODE }) =>
  ask(`${simulator.activeCallsUrl}?${new URLSearchParams(query)}`);

test('extensions and calls have the documented shape', async (t) => {
  const { simulator, ivrid } = await simulatorWithCall(t);
  const call = simulator.calls[0];
  const { json } = await get(simulator);
  assert.deepEqual([json.ERR, json.DESC], [0, 'OK']);
  const [{ calls, ...extension }] = json.EXTENSIONS;
  assert.deepEqual(extension, {
    name: 'Extension API1API',
    representative: 'Representative 1',
    username: 'API1API',
    extensionID: 1000,
    userID: 2000,
    onlineUserStatus: 1,
  });
  assert.deepEqual(calls, [
    {
      callStarted: Math.floor(call.started_at_ms / 1000),
      callAnswered: Math.floor((call.answered_at_ms ?? 0) / 1000),
      answered: 1,
      callername: 'Simulated Customer',
      callerphone: '0500000000',
      callstatus: 'Talking',
      customdata: {},
      direction: 'Incoming',
      ivrid,
      recording: { Filename: `${ivrid}.mp3`, IsMuted: 0 },
      did: '',
    },
  ]);
});

test('IsMuted is the read-back of a mute; ended and transferred calls are gone', async (t) => {
  const { simulator, ivrid } = await simulatorWithCall(t);
  const { ivrid: ringing } = simulator.startCall();
  const { ivrid: outside } = simulator.startCall({ answered: true });
  simulator.transfer(outside);
  await mute(simulator, { ivrid });
  const { calls } = (await get(simulator)).json.EXTENSIONS[0];
  const seen = calls.map((/** @type {any} */ call) => [call.ivrid, call.answered, call.recording.IsMuted]);
  assert.deepEqual(seen, [
    [ivrid, 1, 1],
    [ringing, 0, 0],
  ]);
});

test('POST, and one extension only', async (t) => {
  const simulator = await simulatorFor(t, { extensions: ['API1API', 'API2API'] });
  const names = async (/** @type {object} */ more) =>
    (await post(simulator.activeCallsUrl, { code: CODE, ...more })).json.EXTENSIONS.map(
      (/** @type {any} */ each) => each.username,
    );
  assert.deepEqual(await names({}), ['API1API', 'API2API']);
  assert.deepEqual(await names({ extension: 'API2API' }), ['API2API']);
  assert.deepEqual(await names({ extension: 'NOBODY' }), []);
});

test('a malformed request is ERR 1, a bad value is ERR 2', async (t) => {
  const simulator = await simulatorFor(t);
  assert.deepEqual((await get(simulator, {})).json, { ERR: 1, DESC: 'Authorization failed.' });
  assert.equal((await post(simulator.activeCallsUrl, [])).json.ERR, 1);
  assert.equal((await post(simulator.activeCallsUrl, { code: 7 })).json.ERR, 2);
  assert.equal((await get(simulator, { code: CODE, extension: '' })).json.ERR, 2);
});

test('a wrong code gets no extensions, or what the account answers instead', async (t) => {
  const { simulator } = await simulatorWithCall(t);
  const wrong = () => get(simulator, { code: 'wrong' });
  assert.deepEqual((await wrong()).json, { ERR: 0, DESC: 'OK', EXTENSIONS: [] });
  simulator.changeSettings({ wrong_code_answer: 'err_1' });
  assert.equal((await wrong()).json.ERR, 1);
  simulator.changeSettings({ wrong_code_answer: 'err_2' });
  assert.equal((await wrong()).json.ERR, 2);
  simulator.changeSettings({ wrong_code_answer: 'http_403' });
  assert.equal((await wrong()).http_status, 403);
});

test('requests that come sooner than allowed are counted', async (t) => {
  const simulator = await simulatorFor(t);
  await get(simulator);
  assert.equal(simulator.violations, 0);
  await get(simulator);
  assert.equal(simulator.violations, 1);
  await simulator.waitFor({ type: 'request.received', too_soon: true });
  simulator.changeSettings({ active_calls_interval_ms: 0 });
  await get(simulator);
  assert.equal(simulator.violations, 1);
});
