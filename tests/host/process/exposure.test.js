// Tests what the ledger and the log of a real host record: how long a form waited for the mute, how long the
// first key waited, and that an agent continued without the mute.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { command, commandInJson } from './commands.js';
import { asked, scene } from './scene.js';
import { logFile, untilFile } from './state_files.js';

/** @typedef {Record<string, any>} Entry */

/**
 * The ledger's entries of one kind.
 * @param {{ entries: Entry[] }} document
 * @param {string} kind
 */
const of = ({ entries }, kind) => entries.filter((entry) => entry.kind === kind);

test('an exposure lasts from the visible form or first key to the acknowledged mute', async (t) => {
  const { host, simulator, ...places } = await scene(t);
  await host.hello();
  simulator.setFault({ fault: 'http_error', http_status: 403, only: 'mute', times: 1 });
  assert.equal((await host.open('form', { visible_ms_ago: 40 })).error?.code, 'refused');
  const key = { type: 'surface.active', surface: 'form', card: true, ms_ago: 1 };
  assert.equal((await host.request(key)).ok, true);
  await host.waitForStatus(({ state }) => state === 'muted');
  await host.request(key);
  await host.close('form');
  await host.end();

  const { document } = await commandInJson(places, 'ledger');
  const [form, ...more_forms] = of(document, 'form_exposure');
  const [first_key, ...more_keys] = of(document, 'keystroke_exposure');
  assert.deepEqual([...more_forms, ...more_keys], []);
  assert.deepEqual([form.surface, form.origin, form.outcome],
    ['form', 'https://crm.example.com', 'acknowledged']);
  assert.equal(first_key.outcome, 'acknowledged');
  assert.ok(form.duration_ms > 40 && form.duration_ms > first_key.duration_ms, JSON.stringify(document));
  assert.ok(first_key.duration_ms > 1);
  const { count, median_ms, longest_ms, never_acknowledged } = document.summary.form_exposure;
  assert.deepEqual([count, median_ms, longest_ms, never_acknowledged],
    [1, form.duration_ms, form.duration_ms, 0]);
  assert.equal(document.summary.keystroke_exposure.count, 1);

  const { out } = await command(places, 'ledger');
  assert.match(out, /^\S+Z {2}form waited +https:\/\/crm\.example\.com +[\d.]+ ms until .*, form form$/m);
  assert.match(out, /^\S+Z {2}first key waited +\S+ +[\d.]+ ms until the mute was acknowledged/m);
  assert.match(out, /^Forms from visible to acknowledged: 1, the median [\d.]+ ms, the longest /m);
});

test('an early mute is acknowledged before its form appears: no exposure', async (t) => {
  const { host, simulator, ...places } = await scene(t);
  await host.hello();
  assert.equal((await host.open('early')).status.state, 'muted');
  const requests = asked(simulator, 'mute').length;
  await host.open('form', { visible_ms_ago: 0 });
  await host.close('early');
  await host.close('form');
  await host.end();
  assert.ok(requests >= 1);
  const { document } = await commandInJson(places, 'ledger');
  assert.deepEqual(of(document, 'form_exposure').map(({ surface, duration_ms, outcome }) =>
    [surface, duration_ms, outcome]), [['form', 0, 'acknowledged']]);
});

test('a form that closes unmuted is marked as never acknowledged', async (t) => {
  const { host, simulator, ...places } = await scene(t);
  await host.hello();
  simulator.setFault({ fault: 'http_error', http_status: 403, only: 'mute' });
  await host.open('form', { visible_ms_ago: 0 });
  await host.close('form');
  await host.end();
  const { document } = await commandInJson(places, 'ledger');
  const [form] = of(document, 'form_exposure');
  assert.equal(form.outcome, 'never_acknowledged');
  assert.equal(document.summary.form_exposure.never_acknowledged, 1);
  assert.match((await command(places, 'ledger')).out, /form waited .* ms, NEVER ACKNOWLEDGED, form form$/m);
});

test('when the agent continues, the log and the ledger record it with the current state', async (t) => {
  const { host, simulator, ...places } = await scene(t);
  await host.hello();
  simulator.setFault({ fault: 'http_error', http_status: 403, only: 'mute' });
  await host.open('form');
  assert.equal((await host.request({ type: 'surface.continue', surface: 'form', seen: false })).ok, true);
  const report = { type: 'overlay.report', surface: 'form', event: 'banner_not_seen' };
  assert.equal((await host.request(report)).ok, true);
  await untilFile(logFile(places.state_directory), (text) =>
    text.includes(' continued surface=form state=unprotected seen=no\n'));
  await host.close('form');
  await host.end();
  const { document } = await commandInJson(places, 'ledger');
  const [went_on] = of(document, 'continued');
  assert.deepEqual([went_on.surface, went_on.origin, went_on.detail, went_on.outcome],
    ['form', 'https://crm.example.com', 'unprotected', 'not_seen']);
  const [unseen] = of(document, 'banner_not_seen');
  assert.deepEqual([unseen.surface, unseen.origin], ['form', 'https://crm.example.com']);
  const { out } = await command(places, 'ledger');
  assert.match(out, /CONTINUED ANYWAY .*the banner was NOT SEEN/);
  assert.match(out, /BANNER NOT SEEN .*hides or covers/);
  assert.equal(document.summary.unseen_banners, 1);
  assert.equal(document.summary.continued, 1);
});
