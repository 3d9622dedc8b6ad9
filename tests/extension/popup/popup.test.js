// Tests the popup in both languages: what it says, what can be pressed, and that axe finds no violation.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import axe from 'axe-core';
import { JSDOM } from 'jsdom';
import { createMessages } from '../../../extension/common/messages.js';
import { modelOf } from '../../../extension/common/view.js';
import { controlsOf } from '../../../extension/popup/controls.js';
import { answerIn, renderOwn } from '../../../extension/popup/own-extension.js';
import {
  render, renderKey, renderPrivate, renderRefusal, renderUnreachable, renderWords,
} from '../../../extension/popup/render.js';
import { i18nOf, POLICY, statusOf } from '../support/background.js';

const html = readFileSync(new URL('../../../extension/popup/popup.html', import.meta.url), 'utf8');
const LAST = {
  request: 'mute', at: '2026-11-21T10:00:00.123Z', http_status: 200, error_code: 200, message: 'Success',
  action_id: '14d3b319', latency_ms: 12.34,
};

const snapshotOf = (changes = {}) => ({
  type: 'snapshot', connection: 'ready', status: statusOf(), surfaces: 0, muteByHand: false, hiddenSites: [],
  mayRecordOverForm: false, mayGoOn: false, hostVersion: '1.2.3', extensionVersion: '1.0.0',
  correctable: null,
  model: {
    view: 'recording', needed: false, problems: [], notices: [],
    words: { title: 'view_recording_title', detail: 'view_recording_detail', action: null },
  },
  ...changes,
});

const TROUBLE = snapshotOf({
  status: statusOf({ state: 'unprotected', surfaces: 1, last: LAST }), surfaces: 1,
  hiddenSites: ['https://a.test/*'],
  model: {
    view: 'unprotected', needed: true, notices: [],
    problems: [
      { code: 'extension_not_found', message: '<b>API1API</b>' },
      { code: 'site_hidden', message: 'https://a.test/*' },
    ],
    words: {
      title: 'view_unprotected_title', detail: 'problem_extension_not_found_meaning',
      action: 'problem_extension_not_found_action',
    },
  },
});

const ALL = ['polarity_unproven', 'store_failed', 'form_idle', 'manual_mute_long', 'form_mute_long',
  'unmute_delayed', 'left_muted', 'environment_ignored', 'user_settings_ignored', 'configuration_not_used',
  'unconfirmed_extension', 'brand_new'];

/** The background's snapshot of a host's status. */
function snapshotFor(changes, more = {}) {
  const status = statusOf(changes);
  const model = modelOf({
    connection: { state: 'ready', problem: null }, status, surfaces: status.surfaces, muteByHand: false,
    asking: false, closing: false, refusal: null, hiddenSites: [], unreadSites: [], overlayProblems: [],
    unseenFrames: [], blocked: [],
    policy: POLICY, ...more,
  });
  return snapshotOf({ status, model, surfaces: status.surfaces });
}

const NOTICED = snapshotFor({
  state: 'muted', surfaces: 1, verified: true, last: LAST,
  notices: ALL.map((code) => ({ code, message: `the host's <i>words</i> on ${code}` })),
});

const correctable = (may, said = [], more = {}) =>
  snapshotOf({ correctable: { site: 'crm.example.com', may, said, isPointing: false, ...more } });
const CORRECTED = correctable(['mute', 'unmute'], ['mute', 'unmute']);

/** The state in which only the telephone extension is missing. */
const ASKED = snapshotFor({
  problem: { code: 'config_invalid', message: 'voicenter.extension: missing' }, target: null, provider: null,
  extension: { sip_id: null, source: null, may_set: true },
});

/** The buttons that are shown. @param {Document} page */
const offered = (page) =>
  [...page.querySelectorAll('#buttons > button:not([hidden])')].map(({ id }) => id);

function popup(language) {
  const { window } = new JSDOM(html, { runScripts: 'outside-only' });
  const messages = createMessages(i18nOf(language));
  renderWords(window.document, messages);
  return { window, page: window.document, messages };
}

