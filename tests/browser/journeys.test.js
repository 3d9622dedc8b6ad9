// Tests changes of a page with an open payment form: the page draws the form again, changes its route, is
// left, is reloaded, or is restored from the back-forward cache.
import assert from 'node:assert/strict';
import * as runner from 'node:test';
import { bannerShows } from './harness/banner.js';
import { inBothBrowsers } from './harness/scene.js';

const { it } = runner;

inBothBrowsers(runner, 'a page that changes', {}, (scene) => {
  /** Goes back as a person does; puppeteer's goBack() cannot follow Firefox's back-forward cache. */
  const goBack = (page) => page.evaluate(() => { setTimeout(() => window.history.back()); });

  it('a single-page application changes its route', async () => {
    const page = await scene().open('single-page.html');
    await scene().payment({ open: () => page.click('a[href="#pay"]'), banner: () => page,
      close: () => page.click('a[href="#customer"]'), gone: () => page });
  });

  it('a form that is drawn again stays muted: no unmute is sent', async () => {
    const page = await scene().open('single-page.html');
    const { simulator } = scene();
    await scene().payment({
      open: () => page.click('a[href="#pay"]'), banner: () => page,
      meanwhile: async () => {
        for (let round = 0; round < 5; round += 1) {
          await page.evaluate('redraw(60)');
          await page.waitForSelector('form');
          await bannerShows(page, 'muted');
        }
        const unmutes = simulator.events.filter(({ type, ivrid }) =>
          type === 'call.unmuted' && ivrid === scene().ivrid);
        assert.equal(unmutes.length, 0);
      },
      close: () => page.click('a[href="#customer"]'), gone: () => page,
    });
  });

  it('the agent goes to another page', async () => {
    const page = await scene().open('not-payment.html');
    await scene().payment({ open: () => page.goto(`${scene().pages.origin}/plain.html`), banner: () => page,
      close: () => page.goto(`${scene().pages.origin}/not-payment.html`), gone: () => page });
  });

  it('the agent goes to a site that is not watched', async () => {
    const page = await scene().open('not-payment.html');
    await scene().payment({ open: () => page.goto(`${scene().pages.origin}/plain.html`), banner: () => page,
      close: () => page.goto(`${scene().pages.other_origin}/plain.html`), gone: () => page });
  });

  it('the agent goes back to a form in the back-forward cache', async () => {
    const page = await scene().open('plain.html');
    await bannerShows(page, 'muted');
    await page.evaluate(() => {
      addEventListener('pageshow', ({ persisted }) => { document.title = `persisted: ${persisted}`; });
    });
    const leaving = scene().simulator.mark('the page is left');
    await page.goto(`${scene().pages.origin}/not-payment.html`);
    await scene().simulator.waitFor({ type: 'call.unmuted' }, { after: leaving.seq });
    await scene().payment({
      open: () => goBack(page), banner: () => page,
      meanwhile: async () => assert.equal(await page.title(), 'persisted: true'),
      close: () => page.click('#payment button'), gone: () => page,
    });
  });

  it('the page is reloaded: muted before and after', async () => {
    const page = await scene().open('plain.html');
    await bannerShows(page, 'muted');
    const reloading = scene().simulator.mark('reloading');
    await scene().payment({
      open: async () => {
        await page.reload();
        await scene().muted(reloading);
      },
      banner: () => page, close: () => page.click('#payment button'), gone: () => page,
    });
  });
});
