// Tests the control API, by which other programs control the simulator over HTTP.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulatorFor, simulatorWithCall } from './fixture.js';
import { ask, mute, post } from './simple_client.js';

/**
 * @param {import('./simulator.js').Simulator} simulator
 * @param {string} path
 * @param {string} [method]
 */
const control = (simulator, path, method = 'GET') => ask(simulator.controlUrl + path, { method });

test('a call, from its start to its end', async (t) => {
  const simulator = await simulatorFor(t);
  const { json: call } = await post(`${simulator.controlUrl}/calls`, { extension: 'API2API' });
  assert.deepEqual([call.extension, call.status], ['API2API', 'Ringing']);
  const statuses = [];
  for (const act of ['answer', 'hold', 'unhold', 'transfer', 'end']) {
    statuses.push((await control(simulator, `/calls/${call.ivrid}/${act}`, 'POST')).json.status);
  }
  assert.deepEqual(statuses, ['Talking', 'Hold', 'Talking', 'Talking', 'Ended']);
  assert.deepEqual((await control(simulator, '/calls')).json, simulator.calls);
});

test('what a recording contains', async (t) => {
  const { simulator, ivrid } = await simulatorWithCall(t);
  await mute(simulator);
  const { at_ms } = simulator.mark('after');
  assert.deepEqual((await control(simulator, '/muted?extension=API1API')).json, [ivrid]);
  const spans = (await control(simulator, `/calls/${ivrid}/recorded`)).json;
  assert.deepEqual(spans, simulator.recorded(ivrid));
  const wasRecorded = async (/** @type {string} */ query) =>
    (await control(simulator, `/calls/${ivrid}/was_recorded_between?${query}`)).json.recorded;
  assert.equal(await wasRecorded(`from_ms=${at_ms}`), false);
  assert.equal(await wasRecorded(`from_ms=0&to_ms=${at_ms}`), true);
});

test('faults are set, listed, obeyed and cleared', async (t) => {
  const { simulator } = await simulatorWithCall(t);
  const { json } = await post(`${simulator.controlUrl}/faults`, { fault: 'html', times: 1 });
  assert.deepEqual((await control(simulator, '/faults')).json, [json]);
  assert.equal((await mute(simulator)).json, undefined);
  await post(`${simulator.controlUrl}/faults`, { fault: 'html' });
  await control(simulator, '/faults', 'DELETE');
  assert.equal((await mute(simulator)).json.ErrorCode, '200');
});

test('settings, network and connections', async (t) => {
  const { simulator } = await simulatorWithCall(t);
  await post(`${simulator.controlUrl}/settings`, { mute_state: '0' });
  assert.equal((await control(simulator, '/settings')).json.mute_state, '0');
  await post(`${simulator.controlUrl}/network`, { state: 'refusing' });
  await assert.rejects(mute(simulator), { code: 'ECONNREFUSED' });
  await post(`${simulator.controlUrl}/network`, { state: 'accepting' });
  await mute(simulator);
  await control(simulator, '/connections', 'DELETE');
  await simulator.waitFor({ type: 'connection.closed' });
  assert.equal((await control(simulator, '/connections')).json.length, 1);
});

test('marks, events, requests, timeline and violations', async (t) => {
  const { simulator } = await simulatorWithCall(t);
  const mark = (await post(`${simulator.controlUrl}/marks`, { name: 'form-opened' })).json;
  await mute(simulator);
  assert.deepEqual((await control(simulator, `/events?after=${mark.seq - 1}`)).json[0], mark);
  assert.equal((await control(simulator, '/requests')).json[0].command, 'mute');
  assert.deepEqual((await control(simulator, '/timeline')).json, simulator.timeline());
  assert.deepEqual((await control(simulator, '/violations')).json, { violations: 0 });
});

test('a long poll answers with a past or a later event', async (t) => {
  const { simulator } = await simulatorWithCall(t);
  const past = await control(simulator, '/wait?type=call.answered');
  const coming = control(
    simulator,
    `/wait?type=request.answered&command=mute&http_status=200&after=${past.json.seq}`,
  );
  await mute(simulator);
  assert.equal((await coming).json.request, 1);
});

test('a long poll without an event ends with 504', async (t) => {
  const simulator = await simulatorFor(t);
  const { http_status, json } = await control(simulator, '/wait?type=never&timeout_ms=1');
  assert.equal(http_status, 504);
  assert.match(json.error, /no matching event within 1 ms/);
});

for (const [
  method,
  path,
  body,
  http_status,
  message,
] of /** @type {[string, string, any, number, RegExp][]} */ ([
  ['GET', '/nothing', '', 404, /no GET \/control\/nothing here, expected one of: GET \/control\/calls/],
  ['PUT', '/calls', '', 404, /no PUT/],
  ['POST', '/calls/none/answer', '', 404, /no call has the ivrid "none"/],
  ['POST', '/calls/%zz/answer', '', 400, /URI malformed/],
  ['POST', '/calls', '{', 400, /the body is not JSON/],
  ['POST', '/calls', '7', 400, /call: expected an object, got 7/],
  ['POST', '/calls', '{"extension":""}', 400, /extension: expected a string that is not empty/],
  ['POST', '/calls', `"${'x'.repeat(70_000)}"`, 400, /longer than 64 KiB/],
  ['POST', '/faults', '', 400, /fault: expected an object/],
  ['POST', '/marks', '{}', 400, /mark: name: missing/],
  ['POST', '/network', '{"state":"odd"}', 400, /state: expected "refusing" or "accepting", got "odd"/],
  ['POST', '/settings', '{"port":1}', 400, /settings: unknown key "port"/],
  ['GET', '/wait', '', 400, /wait: type: missing/],
  ['GET', '/wait?type=mark&colour=red', '', 400, /wait: unknown key "colour"/],
  ['GET', '/wait?type=mark&timeout_ms=soon', '', 400, /timeout_ms: expected a number from 0, got "soon"/],
  ['GET', '/calls/none/was_recorded_between', '', 400, /from_ms: expected a number from 0, got "nothing"/],
])) {
  test(`refused: ${method} ${path} ${body.slice(0, 20)}`, async (t) => {
    const simulator = await simulatorFor(t);
    const reply = await ask(simulator.controlUrl + path, { method, body });
    assert.equal(reply.http_status, http_status);
    assert.match(reply.json.error, message);
  });
}