for (const language of ['en', 'he']) {
  describe(`in ${language}`, () => {
    test('the agent is shown if Voicenter names one', () => {
      const { page, messages } = popup(language);
      render(page, snapshotFor({ agent: 'Dana <b>Levi</b>' }), messages);
      assert.equal(page.getElementById('agent-row').hidden, false);
      assert.equal(page.getElementById('agent').textContent, 'Dana <b>Levi</b>');
      render(page, snapshotFor({ agent: null }), messages);
      assert.equal(page.getElementById('agent-row').hidden, true);
    });

    test('whether a call is on, since when, and whether it is muted', () => {
      const { page, messages } = popup(language);
      const call = { on: true, since: '2026-11-21T09:58:00.000Z' };
      const shown = (/** @type {any} */ status) => {
        render(page, snapshotFor(status), messages);
        return page.getElementById('call').textContent;
      };
      const words = (/** @type {string} */ key) => messages.translate(`popup_call_${key}`);
      assert.equal(shown({ call: null }), '');
      assert.equal(shown({ call: { on: false, since: null } }), words('none'));
      assert.equal(shown({ call: { on: true, since: null } }), `${words('on')} · ${words('recorded')}`);
      const muted = shown({ call, state: 'muted', surfaces: 1 });
      assert.match(String(muted), /\d:\d\d.* · /);
      assert.ok(String(muted).endsWith(words('muted')), String(muted));
    });

    test('every text is there, in its direction', () => {
      const { page, messages } = popup(language);
      assert.equal(page.documentElement.dir, language === 'he' ? 'rtl' : 'ltr');
      assert.equal(page.documentElement.lang, language);
      for (const element of page.querySelectorAll('[data-text]')) {
        assert.equal(element.textContent, messages.translate(element.dataset.text));
      }
    });

    for (const [name, snapshot] of [['without a mute', snapshotOf()], ['with problems', TROUBLE],
      ['with notices', NOTICED], ['with corrections', CORRECTED], ['with a question', ASKED]]) {
      test(`axe finds no violation ${name}`, async () => {
        const { window, page, messages } = popup(language);
        render(page, snapshot, messages);
        for (const group of page.querySelectorAll('details')) group.open = true;
        window.eval(axe.source);
        // Contrast needs a real browser's layout.
        const rules = { 'color-contrast': { enabled: false } };
        const { violations } = await window.axe.run(page, { rules });
        assert.deepEqual(Array.from(violations, ({ id, help }) => `${id}: ${help}`), []);
      });
    }
  });
}

test('problems: what is wrong, what to do, and the host\'s own words as text', () => {
  const { page, messages } = popup('en');
  render(page, TROUBLE, messages);
  const text = (selector) => page.querySelector(selector).textContent;
  assert.equal(text('#title'), 'NOT MUTED – do not ask for the card');
  assert.equal(page.getElementById('spoken').getAttribute('aria-live'), 'assertive');
  assert.equal(text('#detail'), 'Voicenter does not know your extension, so it cannot mute your calls.');
  assert.equal(text('#action'), 'Tell support: the extension in the CardMute settings is wrong.');
  assert.equal(page.querySelectorAll('#problem-list li').length, 2);
  assert.equal(page.querySelectorAll('#problem-list li:first-child p').length, 0, 'said above');
  assert.match(text('#problem-list li:last-child .meaning'), /cannot see the site/);
  assert.equal(text('#problem-list code'), 'extension_not_found: <b>API1API</b>');
  assert.deepEqual(offered(page), ['mute', 'allow']);
  assert.equal(text('#last-code'), 'HTTP 200 · 200');
  assert.equal(text('#last-action-id'), '14d3b319');
  assert.equal(text('#last-latency'), '12.3 ms');
  assert.equal(text('#versions'), 'Extension 1.0.0 · Program 1.2.3');
});

test('an unchanged text is not written again, so that nothing is read aloud twice', () => {
  const { window, page, messages } = popup('en');
  render(page, TROUBLE, messages);
  const seen = new window.MutationObserver(() => {});
  seen.observe(page.body, { childList: true, characterData: true, subtree: true });
  render(page, structuredClone(TROUBLE), messages);
  assert.deepEqual(seen.takeRecords(), []);
});

