// Tests the early mute: if a control or a route has led to a payment form before, its next use mutes the
// call before the form appears.
import assert from 'node:assert/strict';
import * as runner from 'node:test';
import { bannerShows } from './harness/banner.js';
import { inBothBrowsers } from './harness/scene.js';

const { it } = runner;

inBothBrowsers(runner, 'the early mute', {}, (scene) => {
  const unmuted = (mark) => scene().simulator.waitFor({ type: 'call.unmuted' }, { after: mark.seq });

  /**
   * Presses the control and then shows the form, so that the extension learns that the control leads to the
   * form.
   */
  async function teach(page, control) {
    const mark = scene().simulator.mark('the lesson');
    await page.click(control);
    await page.evaluate('showForm()');
    await scene().muted(mark);
    await bannerShows(page, 'muted');
    const closing = scene().simulator.mark('the lesson ends');
    await page.evaluate('hideForm()');
    await unmuted(closing);
  }

  it('a control that led to the form mutes when pressed; the form comes into a muted call', async () => {
    const page = await scene().open('early.html');
    await teach(page, '#pay');
    const pressed = scene().simulator.mark('pressed again');
    await page.click('#pay');
    const acknowledged = await scene().muted(pressed);
    assert.equal(await page.$('form'), null, 'the form is not there yet');
    const { ivrid } = scene();
    await page.evaluate('showForm()');
    await bannerShows(page, 'muted');
    const closing = scene().simulator.mark('the form closes');
    await page.evaluate('hideForm()');
    await scene().simulator.waitFor({ type: 'call.unmuted', ivrid }, { after: closing.seq });
    assert.equal(scene().simulator.wasRecordedBetween(ivrid, acknowledged.at_ms, closing.at_ms), false,
      'recorded between the press and the end of the form');
  });

  it('no form comes: it lapses by itself, and another control asks for nothing', async () => {
    const page = await scene().open('early.html');
    await teach(page, '#pay');
    const other = scene().simulator.mark('another control');
    await page.click('#print');
    const pressed = scene().simulator.mark('pressed in vain');
    await page.click('#pay');
    await scene().muted(pressed);
    await unmuted(pressed);
    const asked = scene().simulator.events.filter(({ type, command, seq }) =>
      type === 'request.received' && command === 'mute' && seq > other.seq && seq < pressed.seq);
    assert.deepEqual(asked, []);
  });

  it('a route that led to the form mutes when it is entered, also in a page opened later', async () => {
    const enter = (page) => page.evaluate(() => {
      window.history.pushState(null, '', `#/orders/${Date.now()}/pay`);
    });
    const page = await scene().open('early.html#/orders/1/customer');
    await enter(page);
    await page.evaluate('showForm()');
    await bannerShows(page, 'muted');
    const closing = scene().simulator.mark('the form closes');
    await page.evaluate('hideForm()');
    await unmuted(closing);
    const again = await scene().open('early.html#/orders/2/customer');
    const entered = scene().simulator.mark('the route is entered');
    await enter(again);
    await scene().muted(entered);
    assert.equal(await again.$('form'), null);
    await unmuted(entered);
  });
});

inBothBrowsers(runner, 'the early mute, switched off', { policy: { premute: false } }, (scene) => {
  it('a press does not mute; the form does', async () => {
    const page = await scene().open('early.html');
    for (let time = 0; time < 2; time += 1) {
      const pressed = scene().simulator.mark('pressed');
      await page.click('#pay');
      const shown = scene().simulator.mark('the form is shown');
      await page.evaluate('showForm()');
      const { seq } = await scene().muted(pressed);
      assert.ok(seq > shown.seq);
      const closing = scene().simulator.mark('the form closes');
      await page.evaluate('hideForm()');
      await scene().simulator.waitFor({ type: 'call.unmuted' }, { after: closing.seq });
    }
  });
});
