// Tests malformed messages of the host: none of them may be read as a mute.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  MAX_NOTICES, MAX_SITES, readHostMessage, readPolicy, readStatus, requestFault,
} from '../../../extension/common/protocol.js';
import { statusOf } from '../support/background.js';

test('a status is refused if a field that decides the state is malformed', () => {
  assert.notEqual(readStatus(statusOf()), null);
  const bad = [
    null, 7, 'muted', [], {}, statusOf({ state: 'fine' }), statusOf({ state: undefined }),
    statusOf({ verified: 'yes' }), statusOf({ verified: 0 }), statusOf({ surfaces: -1 }),
    statusOf({ surfaces: '1' }), statusOf({ override: 'loud' }),
  ];
  for (const it of bad) assert.equal(readStatus(it), null, JSON.stringify(it));
});

test('fields that are only shown may be missing or malformed', () => {
  const status = readStatus(statusOf({
    since: 5, problem: { code: 'brand_new_code' },
    last: { request: 'mute', at: 'x', error_code: '200', http_status: 'OK', latency_ms: '1', surprise: true },
  }));
  assert.equal(status.since, '');
  assert.deepEqual(status.problem, { code: 'brand_new_code', message: '' });
  assert.deepEqual(status.last, {
    request: 'mute', at: 'x', http_status: null, error_code: '200', message: null, action_id: null,
    latency_ms: null,
  });
});

test('fields that an older host lacks, and malformed ones, get a default', () => {
  const said = statusOf({ verified: undefined, elsewhere: undefined, notices: undefined });
  const older = readStatus(JSON.parse(JSON.stringify(said)));
  assert.deepEqual([older.verified, older.elsewhere, older.notices], [null, 0, []]);
  const odd = readStatus(statusOf({ elsewhere: -1, notices: [7, { message: 'no code' }, { code: 'a' }] }));
  assert.deepEqual([odd.elsewhere, odd.notices], [0, [{ code: 'a', message: '' }]]);
  assert.deepEqual(readStatus(statusOf({ notices: 'many' })).notices, []);
});

test('the number of notices is limited', () => {
  const notices = Array.from({ length: MAX_NOTICES + 4 }, (_, n) => ({ code: `c${n}`, message: '' }));
  assert.equal(readStatus(statusOf({ notices })).notices.length, MAX_NOTICES);
});

test('times that are missing in a policy, or out of bounds, get their defaults', () => {
  const times = ({ idle_minutes, on_idle, manual_mute_minutes, form_mute_minutes }) =>
    [idle_minutes, on_idle, manual_mute_minutes, form_mute_minutes];
  assert.deepEqual(times(readPolicy({ sites: [] })), [10, 'alert', 30, 10]);
  const odd = { sites: [], idle_minutes: 0, on_idle: 'explode', manual_mute_minutes: 481,
    form_mute_minutes: -1 };
  assert.deepEqual(times(readPolicy(odd)), [10, 'alert', 30, 10]);
  const own = { sites: [], idle_minutes: 1, on_idle: 'resume', manual_mute_minutes: 480,
    form_mute_minutes: 0 };
  assert.deepEqual(times(readPolicy(own)), [1, 'resume', 480, 0]);
});

test('malformed host messages are unknown, and keep their ID', () => {
  const bad = [
    undefined, null, 'x', [], { type: 'reply' }, { id: 4, type: 'reply', ok: true },
    { id: 4, type: 'reply', ok: 'yes', status: statusOf() },
    { id: 4, type: 'reply', ok: false, status: statusOf() },
    { type: 'status', status: { state: 'muted' } },
    { id: 4, type: 'surprise', ok: true, status: statusOf() },
  ];
  for (const it of bad) {
    const id = it?.id ?? null;
    assert.deepEqual(readHostMessage(it), { kind: 'unknown', id }, JSON.stringify(it));
  }
});

test('an error reply needs no status', () => {
  const error = { code: 'bad_frame', message: 'm' };
  const reply = readHostMessage({ id: null, type: 'reply', ok: false, error });
  assert.equal(reply.kind, 'reply');
  assert.equal(reply.status, null);
});

test('the number of sites is limited, and malformed fields of a policy get a default', () => {
  const many = Array.from({ length: MAX_SITES + 5 }, (_, n) => `https://s${n}.example/*`);
  const policy = readPolicy({ sites: [7, ...many] });
  assert.equal(policy.sites.length, MAX_SITES);
  assert.equal(policy.interlock, 'warn');
  assert.equal(policy.allow_record_override, false);
  assert.equal(readPolicy({ sites: 'https://crm.example.com/*' }), null);
  assert.equal(readPolicy({ sites: [], allow_record_override: 'true' }).allow_record_override, false);
});

test('the limit of 64 KiB for a request counts bytes, not characters', () => {
  const request = { id: 1, type: 'surface.open', surface: 's', reason: 'א'.repeat(33_000) };
  assert.equal(requestFault(request), 'bad_frame');
});
