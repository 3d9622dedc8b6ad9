// Tests a page that declares by an attribute or by events that it asks for a card.
import assert from 'node:assert/strict';
import * as runner from 'node:test';
import { commandInJson } from '../host/process/commands.js';
import { inBothBrowsers } from './harness/scene.js';

const { it } = runner;

inBothBrowsers(runner, 'a page declares a form', { policy: { premute: false } }, (scene) => {
  const send = (page, name, at = 'document') =>
    page.evaluate(`${at}.dispatchEvent(new Event(${JSON.stringify(name)}, { bubbles: true }))`);
  const box = 'document.querySelector("h1, button")';

  it('by an attribute', async () => {
    const page = await scene().open('not-payment.html');
    await scene().payment({
      open: () => page.evaluate(`${box}.setAttribute('data-cardmute', 'payment')`),
      close: () => page.evaluate(`${box}.removeAttribute('data-cardmute')`), gone: () => page,
    });
  });

  for (const at of ['window', 'document', box]) {
    it(`by events at ${at}`, async () => {
      const page = await scene().open('not-payment.html');
      for (let round = 0; round < 2; round += 1) {
        await scene().payment({
          open: () => send(page, 'cardmute:open', at), banner: () => page,
          close: () => send(page, 'cardmute:close', at), gone: () => page,
        });
      }
    });
  }

  it('without an event the mute ends when the element is removed or the page is left', async () => {
    const page = await scene().open('not-payment.html');
    await scene().payment({
      open: () => send(page, 'cardmute:open', box), close: () => page.evaluate(`${box}.remove()`),
      gone: () => page,
    });
    await scene().payment({
      open: () => send(page, 'cardmute:open'), close: () => page.goto('about:blank'),
    });
  });

  it('two forms in one closed shadow root: muted until both have ended', async () => {
    const page = await scene().open('not-payment.html');
    const sendAt = (name, place) => page.evaluate((type, index) => {
      globalThis.forms[index].dispatchEvent(new Event(type, { bubbles: true, composed: true }));
    }, name, place);
    await scene().payment({
      open: async () => {
        await page.evaluate(() => {
          const host = document.createElement('div');
          const root = host.attachShadow({ mode: 'closed' });
          root.innerHTML = '<p>One</p><p>Other</p>';
          globalThis.forms = root.children;
          document.body.append(host);
        });
        for (const place of [0, 1]) await sendAt('cardmute:open', place);
      },
      meanwhile: async () => {
        await sendAt('cardmute:close', 0);
        await page.evaluate(() => new Promise((looked) => setTimeout(looked, 500)));
      },
      close: () => sendAt('cardmute:close', 1), gone: () => page,
    });
  });

  it('cardmute:close ends no form that the detector has found', async () => {
    let page;
    await scene().payment({
      open: async () => { page = await scene().open('plain.html'); },
      meanwhile: async () => {
        await send(page, 'cardmute:open');
        await send(page, 'cardmute:close');
        await page.evaluate(() => new Promise((looked) => setTimeout(looked, 500)));
      },
      close: () => page.click('#payment button'), gone: () => page,
    });
  });

  it('the ledger counts declared forms', async () => {
    const { summary } = (await commandInJson(scene().test_browser, 'ledger')).document;
    assert.ok(summary.declared > 0 && summary.declared < summary.surfaces, JSON.stringify(summary));
  });
});
