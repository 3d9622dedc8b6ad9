// Tests that the mute ends with the form even if the message about the form's end never arrives, or if the
// banner fails. To lose the message, the content script and the background run together, with a fake browser
// between them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closed_ms, FORM, leave } from '../support/visit.js';
import { clock, openPage, ports, settle } from '../support/browser.js';
import { contentPort, fakeApi, fakeI18n, statusOf } from '../support/background.js';
import { createMessages } from '../../../extension/common/messages.js';
import { createDiscovery } from '../../../extension/content/discovery.js';
import { createGroups } from '../../../extension/content/groups.js';

openPage('');
const { Coordinator } = await import('../../../extension/background/coordinator.js');
const { REPLACED_AFTER_ms } = await import('../../../extension/background/pages/content-ports.js');
const { createLook } = await import('../../../extension/content/look.js');
const { startSession } = await import('../../../extension/content/session.js');

/** A clock for the background that runs with the page's clock. */
const shared = {
  now: () => performance.now(), random: () => 1,
  after(delay_ms, run) {
    const timer = setTimeout(run, delay_ms);
    return () => clearTimeout(timer);
  },
};

/**
 * Connects the page's newest port with the background, as the browser does.
 * @param {ReturnType<typeof fakeApi>} browser @param {{loses: (message: object) => boolean}} way
 */
function bridge({ api }, way) {
  const near = ports.at(-1);
  const far = contentPort();
  far.postMessage = (message) => near.onMessage.emit(structuredClone(message));
  const deliver = (message) => { if (!way.loses(message)) far.receive(message); };
  api.runtime.onConnect.fire(far);
  near.sent.forEach(deliver);
  near.postMessage = deliver;
}

test('a close that is lost on its way to the background ends the mute all the same', async () => {
  leave();
  openPage(FORM);
  const browser = fakeApi();
  const coordinator = new Coordinator(browser.api, shared, createMessages(fakeI18n), 'chromium');
  coordinator.listen();
  await coordinator.restore();
  const way = { loses: () => false };

  const session = startSession({ dead() {}, replaced() {} });
  await import('../../../extension/detect/main.js');
  bridge(browser, way);
  const host = browser.hosts.at(-1);
  host.pulse = { state: 'muted', surfaces: 1 };
  host.welcome();
  await settle();
  const { surface } = host.last('surface.open');
  way.loses = ({ type }) => type === 'surface.close';
  document.querySelector('#pay').remove();
  await clock.move(closed_ms);
  // The host reports the mute. The report reaches the page just after the page has sent the close.
  host.reply('surface.open', { status: statusOf(host.pulse) });
  await settle();
  assert.equal(host.last('surface.close'), undefined);
  assert.equal(ports.length, 1);

  way.loses = () => false;
  await clock.move(3000);
  assert.equal(ports.length, 2, 'the page has replaced its port');
  bridge(browser, way);
  await clock.move(REPLACED_AFTER_ms);
  assert.equal(host.last('surface.close')?.surface, surface);
  session.stop();
});

/** A page in which no other frame shows fields. */
const ALONE = { elsewhere: () => [], joinable: () => [], looked() {} };
const BESIDE = { joined: ALONE, declaration: { addTo() {} }, rules: () => null, awaitsRules: () => false };

test('the end of a form is reported although the banner could not be shown', async () => {
  openPage(FORM);
  const { detector } = await import('../../../extension/detect/main.js');
  const groups = createGroups(/** @type {any} */ ({ here: () => detector }), ALONE);
  createDiscovery(groups, () => {}).discover(document);
  const reported = [];
  const looking = createLook(groups, /** @type {any} */ (BESIDE), {
    seen() {
      reported.push('seen');
      throw new Error('the banner');
    },
    gone: () => reported.push('gone'), looked() {}, changed() {},
  }, () => {}, () => {});
  looking.look();
  await assert.rejects(clock.move(1), /the banner/, 'the browser reports the error');
  document.querySelector('#pay').remove();
  looking.look();
  assert.deepEqual(reported, ['seen', 'gone']);
});
