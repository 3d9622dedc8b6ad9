// Starts a browser with a played host that says that the call is muted, and opens overlay.html in a frame.
import { playHost } from './played-host.js';
import { openPopup, popupShows } from './popup.js';
import { Scene } from './scene.js';
import { until } from './until.js';

/** @param {'chromium' | 'firefox'} name @param {object} policy */
export async function startMuted(name, policy) {
  const scene = await Scene.start(name, { install_host: false });
  const host = await playHost(scene.test_browser, policy);
  await host.say({ state: 'muted', surfaces: 1 });
  const popup = await openPopup(scene.test_browser); // so that the extension gets its sites from the host
  await popupShows(popup, ({ view }) => view === 'muted');
  return { scene, host, popup };
}

/** Opens a page with a payment form in a frame of another origin. @param {Scene} scene */
export async function openInFrame(scene) {
  const src = `${scene.pages.other_origin}/overlay.html`;
  const page = await scene.open(`frame.html?src=${encodeURIComponent(src)}`);
  const frame = await until('frame', async () => (await page.$('iframe')).contentFrame());
  await until('form', () => frame.evaluate('panel().hidden = false').then(() => true));
  return { page, frame };
}