for (const [language, said, never] of [
  ['en', /^Recording has NOT resumed\. Voicenter cannot be reached/, /Do not ask/],
  ['he', /^ההקלטה לא התחדשה\. אין חיבור/, /לא לבקש/],
]) {
  test(`a mute that does not end is shown with advice of its own in ${language}`, () => {
    const { page, messages } = popup(language);
    const problem = { code: 'unreachable', message: 'x' };
    const status = statusOf({ state: 'unmuting', problem });
    const model = modelOf({
      connection: { state: 'ready', problem: null }, status, surfaces: 0, muteByHand: false, asking: false,
      closing: false, refusal: null, unreadSites: [], hiddenSites: ['https://a.test/*'],
      overlayProblems: [], unseenFrames: [], blocked: [], policy: POLICY,
    });
    render(page, snapshotOf({ status, model }), messages);
    const text = (id) => page.getElementById(id).textContent;
    assert.match(text('detail'), said);
    assert.doesNotMatch(`${text('title')} ${text('detail')} ${text('action')}`, never);
    const items = [...page.querySelectorAll('#problem-list li')];
    assert.equal(items.length, 2);
    assert.equal(items[1].querySelector('.meaning').textContent,
      messages.translate('problem_site_hidden_meaning'));
  });
}

for (const [language, said] of [
  ['en', [/open and untouched for more than 10 min/, /muted for 10 min or more/,
    /ends by itself after 30 min/, /has not confirmed your extension/, /opened and closed again and again/,
    /in the middle of a payment/, /cannot see what your other browsers do/, /^No test call has shown yet/]],
  ['he', [/יותר מ-10 דק׳/, /כבר 10 דק׳ או יותר/, /אחרי 30 דק׳/, /עוד לא אישרה את השלוחה/,
    /נפתחו ונסגרו שוב ושוב/, /נסגר באמצע תשלום/, /בדפדפנים האחרים/, /^עדיין לא נבדק בשיחת ניסיון/]],
]) {
  test(`notices have words of their own, an unknown one the host's, in ${language}`, () => {
    const { page, messages } = popup(language);
    render(page, NOTICED, messages);
    assert.equal(page.getElementById('notices').hidden, false);
    assert.equal(page.getElementById('problems').hidden, true);
    assert.equal(page.getElementById('state').dataset.view, 'muted');
    const meanings = [...page.querySelectorAll('#reminders .meaning, #notice-list .meaning')]
      .map((it) => it.textContent);
    said.forEach((pattern, place) => assert.match(meanings[place], pattern));
    assert.equal(meanings.at(-1), 'the host\'s <i>words</i> on brand_new');
    const codes = [...page.querySelectorAll('#notice-list code')].map((it) => it.textContent);
    assert.equal(codes[0], 'unmute_delayed: the host\'s <i>words</i> on unmute_delayed');
    assert.equal(page.querySelectorAll('#reminders code').length, 0, 'an agent needs no code');
    render(page, snapshotOf(), messages);
    assert.equal(page.getElementById('notices').hidden, true);
  });
}

test('a text of the popup\'s language has its direction, also if it begins with a Latin name', () => {
  const { page, messages } = popup('he');
  render(page, snapshotFor({}, { hiddenSites: ['https://a.test/*'] }), messages);
  assert.match(page.getElementById('detail').textContent, /^CardMute/);
  assert.equal(page.getElementById('detail').closest('[dir]'), page.documentElement);
  render(page, NOTICED, messages);
  const notices = [...page.querySelectorAll('#reminders p, #notice-list p')];
  const own = notices.filter((it) => it.closest('[dir]') !== page.documentElement);
  assert.deepEqual(own.map((it) => [it.dir, it.textContent]),
    [['auto', 'the host\'s <i>words</i> on brand_new']]);
});

test('the provider has the name that the host gives, also while the host is away', () => {
  const { page, messages } = popup('en');
  render(page, snapshotFor({ state: 'muted', verified: true, provider: 'Parley' }), messages);
  assert.equal(page.getElementById('verified').textContent, 'Parley confirms: not recording');
  render(page, snapshotOf({ ...TROUBLE, status: null }), messages);
  assert.match(page.getElementById('detail').textContent, /^Parley does not know your extension/);
});

