// Tests what an agent sees, for everything that the extension can know. The extension must never claim
// more than it knows.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { STATES } from '../../../extension/common/protocol.js';
import { modelOf } from '../../../extension/common/view.js';
import { POLICY, statusOf } from '../support/background.js';

const READY = { state: 'ready', problem: null };
const NOT_READY = ['idle', 'connecting', 'handshaking', 'waiting', 'missing', 'outdated'];

const known = (changes = {}) => ({
  connection: READY, status: statusOf(), surfaces: 0, muteByHand: false, asking: false, closing: false,
  refusal: null, hiddenSites: [], unreadSites: [], overlayProblems: [],
  unseenFrames: [], blocked: [], policy: POLICY, ...changes,
});
const view = (changes) => modelOf(known(changes)).view;

describe('muted is shown only on a ready connection whose last status says so', () => {
  for (const state of NOT_READY) {
    for (const needs of [{ surfaces: 0 }, { surfaces: 1 }, { muteByHand: true }]) {
      test(`${state}, ${JSON.stringify(needs)}`, () => {
        const status = statusOf({ state: 'muted', surfaces: 1 });
        assert.notEqual(view({ connection: { state, problem: null }, status, ...needs }), 'muted');
      });
    }
  }
  for (const state of STATES.filter((it) => it !== 'muted')) {
    test(`host says ${state}`, () => {
      assert.notEqual(view({ status: statusOf({ state }), surfaces: 1 }), 'muted');
    });
  }
  test('not if Active Calls says that the call is not muted', () => {
    const model = modelOf(known({ status: statusOf({ state: 'muted', verified: false }), surfaces: 1 }));
    assert.equal(model.view, 'unprotected');
    assert.equal(model.words.detail, 'problem_verification_failed_meaning');
  });
  test('not if it may be an earlier mute that is about to end', () => {
    const status = statusOf({ state: 'muted' });
    assert.equal(view({ status, surfaces: 1, asking: true, closing: true }), 'muting');
    assert.equal(view({ status, surfaces: 2, asking: true }), 'muted');
  });
});

describe('without the host', () => {
  for (const state of ['idle', 'waiting', 'missing', 'outdated', 'ready']) {
    test(`an open form is unprotected while ${state}`, () => {
      const away = { connection: { state, problem: null }, status: null };
      assert.equal(view({ ...away, surfaces: 1 }), 'unprotected');
      assert.equal(view({ ...away, muteByHand: true }), 'unprotected');
    });
  }
  test('the first try is muting, every later one is unprotected', () => {
    for (const state of ['connecting', 'handshaking']) {
      assert.equal(view({ connection: { state, problem: null }, status: null, surfaces: 1 }), 'muting');
      const problem = { code: 'host_lost', message: '' };
      assert.equal(view({ connection: { state, problem }, status: null, surfaces: 1 }), 'unprotected');
    }
  });
  test('nothing is claimed while no mute is needed', () => {
    const problem = { code: 'host_missing', message: '' };
    const model = modelOf(known({ connection: { state: 'missing', problem }, status: null }));
    assert.equal(model.view, 'off');
    assert.deepEqual(model.words, {
      title: 'view_off_trouble',
      detail: 'problem_host_missing_meaning',
      action: 'problem_host_missing_action',
    });
  });
});

