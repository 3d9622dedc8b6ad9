// Where else a payment form can be: in a step of a checkout, in a window of its own, in a page that the
// browser prepared beforehand.
import assert from 'node:assert/strict';
import * as runner from 'node:test';
import { bannerShows } from './harness/banner.js';
import { inBothBrowsers } from './harness/scene.js';

const { it } = runner;

// Without the early mute, which would hold the call where the test asks whether the form does.
const OPTIONS = { policy: { premute: false } };

inBothBrowsers(runner, 'a form', OPTIONS, (scene) => {
  const mutesSince = ({ seq: since }) => scene().simulator.events.filter(({ type, command, seq }) =>
    type === 'request.received' && command === 'mute' && seq > since);

  it('in one step of a checkout: muted in that step only, and again when the agent goes back', async () => {
    const page = await scene().open('steps.html');
    for (let round = 0; round < 2; round += 1) {
      await scene().payment({
        open: () => page.evaluate('go("card")'), banner: () => page,
        close: () => page.evaluate('go("confirm")'), gone: () => page,
      });
    }
  });

  it('in a pop-up window', async () => {
    const page = await scene().open('not-payment.html');
    let popup;
    await scene().payment({
      open: async () => {
        const opened = new Promise((resolve) => { page.once('popup', resolve); });
        await page.evaluate(() => { window.open('plain.html', 'pay', 'width=500,height=500'); });
        popup = await opened;
      },
      banner: () => popup, close: () => popup.close(), gone: () => page,
    });
  });

  /** Chromium prepares pages; Firefox does not, and goes to this one as to any other. */
  async function prepared(page) {
    if (scene().test_browser.name === 'firefox') {
      await page.goto(`${scene().pages.origin}/prerender.html`);
      return;
    }
    const session = await page.createCDPSession();
    const ready = new Promise((resolve) => {
      session.on('Preload.prerenderStatusUpdated', ({ status }) => { if (status === 'Ready') resolve(); });
    });
    await session.send('Preload.enable');
    await page.goto(`${scene().pages.origin}/prerender.html`);
    await ready;
  }

  it('in a page that was prepared beforehand: muted when the agent comes to it', async () => {
    const page = await scene().open('not-payment.html');
    const preparing = scene().simulator.mark('prepared');
    await prepared(page);
    assert.deepEqual(mutesSince(preparing), []);
    await scene().payment({ open: () => page.click('a'), banner: () => page, close: () => page.close() });
  });
});