test('the confirmation by Voicenter is shown for a mute only', () => {
  const { page, messages } = popup('en');
  const said = (changes) => {
    render(page, snapshotFor(changes), messages);
    return page.getElementById('verified').textContent;
  };
  assert.equal(said({ state: 'muted', verified: true }), 'Voicenter confirms: not recording');
  assert.equal(said({ state: 'muted', verified: null }), 'not checked');
  const problem = { code: 'verification_failed', message: 'x' };
  assert.equal(said({ state: 'unprotected', surfaces: 1, verified: false, problem }), 'NOT confirmed');
  assert.match(page.getElementById('detail').textContent, /the call is still being recorded/);
  assert.equal(said({ state: 'recording', verified: true }), '–');
  assert.equal(said({ state: 'muting', verified: null }), '–');
});

test('a mute that another browser holds says why', () => {
  const { page, messages } = popup('en');
  render(page, snapshotFor({ state: 'muted', elsewhere: 2 }), messages);
  assert.equal(page.getElementById('state').dataset.view, 'muted');
  assert.match(page.getElementById('detail').textContent, /^Another browser window of yours holds the mute/);
  assert.equal(page.getElementById('forms').textContent, '0');
  assert.equal(page.getElementById('elsewhere-row').hidden, false);
  assert.equal(page.getElementById('elsewhere').textContent, '2');
  render(page, snapshotFor({ state: 'muted', surfaces: 1 }), messages);
  assert.equal(page.getElementById('elsewhere-row').hidden, true);
});

test('the host\'s "since" is not shown with another state', () => {
  const { page, messages } = popup('en');
  render(page, snapshotOf(), messages);
  assert.match(page.getElementById('since').textContent, /^since /);
  render(page, snapshotOf({ model: { ...TROUBLE.model } }), messages);
  assert.equal(page.getElementById('since').textContent, '');
});

test('retry is offered if the host is not reached', () => {
  const { page, messages } = popup('en');
  for (const connection of ['missing', 'outdated', 'waiting']) {
    render(page, snapshotOf({ connection, status: null, hostVersion: null, model: TROUBLE.model }), messages);
    assert.deepEqual(offered(page), ['retry']);
    assert.equal(page.getElementById('versions').textContent, 'Extension 1.0.0 · Program not connected');
  }
});

test('continuing without the mute is offered with an explanation, while the background allows it', () => {
  for (const language of /** @type {const} */ (['en', 'he'])) {
    const { page, messages } = popup(language);
    render(page, snapshotOf({ mayGoOn: true }), messages);
    assert.deepEqual(offered(page), ['mute', 'go-on']);
    assert.equal(page.getElementById('go-on-hint').hidden, false);
    const button = page.getElementById('go-on');
    assert.notEqual(button.textContent, '');
    assert.notEqual(page.getElementById(button.getAttribute('aria-describedby')).textContent, '');
    renderUnreachable(page, messages);
    assert.deepEqual(offered(page), ['restart']);
    assert.equal(page.getElementById('go-on-hint').hidden, true);
    render(page, snapshotOf(), messages);
    assert.deepEqual(offered(page), ['mute']);
  }
});

test('a button that goes hands the focus to the next one, or to the state', () => {
  const { page, messages } = popup('en');
  render(page, snapshotOf(), messages);
  page.getElementById('mute').focus();
  render(page, snapshotFor({ state: 'muted', override: 'mute' }), messages);
  assert.equal(page.activeElement.id, 'record');
  render(page, snapshotOf({ connection: 'handshaking', status: null }), messages);
  assert.equal(page.activeElement.id, 'title');
});

test('a problem that the state does not say is shown to the agent, unless the question says it', () => {
  const { page, messages } = popup('en');
  const problem = { code: 'config_invalid', message: 'x' };
  render(page, snapshotFor({ problem }), messages);
  assert.match(page.getElementById('reminders').textContent, /settings on this computer are missing/);
  assert.deepEqual(offered(page), [], 'nothing can be muted');
  render(page, ASKED, messages);
  assert.equal(page.getElementById('reminders').textContent, '');
  render(page, TROUBLE, messages);
  assert.equal(page.getElementById('reminders').textContent, '');
});