describe('with the host', () => {
  for (const state of STATES) {
    test(`${state} is shown as it is while this browser has no form`, () => {
      assert.equal(view({ status: statusOf({ state }) }), state);
    });
  }
  for (const state of ['recording', 'unmuting']) {
    test(`${state} with a form: muting while the request is in flight, otherwise unprotected`, () => {
      const status = statusOf({ state });
      assert.equal(view({ status, surfaces: 1, asking: true }), 'muting');
      const model = modelOf(known({ status, surfaces: 1 }));
      assert.equal(model.view, 'unprotected');
      assert.deepEqual(model.problems, [{ code: 'not_confirmed', message: '' }]);
    });
  }
  test('a form without a valid configuration is unprotected, and says why', () => {
    const problem = { code: 'config_invalid', message: 'voicenter.extension: missing' };
    const model = modelOf(known({ status: statusOf({ problem }), surfaces: 1, asking: true }));
    assert.equal(model.view, 'unprotected');
    assert.deepEqual(model.problems, [problem]);
    assert.equal(model.words.detail, 'problem_config_invalid_meaning');
  });
  test('a refused form shows the error', () => {
    const refusal = { code: 'bad_request', message: 'x' };
    assert.deepEqual(modelOf(known({ surfaces: 1, refusal })).problems, [refusal]);
  });
  test('recording by hand over a form is shown as such', () => {
    const model = modelOf(known({ status: statusOf({ override: 'record', surfaces: 1 }), surfaces: 1 }));
    assert.equal(model.view, 'recording');
    assert.equal(model.words.detail, 'view_recording_by_hand');
  });
  test('a mute by hand is shown as such', () => {
    const status = statusOf({ state: 'muted', override: 'mute' });
    const model = modelOf(known({ status, muteByHand: true }));
    assert.equal(model.words.detail, 'view_muted_by_hand');
  });
  for (const needs of [{}, { surfaces: 1, override: 'record' }]) {
    test(`a mute that does not end is shown as such, ${JSON.stringify(needs)}`, () => {
      const problem = { code: 'unreachable', message: 'x' };
      const { surfaces = 0, override = 'auto' } = needs;
      const model = modelOf(known({ status: statusOf({ state: 'unmuting', override, problem }), surfaces }));
      assert.deepEqual([model.view, model.notResumed, model.problems], ['unmuting', true, [problem]]);
      assert.deepEqual(model.words, {
        title: 'view_unmuting_failed_title', detail: 'view_unmuting_failed_detail',
        action: 'view_unmuting_failed_action', reason: 'problem_unreachable_meaning',
      });
    });
  }
  test('a mute that is about to end is no problem, although a site is hidden', () => {
    const model = modelOf(known({ status: statusOf({ state: 'unmuting' }), hiddenSites: ['https://a/*'] }));
    assert.equal(model.notResumed, false);
    assert.equal(model.words.detail, 'view_unmuting_detail');
  });
  test('a verified mute is distinguished from an acknowledged one', () => {
    const words = (verified) =>
      modelOf(known({ status: statusOf({ state: 'muted', verified }) })).words.detail;
    assert.equal(words(null), 'view_muted_detail');
    assert.equal(words(true), 'view_muted_verified');
  });
});

test('a mute that lasts longer than its form is shown as such', () => {
  const notices = [{ code: 'unmute_delayed', message: 'x' }];
  const model = modelOf(known({ status: statusOf({ state: 'muted', notices }) }));
  assert.equal(model.view, 'muted');
  assert.equal(model.words.detail, 'view_muted_delayed');
  const opening = modelOf(known({ status: statusOf({ state: 'muted', notices }), surfaces: 1 }));
  assert.equal(opening.words.detail, 'view_muted_detail');
});

describe('a mute that another browser holds', () => {
  const detail = (changes, more) =>
    modelOf(known({ status: statusOf({ state: 'muted', elsewhere: 1, ...changes }), ...more })).words.detail;
  test('is shown as muted, and says who holds it', () => {
    assert.equal(view({ status: statusOf({ state: 'muted', elsewhere: 1 }) }), 'muted');
    assert.equal(detail(), 'view_muted_elsewhere');
    assert.equal(detail({ verified: true }), 'view_muted_elsewhere');
  });
  test('is not mentioned if this browser holds it too', () => {
    assert.equal(detail({ surfaces: 1 }, { surfaces: 1 }), 'view_muted_detail');
    assert.equal(detail({ override: 'mute' }, { muteByHand: true }), 'view_muted_by_hand');
  });
});

