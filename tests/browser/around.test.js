// Tests a page that hides, covers, moves or scales a frame of another origin with a payment form in it. The
// frame cannot look at the page around it. So either the browser tells the frame what a person sees of it, or
// the page's top frame shows the banner.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { bannerShows } from './harness/banner.js';
import { openInFrame, startMuted } from './harness/played-scene.js';
import { badgeShows } from './harness/privileged.js';
import { BROWSERS } from './harness/scene.js';
import { until } from './harness/until.js';

const POLICY = {
  sites: ['http://127.0.0.1/*'], rules: [], interlock: 'block', interlock_timeout_ms: 300, premute: false,
  on_browser_gone: 'resume', grace_ms: 3000, allow_record_override: false, idle_minutes: 10,
  on_idle: 'alert', manual_mute_minutes: 30,
};

/**
 * What the page does to hide the frame: styles of the frame, of an element around the frame, or of one over
 * the frame.
 */
const HIDING = {
  'nearly transparent': { frame: 'opacity: 0.05' },
  'cut off by an element': { around: 'contain: strict; width: 600px; height: 20px' },
  'made unreadable': { frame: 'filter: blur(9px)' },
  'scaled down': { frame: 'transform: scale(0.2)' },
  'blended': { frame: 'mix-blend-mode: lighten' },
  'below an element that lets the pointer through': { cover: 'pointer-events: none' },
};

/** Ways of hiding a frame that Chromium does not report to the frame. */
const UNREPORTED = {
  'cut off by a shape': { frame: 'clip-path: inset(80% 0 0 0)' },
  'behind a mask': { frame: 'mask-image: linear-gradient(transparent, transparent)' },
};

for (const name of BROWSERS) {
  describe(`a hostile page around a frame, ${name}`, () => {
    /** @type {import('./harness/scene.js').Scene} */
    let scene;
    let popup;
    before(async () => { ({ scene, popup } = await startMuted(name, POLICY)); });
    afterEach(async () => {
      for (const page of await scene.test_browser.browser.pages()) if (page !== popup) await page.close();
    });
    after(() => scene?.close());

    /** @param {any} page */
    const isTold = (page) => (name === 'chromium' ? badgeShows(scene.test_browser, '✓?')
      : bannerShows(page, 'muted'));

    for (const [how, styles] of Object.entries({ ...HIDING, ...(name === 'firefox' && UNREPORTED) })) {
      it(`${how}: it is told, or the top of the page shows the banner when the form is used`, async () => {
        const { page, frame } = await openInFrame(scene);
        await bannerShows(frame, 'muted');
        await page.$eval('iframe', (it_is, { frame: own = '', around = '', cover = '' }) => {
          const box = document.createElement('div');
          if (around) Object.assign(box, { style: around });
          it_is.style = own;
          if (around) it_is.before(box);
          if (around) box.moveBefore(it_is, null);
          if (!cover) return;
          const { left, top, width, height } = it_is.getBoundingClientRect();
          document.body.append(Object.assign(document.createElement('div'), {
            style: `position:fixed;left:${left}px;top:${top}px;width:${width}px;height:${height}px;`
              + `background:#fff;${cover}`,
          }));
        }, styles);
        // The field gets the focus only now, because Chromium sometimes takes the focus from a field in a
        // frame that is moved.
        await frame.$eval('#number', (field) => field.focus({ preventScroll: true }));
        await page.keyboard.type('4');
        assert.equal(await frame.$eval('#number', ({ value }) => value), '4');
        await isTold(page);
      });
    }

    it('a field that is kept out of view excuses no hidden banner once a person types in it', async () => {
      const { page, frame } = await openInFrame(scene);
      await bannerShows(frame, 'muted');
      await frame.evaluate(() => {
        document.querySelector('#payment').style = 'position: absolute; top: 3000px';
        document.querySelector('#number').focus({ preventScroll: true });
      });
      await frame.evaluate("attack('cover')");
      let isDone = false;
      const typing = until('the end of the typing', async () => {
        await page.keyboard.type('4');
        // The browser scrolls to the field while a person types. The page scrolls back.
        await frame.evaluate('scrollTo(0, 0)');
        return isDone;
      });
      await isTold(page).finally(() => { isDone = true; });
      await typing;
    });
  });
}
