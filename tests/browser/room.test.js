// Tests the banner where there is little room: zoomed pages, a narrow window, a dialog, both text
// directions. The banner can be read, and neither it nor a cover is over a field that can be typed into. With
// "block" no cover is over the banner's button, and the button can be pressed. Leaves pictures in
// build/screenshots.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { bannerShows, goOn, readBanner, readCovers } from './harness/banner.js';
import { askInClosed } from './harness/closed.js';
import { offersToGoOn, uncovered } from './harness/interlock.js';
import { keepPicture } from './harness/looks.js';
import { playHost } from './harness/played-host.js';
import { openPopup, popupShows } from './harness/popup.js';
import { BROWSERS, Scene } from './harness/scene.js';
import { until } from './harness/until.js';
import { zoomTo } from './harness/zoom.js';

const POLICY = {
  sites: ['http://127.0.0.1/*'], rules: [], interlock: 'warn', interlock_timeout_ms: 300, premute: false,
  on_browser_gone: 'resume', grace_ms: 3000, allow_record_override: false, idle_minutes: 10,
  on_idle: 'alert', manual_mute_minutes: 30, form_mute_minutes: 10,
};
const NOT_MUTED = { state: 'unprotected', surfaces: 1, problem: { code: 'timeout', message: 'No answer.' } };
/** The zooms come last: a browser keeps the zoom for the origin, and Firefox then resizes no window. */
const WINDOWS = /** @type {const} */ ([
  ['100 %', null, 1], ['a narrow window', { width: 320, height: 700 }, 1], ['200 %', null, 2],
  ['400 %', null, 4],
]);
const PAGES = [
  ['a page', 'crm.html', '#toggle'], ['a page from right to left', 'crm.html?he', '#toggle'],
  ['a dialog', 'dialog.html', 'button'], ['a dialog from right to left', 'dialog.html?he', 'button'],
];

/** The boxes of the visible fields that can be typed into, and the size of the window. */
const surroundings = (page) => page.evaluate(() => ({
  fields: [...document.querySelectorAll('input:not([inert])')].filter((field) => field.checkVisibility())
    .map((field) => {
      const { left, top, right, bottom } = field.getBoundingClientRect();
      return { left, top, right, bottom };
    }),
  width: window.innerWidth, height: window.innerHeight,
}));

/** @param {any} page @param {(this: HTMLElement) => boolean} question */
const askBanner = (page, question) => askInClosed(page, '[data-cardmute-banner]', 'box', question);

/** Whether the banner's button is on top of everything else that the extension shows, such as covers. */
const buttonIsOnTop = (page) => askBanner(page, function isOnTop() {
  const button = this.querySelector('button');
  const { left, top, right, bottom } = button.getBoundingClientRect();
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return [[x, y], [left + 2, y], [right - 2, y], [x, top + 2], [x, bottom - 2]]
    .every((point) => this.getRootNode().elementFromPoint(...point) === button);
});

/** Focuses the banner if it shows only a part of its text. Returns whether it does so. */
const focusIfShrunk = (page) => askBanner(page, function focusIt() {
  const is_shrunk = this.dataset.size !== '';
  if (is_shrunk) this.focus();
  return is_shrunk;
});
const isWhole = (page) => askBanner(page, function hasAll() { return this.dataset.size === ''; });
const hasFocus = (page) => askBanner(page, function isFocused() { return this.matches(':focus'); });

const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

for (const name of BROWSERS) {
  for (const interlock of /** @type {const} */ (['warn', 'block'])) {
    describe(`${interlock}, ${name}`, () => {
      /** @type {Scene} */
      let scene;
      let host;
      let popup;
      before(async () => {
        scene = await Scene.start(name, { install_host: false });
        host = await playHost(scene.test_browser, { ...POLICY, interlock });
        await host.say(NOT_MUTED);
        popup = await openPopup(scene.test_browser); // so that the extension gets its sites from the host
        await popupShows(popup, ({ view }) => view === 'unprotected');
      });
      after(() => scene?.close());

      if (interlock === 'warn') {
        it('fields in a closed shadow root that was attached late are not covered', async () => {
          const page = await scene.open('buried.html');
          await page.click('#toggle');
          await bannerShows(page, 'unprotected');
          await until('a place beside all fields', async () => {
            const { box } = await readBanner(page);
            const fields = await page.evaluate('typed().map((it) => it.getBoundingClientRect().toJSON())');
            assert.equal(fields.length, 4);
            return fields.every((field) => !overlap(box, field));
          });
          await page.close();
        });
      }

      for (const [size, viewport, zoom] of WINDOWS) {
        for (const [what, file, opener] of PAGES) {
          it(`${what}, ${size}`, async () => {
            const page = await scene.open(file);
            if (viewport) await page.setViewport(viewport);
            await zoomTo(popup, page, zoom);
            await page.evaluate((selector) => document.querySelector(selector).click(), opener);
            await page.evaluate(() => document.querySelector('[autocomplete=cc-number]')
              .scrollIntoView({ block: 'center' }));
            if (interlock === 'block') {
              await offersToGoOn(page);
            } else {
              await page.evaluate(() => document.querySelector('[autocomplete=cc-number]')
                .focus({ preventScroll: true }));
            }
            await bannerShows(page, 'unprotected');
            await until('a place of its own', async () => {
              const [{ box, lines }, { fields, width, height }] =
                [await readBanner(page), await surroundings(page)];
              assert.match(lines[0], /NOT MUTED – do not ask for the card/);
              assert.ok(box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height,
                `${JSON.stringify(box)} in ${width} x ${height}`);
              const covers = await readCovers(page);
              assert.equal(covers.length > 0, interlock === 'block');
              for (const ours of [box, ...covers.map((cover) => cover.box)]) {
                for (const field of fields) {
                  assert.equal(overlap(ours, field), false, `${JSON.stringify({ ours, field })}`);
                }
              }
              if (interlock === 'block') assert.ok(await buttonIsOnTop(page));
              return true;
            });
            if (interlock === 'warn') {
              if (await focusIfShrunk(page)) await until('the whole text at the focus', () => isWhole(page));
              if (zoom === 4) assert.ok(await hasFocus(page), 'it had room for all');
            }
            await keepPicture(page, `${name}-room-${interlock}-${what}-${size}`.replace(/[ %]+/g, '-'));
            if (interlock === 'block') {
              await goOn(page);
              await uncovered(page);
            }
            await page.close();
          });
        }
      }
    });
  }
}
