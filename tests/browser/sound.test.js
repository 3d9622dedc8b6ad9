// Tests policy.alert_sound: Chromium itself reports that a page plays a sound when a call turns out to
// be NOT MUTED. Firefox plays nothing on a machine without a sound card, so Firefox is not tested.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { bannerShows } from './harness/banner.js';
import { playHost } from './harness/played-host.js';
import { openPopup } from './harness/popup.js';
import { Scene } from './harness/scene.js';
import { until } from './harness/until.js';

const POLICY = { sites: ['http://127.0.0.1/*'], rules: [], interlock: 'warn', alert_sound: true };
const FORM = { provider: 'Voicenter', surfaces: 1 };
const LOST = { ...FORM, state: 'unprotected', problem: { code: 'timeout', message: '' } };

describe('the sound of NOT MUTED', () => {
  /** @type {Scene} */
  let scene;
  let host;
  /** @type {any} a page of the extension, which can observe the tabs */
  let watcher;
  before(async () => {
    scene = await Scene.start('chromium', { install_host: false, without: ['--mute-audio'] });
    host = await playHost(scene.test_browser, POLICY);
    watcher = await openPopup(scene.test_browser);
    await watcher.evaluate(() => {
      globalThis.sounds = 0;
      (globalThis.browser ?? globalThis.chrome).tabs.onUpdated.addListener((_, { audible }) => {
        if (audible) globalThis.sounds += 1;
      });
    });
  });
  after(() => scene?.close());
  const sounds = () => watcher.evaluate(() => globalThis.sounds);

  it('is heard when a form is not muted, and not while it is muted', async () => {
    await host.say({ ...FORM, state: 'muted' });
    const page = await scene.open('crm.html');
    await page.click('#toggle');
    await bannerShows(page, 'muted');
    assert.equal(await sounds(), 0);
    await host.say(LOST);
    await bannerShows(page, 'unprotected');
    await until('the sound', async () => (await sounds()) === 1);
  });
});