describe('recording over a form that nobody touches', () => {
  const notices = [{ code: 'form_idle', message: 'x' }];
  const resume = { ...POLICY, on_idle: 'resume' };
  const of = (state, more) => modelOf(known({
    status: statusOf({ state, surfaces: 1, notices }), surfaces: 1, policy: resume, ...more,
  }));
  for (const state of ['recording', 'unmuting']) {
    test(`is shown as ${state} with a warning, if the policy wants it`, () => {
      assert.equal(of(state).view, state);
      assert.equal(of(state).words.detail, 'view_recording_over_idle');
      assert.equal(of(state).notices[0].words, 'form_idle_resumed');
    });
    test(`is unprotected if the policy does not want it, ${state}`, () => {
      assert.equal(of(state, { policy: POLICY }).view, 'unprotected');
      assert.equal(of(state, { policy: null }).view, 'unprotected');
    });
  }
  test('is muting while another form requests its mute', () => {
    assert.equal(of('recording', { asking: true }).view, 'muting');
  });
  test('is not mentioned while the call is muted', () => {
    assert.equal(of('muted').words.detail, 'view_muted_detail');
    assert.equal(of('muted').notices[0].words, 'form_idle');
  });
});

test('notices do not change the state, and end with the connection', () => {
  const notices = [{ code: 'polarity_unproven', message: 'm' }, { code: 'brand_new', message: 'n' },
    { code: 'form_idle', message: 'i' }];
  for (const state of STATES) {
    const model = modelOf(known({ status: statusOf({ state, notices }) }));
    assert.equal(model.view, state);
    assert.deepEqual(model.problems, modelOf(known({ status: statusOf({ state }) })).problems);
    assert.deepEqual(model.notices.map(({ code }) => code), ['form_idle', 'polarity_unproven', 'brand_new']);
  }
  const gone = { connection: { state: 'waiting', problem: null }, status: statusOf({ notices }) };
  assert.deepEqual(modelOf(known(gone)).notices, []);
});

test('a notice gets the policy\'s limit, and an unknown one keeps its own message', () => {
  const codes = ['form_idle', 'form_mute_long', 'manual_mute_long', 'brand_new'];
  const status = statusOf({ notices: codes.map((code) => ({ code, message: 'm' })) });
  const policy = { ...POLICY, idle_minutes: 7, manual_mute_minutes: 45, form_mute_minutes: 9 };
  const minutes = (notices) => notices.slice(0, 3).map((notice) => notice.minutes);
  assert.deepEqual(minutes(modelOf(known({ status, policy })).notices), [7, 9, 45]);
  assert.deepEqual(minutes(modelOf(known({ status, policy: null })).notices), [10, 10, 30]);
  assert.equal(modelOf(known({ status })).notices[3].words, null);
});

test('a hidden site is an additional problem, and the last one', () => {
  const problem = { code: 'timeout', message: '' };
  const status = statusOf({ state: 'unprotected', problem });
  const model = modelOf(known({ status, surfaces: 1, hiddenSites: ['https://crm.example.com/*'] }));
  assert.deepEqual(model.problems.map(({ code }) => code), ['timeout', 'site_hidden']);
  assert.equal(modelOf(known({ hiddenSites: ['https://a/*'] })).problems[0].code, 'site_hidden');
});

describe('a page that the browser keeps the extension off', () => {
  const blocked = [{ code: 'site_blocked', message: 'crm.example.com' }];

  test('is reported instead of saying that no form is open', () => {
    const { words, problems } = modelOf(known({ status: statusOf(), blocked }));
    assert.deepEqual(problems, blocked);
    assert.deepEqual(words, {
      title: 'view_recording_unseen', detail: 'problem_site_blocked_meaning',
      action: 'problem_site_blocked_action', about: 'crm.example.com',
    });
  });

  test('does not affect a mute for another page', () => {
    const status = statusOf({ state: 'muted', surfaces: 1 });
    const model = modelOf(known({ status, surfaces: 1, blocked }));
    assert.equal(model.view, 'muted');
    assert.equal(model.words.title, 'view_muted_title');
  });
});
