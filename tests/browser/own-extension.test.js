// Tests the popup's question "Which telephone extension is yours?". The popup asks it only if nothing else
// is missing. The answer is sent to the host once, and a refusal is shown.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { playHost } from './harness/played-host.js';
import { openPopup, popupShows } from './harness/popup.js';
import { BROWSERS, Scene } from './harness/scene.js';
import { until } from './harness/until.js';

const POLICY = { sites: ['http://127.0.0.1/*'], rules: [], interlock: 'warn' };
const ASKED = {
  extension: { sip_id: null, source: null, may_set: true },
  problem: { code: 'config_invalid', message: 'voicenter.extension: missing' },
};
const ANSWER = 'API+9 \u05d0';

for (const name of BROWSERS) {
  describe(`the question about the extension, ${name}`, () => {
    /** @type {Scene} */
    let scene;
    let host;
    before(async () => {
      scene = await Scene.start(name, { install_host: false });
      host = await playHost(scene.test_browser, POLICY);
    });
    after(() => scene?.close());

    const answers = async () =>
      (await host.heard()).filter(({ type }) => type === 'extension.set').map(({ extension }) => extension);

    it('is answered by keyboard, is sent once, and goes when the host uses the answer', async () => {
      await host.say(ASKED);
      const popup = await openPopup(scene.test_browser);
      await until('the question', () => popup.$eval('#ask', (form) => form.checkVisibility()));
      await popup.focus('#own-extension');
      await popup.keyboard.type(` ${ANSWER} `);
      await popup.keyboard.press('Enter');
      await until('the answer', async () => (await answers()).length > 0);
      await host.say({ provider: 'Voicenter', agent: 'Dana Levi',
        extension: { sip_id: ANSWER, source: 'user', may_set: true } });
      await popupShows(popup, ({ text }) => text.includes('Dana Levi') && text.includes(ANSWER));
      assert.equal(await popup.$eval('#ask', (form) => form.checkVisibility()), false);
      assert.equal(await popup.evaluate(() => location.search), '', 'a reload does not answer again');
      assert.deepEqual(await answers(), [ANSWER]);
      await popup.close();
    });

    it('is not asked where the configuration decides', async () => {
      await host.say({ extension: { sip_id: 'API1API', source: 'table', may_set: false } });
      const popup = await openPopup(scene.test_browser);
      await popupShows(popup, ({ text }) => text.includes('API1API'));
      assert.equal(await popup.$eval('#ask', (form) => form.checkVisibility()), false);
      await popup.close();
    });
  });
}
