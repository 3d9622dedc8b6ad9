// Plays the agent's part: opens the payment form, types a card, charges the card.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { bannerShows } from '../../tests/browser/harness/banner.js';
import { openPopup, popupShows } from '../../tests/browser/harness/popup.js';

/** A public test number. CardMute does not read it. */
const CARD = { name: 'Dana Levi', number: '4111111111111111', until: '12/30', code: '123' };

/**
 * @param {object} scene
 * @param {import('../../tests/browser/harness/browsers.js').TestBrowser} scene.test_browser
 * @param {string} scene.url of the CRM
 * @param {import('../../tests/simulator/simulator.js').Simulator} scene.simulator
 * @param {string} scene.screenshots folder
 */
export async function playAgent({ test_browser, url, simulator, screenshots }) {
  await mkdir(screenshots, { recursive: true });
  const [page] = await test_browser.browser.pages();
  const shoot = (name, from = page) => from.screenshot({
    path: /** @type {`${string}.png`} */ (path.join(screenshots, `${name}.png`)),
  });
  /** @param {'mute'|'unmute'} command @param {number} after */
  const answered = (command, after) => simulator.waitFor(
    (event) => event.type === 'request.answered' && event.command === command && event.at_ms >= after,
    { timeout_ms: 15000 },
  );

  await page.goto(url);
  // The warm connection shows that the extension has seen the CRM and that the host runs.
  await simulator.waitFor((event) => event.type === 'request.received' && event.method === 'HEAD',
    { timeout_ms: 30000 });
  await shoot('1-before');

  const opened = simulator.mark('form opened');
  await page.click('#pay');
  const acknowledged = await answered('mute', opened.at_ms);
  await bannerShows(page, 'muted');
  const typing = {
    'cc-name': CARD.name, 'cc-number': CARD.number, 'cc-exp': CARD.until, 'cc-csc': CARD.code,
  };
  for (const [field, text] of Object.entries(typing)) {
    await page.type(`input[autocomplete=${field}]`, text);
  }
  await shoot('2-muted');
  const popup = await openPopup(test_browser);
  await popup.setViewport({ width: 380, height: 640 });
  await popupShows(popup, ({ view }) => view === 'muted');
  await shoot('3-popup', popup);
  await popup.close();
  await page.bringToFront();

  const closed = simulator.mark('form closed');
  await page.click('#charge');
  const unmuted = await answered('unmute', closed.at_ms);
  await bannerShows(page, null);
  await shoot('4-after');
  return { opened, acknowledged, closed, unmuted };
}
