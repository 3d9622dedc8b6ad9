// Tests the whole way from a payment form to Voicenter and back with a real browser and the host, for
// .github/workflows/windows.yml: Wine runs no browser. It also runs on other systems, where tests/browser
// tests much more. The environment names what is tested:
//   CARDMUTE_CHROMIUM    Edge, or Chrome for Testing. Chrome itself takes no extension from automation
//   CARDMUTE_HOST        the host's program, by its absolute path
//   CARDMUTE_EXTENSION   the folder of the built extensions
import { after, before, describe, test } from 'node:test';
import { Scene } from '../browser/harness/scene.js';

const skip = !process.env.CARDMUTE_CHROMIUM && 'CARDMUTE_CHROMIUM names no browser';

describe('a real browser', { skip }, () => {
  /** @type {Scene} */ let scene;
  before(async () => {
    scene = await Scene.startAtWork('chromium');
  });
  after(() => scene.close());

  test('a payment form mutes the call and says so, and without it the call is recorded again', async () => {
    const page = await scene.open('crm.html');
    await scene.payment({
      open: () => page.click('#toggle'), banner: () => page,
      close: () => page.click('#cancel'), gone: () => page,
    });
  });

  test('a call that is muted when the browser ends is recorded again', async () => {
    const { simulator, ivrid } = scene;
    const page = await scene.open('crm.html');
    const opening = simulator.mark('the form opens');
    await page.click('#toggle');
    await scene.muted(opening);
    const ending = simulator.mark('the browser ends');
    await scene.test_browser.quit();
    await simulator.waitFor({ type: 'call.unmuted', ivrid }, { after: ending.seq });
  });
});
