// Tests that events which a page dispatches itself neither close a form nor count as typing.
import assert from 'node:assert/strict';
import * as runner from 'node:test';
import { bannerShows } from './harness/banner.js';
import { playHost } from './harness/played-host.js';
import { openPopup, popupShows } from './harness/popup.js';
import { BROWSERS, Scene } from './harness/scene.js';
import { until } from './harness/until.js';

const { after, before, describe, it } = runner;

/**
 * Runs in the page. Dispatches the events that a hostile script can send to a card field and to the window.
 */
function pretend() {
  const field = /** @type {HTMLInputElement} */ (document.querySelector('#number'));
  const how = { bubbles: true, composed: true };
  for (const type of ['keydown', 'beforeinput', 'input', 'paste', 'pointerdown', 'click']) {
    const event = new Event(type, how);
    try {
      Object.defineProperty(event, 'isTrusted', { value: true });
    } catch {
      // The browser does not let a page redefine `isTrusted`.
    }
    field.dispatchEvent(event);
  }
  window.dispatchEvent(new window.PageTransitionEvent('pagehide', { persisted: false }));
}

for (const name of BROWSERS) {
  describe(`events that a page dispatches itself, ${name}`, () => {
    /** @type {Scene} */
    let scene;
    let host;
    before(async () => {
      scene = await Scene.start(name, { install_host: false });
      host = await playHost(scene.test_browser, { sites: ['http://127.0.0.1/*'], interlock: 'warn', rules: [] });
      await host.say({ state: 'muted', surfaces: 1 });
      const popup = await openPopup(scene.test_browser); // so that the extension gets its sites from the host
      await popupShows(popup, ({ view }) => view === 'muted');
    });
    after(() => scene?.close());

    const told = async (type) => (await host.heard()).filter((message) => message.type === type);

    it('leave the form open and do not count as typing; a person\'s key does', async () => {
      const page = await scene.open('plain.html');
      await bannerShows(page, 'muted');
      await page.evaluate(pretend);
      await page.click('#number');
      await page.keyboard.press('Tab');
      await page.click('#number');
      await page.keyboard.type('4');
      // A key of a person: its message comes after any message that the page's events would have caused.
      await until('the first key', async () => (await told('surface.active')).some(({ card }) => card));
      const active = await told('surface.active');
      assert.equal(active.filter(({ card }) => card).length, 1);
      assert.equal((await told('surface.open')).length, 1);
      assert.deepEqual(await told('surface.close'), []);
    });
  });
}
