// Tests `cardmute-host ledger` with the entries of a real host.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { command, commandInJson } from './commands.js';
import { scene } from './scene.js';

/** @typedef {Record<string, any>} Entry */

/**
 * How much two times of one event may differ, because two clocks or two parts of the host have measured them.
 */
const CLOCKS_MS = 100;

test('a form that was muted after a refusal: each request, and how long it was exposed', async (t) => {
  const { host, simulator, ...places } = await scene(t, { voicenter: { reassert_ms: 100 } });
  await host.hello();
  simulator.setFault({ fault: 'http_error', http_status: 403, only: 'mute', times: 1 });
  const origin = 'https://crm.example.com:8443/customer/77?tab=pay';
  const opened = await host.open('form-7', { origin, reason: 'field 4111 1111 1111 1111' });
  assert.equal(opened.error?.code, 'refused');
  await host.waitForStatus(({ state }) => state === 'muted');
  await host.close('form-7');
  await host.end();

  const { code, document } = await commandInJson(places, 'ledger');
  assert.deepEqual([code, document.ok], [0, true]);
  /** @type {Entry[]} */
  const entries = document.entries;
  const of = (/** @type {string} */ kind) => entries.filter((entry) => entry.kind === kind);
  const [form] = of('surface_open');
  assert.deepEqual([form.surface, form.origin], ['form-7', 'https://crm.example.com:8443']);
  const [close] = of('surface_close');
  assert.deepEqual([close.surface, close.detail], ['form-7', 'hidden']);
  const requests = of('request');
  assert.deepEqual(requests.map(({ request, outcome }) => [request, outcome]), [
    ['mute', 'refused'],
    ['mute', 'acknowledged'],
    ['unmute', 'acknowledged'],
  ]);
  assert.equal(requests[0].http_status, 403);
  assert.ok(requests.every(({ latency_ms }) => latency_ms > 0));
  const [exposure] = of('exposure');
  assert.equal(of('exposure').length, 1);
  const mended = Date.parse(requests[1].at) - Date.parse(exposure.at);
  const { duration_ms } = exposure;
  assert.ok(duration_ms > 0 && Math.abs(duration_ms - mended) < CLOCKS_MS, `${duration_ms}, ${mended}`);
  const [{ day, mutes, share, ...first }] = document.mutes.days;
  assert.deepEqual([day, mutes, first.of], [requests[1].at.slice(0, 10), 1, 'browser']);
  assert.ok(share > 0 && share < 1, 'a part of the minute in which the host ran');
  assert.equal(document.mutes.longest_ms, Date.parse(requests[2].at) - Date.parse(requests[1].at));
  const { surfaces, failures, exposures, unended_surfaces, longest_exposure_ms } = document.summary;
  assert.deepEqual([surfaces, failures, exposures, unended_surfaces], [1, 1, 1, 0]);
  assert.equal(longest_exposure_ms, duration_ms);

  const { out } = await command(places, 'ledger');
  assert.match(out, /^\S+Z {2}form opened +https:\/\/crm\.example\.com:8443 +field #, form form-7$/m);
  assert.match(out, /^\S+Z {2}mute +extension API1API +FAILED: refused, HTTP 403, [\d.]+ ms$/m);
  assert.match(out, /^\S+Z {2}EXPOSED +[\d.]+ ms/m);
  assert.match(out, /^Exposures .*: 1, the longest /m);
  assert.match(out, /^ {2}\S+: 1 mute, together .*: \d+ % of the time in which a browser with CardMute ran/m);
  assert.doesNotMatch(out + JSON.stringify(document), /customer|4111|tab=/);
});

test('what a running host has written is visible at once', async (t) => {
  const { host, ...places } = await scene(t, { voicenter: { reassert_ms: 100 } });
  assert.equal((await command(places, 'ledger')).code, 0);
  await host.open();
  const { document } = await commandInJson(places, 'ledger', '--since', '1h');
  assert.equal(document.summary.surfaces, 1);
  assert.equal(document.summary.unended_surfaces, 1);
  assert.equal((await command(places, 'ledger', '--since', 'yesterday')).code, 64);
});

test('without a store there is nothing to list', async (t) => {
  const places = await scene(t, { env: { CARDMUTE_STATE_DIR: '/dev/null/state' } });
  const { code, out } = await command(places, 'ledger');
  assert.deepEqual([code, out], [0, 'Nothing has been recorded yet.\n']);
});

test('forms that a page has declared itself are counted, and doctor says where', async (t) => {
  const { host, ...places } = await scene(t, {});
  await host.hello();
  const forms = { a: 'declared by the page', b: 'declared by the page (cardmute:open)', c: 'card number' };
  for (const [id, reason] of Object.entries(forms)) {
    await host.open(id, { origin: 'https://crm.example.com', reason });
    await host.close(id);
  }
  await host.end();
  const { document } = await commandInJson(places, 'ledger');
  assert.deepEqual([document.summary.surfaces, document.summary.declared], [3, 2]);
  const { out } = await command(places, 'ledger');
  assert.match(out, /^Forms that the page declared itself: 2$/m);
  const { document: doctor } = await commandInJson(places, 'doctor');
  const { result, text } = doctor.checks.find(({ check }) => check === 'declared forms');
  assert.equal(result, 'note');
  assert.match(text, /: https:\/\/crm\.example\.com 2 times\./);
});
