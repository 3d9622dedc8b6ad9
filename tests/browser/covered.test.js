// Tests that a payment form that is inert or behind something opaque does not count as open, but that an
// open form that is covered for a moment stays open. Also tests a frame that its page hides and shows.
import assert from 'node:assert/strict';
import * as runner from 'node:test';
import { bannerShows } from './harness/banner.js';
import { inBothBrowsers } from './harness/scene.js';

const { it } = runner;

// The early mute is off, so that only a form can mute the call.
inBothBrowsers(runner, 'a form that is not visible', { policy: { premute: false } }, (scene) => {
  const stand = (page, way) => page.evaluate(`stand('${way}')`);
  const since = ({ seq }, what) => scene().simulator.events.filter((event) =>
    event.type === 'request.received' && event.command === what && event.seq > seq);

  for (const way of ['panel', 'inert']) {
    it(`${way}: muted only when it is visible`, async () => {
      const opening = scene().simulator.mark('the page opens');
      const page = await scene().open(`covered.html#${way}`);
      await page.evaluate(() => new Promise((resolve) => { setTimeout(resolve, 500); }));
      assert.deepEqual(since(opening, 'mute'), []);
      await scene().payment({
        open: () => stand(page, ''), banner: () => page, close: () => page.goto('about:blank'),
      });
    });
  }

  for (const way of ['half', 'glass']) {
    it(`${way}: visible enough to be muted`, async () => {
      await scene().payment({
        open: async () => { scene().page = await scene().open(`covered.html#${way}`); },
        banner: () => scene().page, close: () => scene().page.close(),
      });
    });
  }

  it('covered while it is open: stays muted for a while, and is muted again when uncovered', async () => {
    const page = await scene().open('covered.html');
    await bannerShows(page, 'muted');
    const covering = scene().simulator.mark('covered');
    await stand(page, 'panel');
    const { at_ms } = await scene().simulator.waitFor({ type: 'call.unmuted' }, { after: covering.seq });
    assert.ok(at_ms - covering.at_ms > 4500, `unmuted after ${at_ms - covering.at_ms} ms`);
    const uncovering = scene().simulator.mark('uncovered');
    await stand(page, '');
    await scene().muted(uncovering);
  });

  it('in a frame of the same origin that the page hides by visibility: muted only when shown', async () => {
    const opening = scene().simulator.mark('the page opens');
    const page = await scene().open('not-payment.html');
    await page.evaluate(() => {
      const frame = Object.assign(document.createElement('iframe'), { src: 'plain.html' });
      frame.style.cssText = 'width: 600px; height: 400px; visibility: hidden';
      document.body.append(frame);
      return new Promise((resolve) => { frame.onload = () => { setTimeout(resolve, 500); }; });
    });
    assert.deepEqual(since(opening, 'mute'), []);
    const show = (visibility) => page.evaluate((to) => {
      document.querySelector('iframe').style.visibility = to;
    }, visibility);
    await scene().payment({ open: () => show('visible'), close: () => show('hidden'), gone: () => page });
  });
});
