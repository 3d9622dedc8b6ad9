// Tests MuteUnmuteCalls over HTTP, as Voicenter documents it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { URLSearchParams } from 'node:url';
import { simulatorFor, simulatorWithCall } from './fixture.js';
import { ask, mute, post, unmute } from './simple_client.js';

const NOT_VALID = { ErrorCode: 400, Message: 'Parameters are not valid, should be "ivrid" and "mute"' };
const NO_EXTENSION = { ErrorCode: 400, Message: 'Extension not found' };
const NO_IVRID = { ErrorCode: 400, Message: 'UniqueIvrID not found' };

test('success has the documented types, and an ActionID of its own', async (t) => {
  const { simulator, ivrid } = await simulatorWithCall(t);
  const { http_status, headers, json } = await mute(simulator);
  assert.equal(http_status, 200);
  assert.match(headers['content-type'] ?? '', /^application\/json/);
  assert.match(json.ActionID, /^[0-9a-f]{32}$/);
  assert.deepEqual(json, { ErrorCode: '200', Message: 'Success', ActionID: json.ActionID });
  assert.deepEqual(simulator.mutedCalls('API1API'), [ivrid]);
  assert.notEqual((await unmute(simulator)).json.ActionID, json.ActionID);
  assert.deepEqual(simulator.mutedCalls(), []);
});

test('a mute by extension covers the calls of that moment, and no later one', async (t) => {
  const { simulator, ivrid: first } = await simulatorWithCall(t);
  const { ivrid: second } = simulator.startCall();
  simulator.startCall({ extension: 'API2API', answered: true });
  await mute(simulator);
  const { ivrid: later } = simulator.startCall({ answered: true });
  assert.deepEqual(simulator.mutedCalls(), [first, second]);
  assert.equal(simulator.wasRecordedBetween(later, 0), true);
  await mute(simulator);
  assert.deepEqual(simulator.mutedCalls(), [first, second, later]);
});

test('a mute by ivrid covers that call alone, and reaches a transferred one', async (t) => {
  const { simulator, ivrid } = await simulatorWithCall(t);
  simulator.startCall({ answered: true });
  await mute(simulator, { ivrid });
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  simulator.transfer(ivrid);
  await unmute(simulator);
  assert.deepEqual(simulator.mutedCalls(), [ivrid], 'the extension no longer reaches it');
  await unmute(simulator, { ivrid });
  assert.deepEqual(simulator.mutedCalls(), []);
});

test('a mute takes effect when it is carried out, and ends with the unmute', async (t) => {
  const { simulator, ivrid } = await simulatorWithCall(t);
  await mute(simulator);
  await unmute(simulator);
  const [muted, unmuted] = simulator.requests.map((request) => request.carried_out_at_ms ?? 0);
  const spans = simulator.recorded(ivrid);
  assert.deepEqual(
    spans.map(({ kind }) => kind),
    ['recorded', 'muted', 'recorded'],
  );
  assert.ok(spans[1].from_ms >= simulator.requests[0].at_ms && spans[1].from_ms <= muted);
  assert.equal(simulator.wasRecordedBetween(ivrid, muted, spans[2].from_ms), false);
  assert.ok(spans[2].from_ms <= unmuted);
});

test('with the other polarity, state 0 mutes', async (t) => {
  const { simulator, ivrid } = await simulatorWithCall(t, { mute_state: '0' });
  await post(simulator.muteUrl, { extension: 'API1API', state: '0' });
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  assert.equal(simulator.requests[0].command, 'mute');
  await post(simulator.muteUrl, { extension: 'API1API', state: '1' });
  assert.deepEqual(simulator.mutedCalls(), []);
});

test('GET with a query, on both paths', async (t) => {
  const { simulator, ivrid } = await simulatorWithCall(t, { extensions: ['API 1&=é'] });
  const query = new URLSearchParams({ extension: 'API 1&=é', state: '1' });
  assert.equal((await ask(`${simulator.muteUrl}?${query}`)).json.ErrorCode, '200');
  assert.deepEqual(simulator.mutedCalls(), [ivrid]);
  const newer = simulator.muteUrl.replace('/Comet/API/', '/api/');
  assert.equal((await ask(`${newer}?ivrid=${ivrid}&state=0`)).json.ErrorCode, '200');
  assert.deepEqual(simulator.mutedCalls(), []);
});

test('what is unknown is answered as documented', async (t) => {
  const { simulator, ivrid } = await simulatorWithCall(t);
  assert.deepEqual((await mute(simulator, { extension: 'NOBODY' })).json, NO_EXTENSION);
  assert.deepEqual((await mute(simulator, { ivrid: 'none' })).json, NO_IVRID);
  simulator.endCall(ivrid);
  assert.deepEqual((await mute(simulator, { ivrid })).json, NO_IVRID);
});

test('an extension without a call: success or not found, as the settings say', async (t) => {
  const simulator = await simulatorFor(t);
  assert.equal((await mute(simulator)).json.ErrorCode, '200');
  simulator.changeSettings({ no_calls_answer: 'extension_not_found' });
  assert.deepEqual((await mute(simulator)).json, NO_EXTENSION);
});

test('a setting makes mutes ignore ringing calls', async (t) => {
  const simulator = await simulatorFor(t, { ringing_can_be_muted: false });
  const { ivrid } = simulator.startCall();
  await mute(simulator);
  assert.deepEqual(simulator.mutedCalls(), []);
  assert.deepEqual((await mute(simulator, { ivrid })).json, NO_IVRID);
});

for (const [what, value] of /** @type {[string, unknown][]} */ ([
  ['a state that is a number', { extension: 'API1API', state: 1 }],
  ['a state that is neither', { extension: 'API1API', state: '2' }],
  ['no state', { extension: 'API1API' }],
  ['no target', { state: '1' }],
  ['an empty target', { extension: '', state: '1' }],
  ['a target that is a number', { ivrid: 7, state: '1' }],
  ['no object', ['API1API', '1']],
])) {
  test(`${what} is not valid`, async (t) => {
    const { simulator } = await simulatorWithCall(t);
    assert.deepEqual((await post(simulator.muteUrl, value)).json, NOT_VALID);
    assert.deepEqual(simulator.mutedCalls(), []);
    assert.equal(simulator.requests[0].command, null);
  });
}

test('a body that is not JSON, or has another content type, is not valid', async (t) => {
  const { simulator } = await simulatorWithCall(t);
  const headers = { 'content-type': 'application/json' };
  assert.deepEqual((await ask(simulator.muteUrl, { method: 'POST', headers, body: '{' })).json, NOT_VALID);
  const form = { headers: { 'content-type': 'application/x-www-form-urlencoded' } };
  assert.deepEqual((await mute(simulator, undefined, form)).json, NOT_VALID);
});

test('another HTTP status may go with an error, never with a success', async (t) => {
  const { simulator } = await simulatorWithCall(t, { error_http_status: 400 });
  const { http_status, json } = await mute(simulator, { extension: 'NOBODY' });
  assert.deepEqual([http_status, json], [400, NO_EXTENSION]);
  assert.equal((await mute(simulator)).http_status, 200);
});

test('other methods and other paths are refused', async (t) => {
  const { simulator } = await simulatorWithCall(t);
  const put = { method: 'PUT', body: '{"extension":"API1API","state":"1"}' };
  assert.equal((await ask(simulator.muteUrl, put)).http_status, 405);
  for (const path of ['/elsewhere', '//', '/%zz']) {
    assert.equal((await ask(simulator.muteUrl, { path })).http_status, 404);
  }
  assert.deepEqual(simulator.mutedCalls(), []);
});
