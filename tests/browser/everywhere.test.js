// Tests a payment form in one step of a checkout, and in a pop-up window. Prerendered pages are tested
// only in tests/extension/content/life.test.js, because no browser prerenders pages under automation.
import * as runner from 'node:test';
import { inBothBrowsers } from './harness/scene.js';

const { it } = runner;

// The early mute is off, so that only a form can mute the call.
const OPTIONS = { policy: { premute: false } };

inBothBrowsers(runner, 'a form', OPTIONS, (scene) => {
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
});