test('while muted the same button keeps the mute', () => {
  const { page, messages } = popup('en');
  const label = () => page.getElementById('mute').textContent;
  render(page, snapshotFor({ state: 'muted', surfaces: 1 }), messages);
  assert.equal(label(), 'Keep muted');
  render(page, snapshotOf(), messages);
  assert.equal(label(), 'Mute now');
});

for (const language of /** @type {const} */ (['en', 'he'])) {
  test(`state, window and pairs have names for a screen reader, ${language}`, () => {
    const { page, messages } = popup(language);
    render(page, NOTICED, messages);
    assert.equal(page.title, messages.translate('popup_window'));
    assert.deepEqual([...page.querySelectorAll('h1')].map(({ textContent }) => textContent),
      [messages.translate('view_muted_title')]);
    for (const list of page.querySelectorAll('dl')) {
      for (const pair of list.children) {
        assert.deepEqual([...pair.children].map(({ localName }) => localName), ['dt', 'dd']);
      }
    }
  });

  test(`no action repeats the title, ${language}`, () => {
    const { page, messages } = popup(language);
    render(page, TROUBLE, messages);
    const [title, action] = ['title', 'action'].map((id) => page.getElementById(id).textContent);
    assert.ok(!action.toLowerCase().startsWith(title.split(' – ')[1].toLowerCase()), action);
    assert.notEqual(action, '');
  });

  test(`the key that mutes is named, ${language}`, () => {
    const { page, messages } = popup(language);
    renderKey(page, 'Alt+Shift+M', messages);
    assert.match(page.getElementById('key').textContent, /Alt\+Shift\+M/);
    assert.equal(page.getElementById('mute').getAttribute('aria-describedby'), 'key');
    renderKey(page, '', messages);
    assert.equal(page.getElementById('key').hidden, true);
  });
}

describe('whose extension it is', () => {
  const inUse = (extension, more = {}) => snapshotFor({ extension, ...more });

  test('is asked if it is all that is missing, and can be changed if it is the agent\'s own', () => {
    const { page, messages } = popup('en');
    const isShown = (id) => page.getElementById(id).closest('[hidden]') === null;
    const shown = (snapshot, wantsChange = false) => {
      render(page, snapshot, messages, wantsChange);
      return ['ask', 'change'].filter(isShown);
    };
    assert.deepEqual(shown(ASKED), ['ask']);
    assert.deepEqual(shown(inUse({ sip_id: null, source: null, may_set: false })), []);
    assert.deepEqual(shown(inUse({ sip_id: 'A1', source: 'table', may_set: false })), []);
    assert.deepEqual(shown(inUse({ sip_id: 'A1', source: 'user', may_set: true })), ['change']);
    assert.deepEqual(shown(inUse({ sip_id: 'A1', source: 'user', may_set: true }), true), ['ask', 'change']);
  });

  test('is submitted by the form itself, so that no code reads the field', () => {
    const { page } = popup('en');
    const form = page.getElementById('ask');
    assert.deepEqual([form.method, form.getAttribute('action')], ['get', 'popup.html']);
    assert.equal(page.getElementById('own-extension').name, 'extension');
    assert.equal(page.getElementById('own-extension').maxLength, 64);
    assert.equal(answerIn({ search: '?extension=+API%2B1+' }), 'API+1');
    assert.equal(answerIn({ search: '?extension=++' }), null);
    assert.equal(answerIn({ search: '' }), null);
  });

  test('is confirmed by the name that the provider has', () => {
    const { page, messages } = popup('en');
    const own = { sip_id: 'API1API', source: 'user', may_set: true };
    const said = (snapshot) => {
      renderOwn(page, snapshot, 'API1API', messages);
      return page.getElementById('own').textContent;
    };
    assert.equal(said(ASKED), '', 'not in use yet');
    assert.match(said(inUse(own)), /API1API/);
    assert.match(said(inUse(own, { agent: 'Dana Levi' })), /Dana Levi.*Is that you/);
  });

  test('is said for support, with where it comes from', () => {
    const { page, messages } = popup('en');
    render(page, inUse({ sip_id: 'API1API', source: 'file', may_set: false }), messages);
    assert.equal(page.getElementById('extension').textContent, 'API1API · from the company’s list');
    render(page, ASKED, messages);
    assert.equal(page.getElementById('extension-row').hidden, true);
  });
});

