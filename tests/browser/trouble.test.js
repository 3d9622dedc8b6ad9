// Tests many failures of Voicenter while a form is open. The banner says NOT MUTED, never shows a mute that
// is not acknowledged, and shows the mute by itself when Voicenter works again.
import assert from 'node:assert/strict';
import * as runner from 'node:test';
import { bannerShows, readBanner } from './harness/banner.js';
import { openPopup, popupShows } from './harness/popup.js';
import { badgeShows } from './harness/privileged.js';
import { inBothBrowsers } from './harness/scene.js';

const { it } = runner;

const reassert_ms = 500;

/** Each fault, and the reason that the banner gives. */
const FAULTS = /** @type {const} */ ([
  [{ fault: 'hang' }, /did not answer in time/],
  [{ fault: 'http_error', http_status: 403 }, /refused/],
  [{ fault: 'http_error', http_status: 429 }, /too many requests/],
  [{ fault: 'garbage' }, /makes no sense/],
  [{ fault: 'unknown_error_code' }, /refused/],
]);

/**
 * @param {any} page
 * @param {() => Promise<unknown>} act
 * @returns {Promise<string[]>} the banner's views meanwhile
 */
async function viewsDuring(page, act) {
  const views = new Set();
  let acting = true;
  const watched = (async () => {
    while (acting) {
      const banner = await readBanner(page).catch(() => null);
      if (banner) views.add(banner.view);
    }
  })();
  try {
    await act();
  } finally {
    acting = false;
    await watched;
  }
  return [...views];
}

inBothBrowsers(runner, 'trouble at Voicenter', { voicenter: { timeout_ms: 500, reassert_ms } }, (scene) => {
  const since = (seq) => scene().simulator.events.slice(seq);

  /** @param {any} page @param {RegExp} reason */
  async function notMuted(page, reason) {
    const banner = await bannerShows(page, 'unprotected');
    assert.match(banner.lines[0], /NOT MUTED – do not ask for the card/);
    assert.match(banner.lines[1], reason);
    assert.match(banner.lines[2], /support|CardMute/, 'says what to do, and does not repeat the title');
    assert.equal(banner.role, 'alert');
    await badgeShows(scene().test_browser, '!');
  }

  for (const [fault, reason] of FAULTS) {
    const { fault: kind, http_status = '' } = /** @type {any} */ (fault);
    it(`${kind} ${http_status}: never shown as muted, and muted by itself afterwards`, async () => {
      const { simulator } = scene();
      const page = await scene().open('hidden-shown.html?way=attribute');
      simulator.setFault({ ...fault, only: 'mute' });
      const opening = simulator.mark('the form opens');
      await page.click('#toggle');
      const views = await viewsDuring(page, async () => {
        await notMuted(page, reason);
        // Waits for the host's second request, because the banner must not look like success while a request
        // is repeated either.
        const tries = () => since(opening.seq).filter(({ type }) => type === 'request.received').length;
        await simulator.waitFor(() => tries() >= 2, { after: opening.seq });
        await notMuted(page, reason);
      });
      assert.deepEqual(views.filter((view) => view !== 'muting'), ['unprotected']);
      simulator.clearFaults();
      const mended = simulator.mark('mended');
      await scene().payment({
        open: () => scene().muted(mended), banner: () => page,
        close: () => page.click('#toggle'), gone: () => page,
      });
    });
  }

  it('down before the form opens, and back: unprotected, then muted', async () => {
    const { simulator, test_browser } = scene();
    const page = await scene().open('hidden-shown.html?way=attribute');
    await simulator.refuseConnections();
    await page.click('#toggle');
    await notMuted(page, /cannot be reached/);
    const popup = await openPopup(test_browser);
    await popupShows(popup, ({ view, text }) => view === 'unprotected' && /cannot be reached/.test(text));
    await popup.close();
    await page.bringToFront();
    const back = simulator.mark('back');
    await simulator.acceptConnections();
    await scene().payment({ open: () => scene().muted(back), banner: () => page,
      close: () => page.click('#toggle'), gone: () => page });
  });

  it('down while the form is open, and back: green does not outlive three re-assertions', async () => {
    const { simulator } = scene();
    const page = await scene().open('plain.html');
    await bannerShows(page, 'muted');
    await simulator.refuseConnections();
    await bannerShows(page, 'unprotected', 3 * reassert_ms + 1500);
    const back = simulator.mark('back');
    await simulator.acceptConnections();
    await scene().payment({ open: () => scene().muted(back), banner: () => page,
      close: () => page.click('#payment button'), gone: () => page });
  });

  it('a mute that is not answered yet is shown as "muting"', async () => {
    const { simulator } = scene();
    const page = await scene().open('hidden-shown.html?way=attribute');
    // The answer comes after voicenter.timeout_ms, so the banner says "muting" until the request has timed
    // out. The host's next request is answered at once.
    simulator.setFault({ fault: 'delay', answer_delay_ms: 1800, only: 'mute', times: 1 });
    const opening = simulator.mark('the form opens');
    await page.click('#toggle');
    const banner = await bannerShows(page, 'muting');
    assert.match(banner.lines[1], /Do not ask for the card yet/);
    await bannerShows(page, 'muted');
    const answered = await scene().muted(opening);
    assert.ok(performance.timeOrigin + performance.now() >= answered.at_ms);
  });

  it('an extension that Voicenter does not find at first: muted as soon as it does', async () => {
    const { simulator, ivrid } = scene();
    simulator.changeSettings({ no_calls_answer: 'extension_not_found' });
    simulator.endCall(ivrid);
    const page = await scene().open('plain.html');
    await notMuted(page, /does not know your extension/);
    const calling = simulator.mark('the call comes');
    scene().ivrid = simulator.startCall({ answered: true }).ivrid;
    await scene().payment({ open: () => scene().muted(calling), banner: () => page,
      close: () => page.click('#payment button'), gone: () => page });
  });
});
