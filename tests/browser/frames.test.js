// Tests a payment form in a frame: of the page's own origin, of another origin, too small for a banner, or
// of a payment provider.
import assert from 'node:assert/strict';
import * as runner from 'node:test';
import { readBanner } from './harness/banner.js';
import { inBothBrowsers } from './harness/scene.js';
import { until } from './harness/until.js';

const { it } = runner;

/** An Israeli payment provider. The browsers resolve its name to this machine. */
const PROVIDER = 'hf.tranzila.com';
/**
 * The provider in provider-frame.html. The browsers resolve its name to this machine, where nothing listens
 * on its port.
 */
const SILENT_PROVIDER = 'js.stripe.com';

/** @param {any} page @param {(url: URL) => boolean} wanted */
const frameOf = (page, wanted) => until('frame', async () => {
  const frame = await (await page.$('iframe')).contentFrame();
  return wanted(new URL(frame.url())) ? frame : null;
});

inBothBrowsers(runner, 'a form in a frame', { local_hosts: [PROVIDER, SILENT_PROVIDER] }, (scene) => {
  /** @param {string} src @param {string} [more] */
  const around = (src, more = '') => `frame.html?src=${encodeURIComponent(src)}${more}`;

  it('of the same origin: the banner is in the frame', async () => {
    let page;
    let frame;
    await scene().payment({
      open: async () => {
        page = await scene().open(around('plain.html'));
        frame = await frameOf(page, (url) => url.pathname === '/plain.html');
      },
      banner: () => frame, meanwhile: async () => assert.equal(await readBanner(page), null),
      close: () => frame.click('#payment button'), gone: () => frame,
    });
  });

  it('of another origin: the banner is in the frame', async () => {
    let page;
    let frame;
    await scene().payment({
      open: async () => {
        page = await scene().open(around(`${scene().pages.other_origin}/plain.html`));
        frame = await frameOf(page, (url) => url.hostname === 'localhost');
      },
      banner: () => frame, meanwhile: async () => assert.equal(await readBanner(page), null),
      close: () => page.evaluate('remove()'), gone: () => page,
    });
  });

  it('of another origin and too small: the banner is at the top of the page around it', async () => {
    let page;
    await scene().payment({
      open: async () => {
        page = await scene().open(around(`${scene().pages.other_origin}/plain.html`, '&small=1'));
      },
      banner: () => page, close: () => page.evaluate('remove()'), gone: () => page,
    });
  });

  it('comes late, closes by itself, and comes again', async () => {
    const page = await scene().open(around(`${scene().pages.other_origin}/plain.html`));
    await page.evaluate('remove()');
    for (let round = 0; round < 2; round += 1) {
      let frame;
      await scene().payment({
        open: async () => {
          await page.evaluate('insert()');
          frame = await frameOf(page, (url) => url.hostname === 'localhost');
        },
        banner: () => frame, close: () => frame.click('#payment button'), gone: () => frame,
      });
      await page.evaluate('remove()');
    }
  });

  it('of a payment provider: the banner is in the page around it, not in the frame', async () => {
    const provider = `http://${PROVIDER}:${scene().pages.port}/plain.html`;
    let page;
    await scene().payment({
      open: async () => { page = await scene().open(around(provider)); },
      banner: () => page,
      meanwhile: async () => {
        const frame = await frameOf(page, (url) => url.hostname === PROVIDER);
        assert.ok(await frame.$('#number'), 'the provider\'s frame was there');
        assert.equal(await readBanner(frame), null);
      },
      close: () => page.evaluate('remove()'), gone: () => page,
    });
  });

  it('of another origin, as <embed>: the call is muted while it is there', async () => {
    let page;
    await scene().payment({
      open: async () => {
        page = await scene().open(around(`${scene().pages.other_origin}/plain.html`, '&as=embed'));
      },
      close: () => page.evaluate('remove()'), gone: () => page,
    });
  });

  it('of a payment provider, as <object>: the banner is in the page around it', async () => {
    const provider = `http://${PROVIDER}:${scene().pages.port}/plain.html`;
    let page;
    await scene().payment({
      open: async () => { page = await scene().open(around(provider, '&as=object')); },
      banner: () => page, close: () => page.evaluate('remove()'), gone: () => page,
    });
  });

  it('of a payment provider that does not answer', async () => {
    let page;
    await scene().payment({
      open: async () => { page = await scene().open('provider-frame.html'); },
      banner: () => page, close: () => page.evaluate('remove()'), gone: () => page,
    });
  });
});
