// Tests a payment form with a frame for each field, from a provider that is not in the list of payment
// providers.
import assert from 'node:assert/strict';
import * as runner from 'node:test';
import { inBothBrowsers } from './harness/scene.js';

const { it } = runner;

inBothBrowsers(runner, 'fields in frames', { policy: { premute: false } }, (scene) => {
  const add = (page, name, placeholder, height_px = 40) => page.evaluate(
    `add(${JSON.stringify([name, scene().pages.other_origin, placeholder, height_px]).slice(1, -1)})`);
  const remove = (page, name) => page.evaluate(`remove(${JSON.stringify(name)})`);

  it('together are a payment form, while both are there', async () => {
    const page = await scene().open('fields.html');
    await add(page, 'number', 'Card number');
    for (let round = 0; round < 2; round += 1) {
      await scene().payment({
        open: () => add(page, 'expiry', 'MM / YY'), close: () => remove(page, 'expiry'), gone: () => page,
      });
    }
  });

  it('count together with a field of the page beside them', async () => {
    const page = await scene().open('fields.html');
    await page.evaluate(() => {
      document.querySelector('main').insertAdjacentHTML('afterend', '<p>Expiry date <input id="expiry"></p>');
    });
    await scene().payment({
      open: () => add(page, 'number', 'Card number'), close: () => remove(page, 'number'), gone: () => page,
    });
  });

  it('do not count together with what is no field of a card, or far away, or in a large frame', async () => {
    const page = await scene().open('fields.html');
    const opening = scene().simulator.mark('opens');
    await page.evaluate(() => {
      document.querySelector('main').insertAdjacentHTML('afterend',
        '<p style="margin-top: 900px">Expiry date <input></p>');
    });
    await add(page, 'number', 'Card number');
    await add(page, 'amount', 'Amount');
    await add(page, 'large', 'Expiry date', 400);
    // The fields so far must not mute the call, so the first mute must come after this mark.
    const last = scene().simulator.mark('the expiry');
    await add(page, 'expiry', 'Expiry date');
    await scene().muted(last);
    assert.deepEqual(scene().simulator.events.filter(({ type, command, seq }) =>
      type === 'request.received' && command === 'mute' && seq > opening.seq && seq < last.seq), []);
  });
});
