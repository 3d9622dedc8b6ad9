// Tests that the popup says which words of the page decided, including words in a frame and in a closed
// shadow root, and says nothing that is typed.
import assert from 'node:assert/strict';
import * as runner from 'node:test';
import { bannerShows } from './harness/banner.js';
import { openPopup } from './harness/popup.js';
import { inBothBrowsers } from './harness/scene.js';
import { until } from './harness/until.js';

const { it } = runner;

const INNER = '<label>Expiry date <input></label>';
const PAGE = `<form id="pay"><label>Card number <input name="a"></label>
  <label>Expiry <input name="b"></label>
  <div><template shadowrootmode="closed"><label>Fuel card number <input name="c"></label></template></div>
  </form><iframe srcdoc='${INNER}'></iframe>`;

/** @param {any} popup @returns {Promise<string>} */
const words = (popup) => popup.$eval('#why-lines', (part) =>
  [...part.children].map(({ textContent }) => textContent).join('\n'));

inBothBrowsers(runner, 'the popup', {}, (scene) => {
  it('says which words decided, and nothing that is typed', async () => {
    const page = await scene().open('unknown.html');
    await page.evaluate((html) => document.body.setHTMLUnsafe(html), PAGE);
    await bannerShows(page, 'muted');
    await page.type('[name=a]', '4111');
    const popup = await openPopup(scene().test_browser);
    await page.bringToFront();
    await until('a watched page in the popup', () => popup.$eval('#correct, #forms',
      () => document.getElementById('forms')?.textContent === '1'));
    await popup.evaluate(() => { document.querySelector('#why').open = true; });
    await until('the words', async () => (await words(popup)).includes('payment form:'));
    const said = await words(popup);
    const { origin } = scene().pages;
    for (const line of [`${origin}: card number and expiry`,
      'form[id="pay"]: payment form: card number and expiry',
      '  input[name="a"]: number (label "card number" says so)',
      '  input[name="c"]: no card field (label "fuel card number" speaks against it)',
      '  input: expiry (label "expiry date" says so)']) assert.ok(said.split('\n').includes(line), said);
    assert.ok(!said.includes('4111'), said);
  });
});