test('a refusal is shown in words, and removed again', () => {
  const { page, messages } = popup('en');
  renderRefusal(page, { code: 'override_refused', message: '' }, messages);
  assert.match(page.getElementById('refusal').textContent, /^Not done: Recording cannot be resumed by hand/);
  renderRefusal(page, null, messages);
  assert.equal(page.getElementById('refusal').textContent, '');
});

test('if the background does not answer, nothing stays on display', () => {
  const { page, messages } = popup('en');
  render(page, snapshotOf(), messages);
  renderUnreachable(page, messages);
  assert.equal(page.getElementById('state').dataset.view, 'unprotected');
  assert.equal(page.getElementById('since').textContent, '');
  render(page, NOTICED, messages);
  renderUnreachable(page, messages);
  assert.equal(page.getElementById('notices').hidden, true);
  assert.equal(page.getElementById('reminders').textContent, '');
  assert.equal(page.getElementById('verified').textContent, '');
  assert.equal(page.getElementById('restart').hidden, false, 'the background can be restarted');
  render(page, NOTICED, messages);
  assert.equal(page.getElementById('restart').hidden, true);
});

for (const language of /** @type {const} */ (['en', 'he'])) {
  test(`a hint names private windows if the extension may not run in them, ${language}`, () => {
    const page = new JSDOM(html).window.document;
    renderWords(page, createMessages(i18nOf(language)));
    const hint = page.getElementById('private');
    renderPrivate(page, false);
    assert.equal(hint.hidden, false);
    assert.match(hint.textContent, /CardMute/);
    renderPrivate(page, true);
    assert.equal(hint.hidden, true);
  });
}

describe('the buttons', () => {
  const enabled = (changes) => {
    const { mute, record, auto } = controlsOf(snapshotOf(changes));
    return Object.entries({ mute, record, auto })
      .filter(([, it]) => it.enabled).map(([name, it]) => `${name}:${it.mode}`);
  };

  test('without a host none is enabled', () => {
    assert.deepEqual(enabled({ connection: 'waiting' }), []);
    assert.deepEqual(enabled({ status: null }), []);
    assert.equal(controlsOf(null).mute.enabled, false);
  });
  test('without a host a mute by hand can still be lifted', () => {
    const away = { connection: 'missing', status: null, muteByHand: true };
    assert.deepEqual(enabled(away), ['record:auto']);
    assert.deepEqual(enabled({ ...away, surfaces: 1 }), ['auto:auto']);
    const { page, messages } = popup('en');
    render(page, snapshotOf(away), messages);
    assert.equal(page.getElementById('mode').textContent, 'muted by hand');
  });
  test('without a form or a mute only "mute" is enabled', () => assert.deepEqual(enabled({}), ['mute:mute']));
  test('muted by hand: "resume" requests "auto", and no second button does', () => {
    const status = statusOf({ state: 'muted', override: 'mute' });
    assert.deepEqual(enabled({ status }), ['record:auto']);
  });
  test('a mute by hand that is about to end can be renewed', () => {
    const notices = [{ code: 'manual_mute_long', message: '' }];
    const status = statusOf({ state: 'muted', override: 'mute', notices });
    assert.deepEqual(enabled({ status }), ['mute:mute', 'record:auto']);
  });
  test('a delayed unmute can be sent at once', () => {
    const notices = [{ code: 'unmute_delayed', message: '' }];
    const status = statusOf({ state: 'muted', notices });
    assert.deepEqual(enabled({ status }), ['mute:mute', 'record:auto']);
  });
  test('with an open form "resume" is disabled and says why, unless the policy allows it', () => {
    const status = statusOf({ state: 'muted', surfaces: 1 });
    assert.deepEqual(enabled({ status, surfaces: 1 }), ['mute:mute']);
    assert.equal(controlsOf(snapshotOf({ status, surfaces: 1 })).recordIsBarred, true);
    const allowed = enabled({ status, surfaces: 1, mayRecordOverForm: true });
    assert.deepEqual(allowed, ['mute:mute', 'record:record']);
    const { page, messages } = popup('en');
    render(page, snapshotOf({ status, surfaces: 1 }), messages);
    assert.equal(page.getElementById('record-why-not').hidden, false);
  });
});
