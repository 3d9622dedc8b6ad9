// What a person sees, hears and reaches, in every state, in English and Hebrew: the banner's and the popup's
// words and direction, badge and icon, no fault that axe finds, every button by keyboard. It leaves a picture
// of each in build/screenshots.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, afterEach, before, describe, it } from 'node:test';
import { bannerShows } from './harness/banner.js';
import { keepPicture, PATIENCE, STATES } from './harness/looks.js';
import { openPopup, popupShows } from './harness/popup.js';
import { readToolbar } from './harness/privileged.js';
import { BROWSERS, Scene } from './harness/scene.js';
import { until } from './harness/until.js';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Titles as they are to be read, and the toolbar's badge. */
const WORDS = {
  recording: { en: 'Recording', he: 'השיחה מוקלטת', badge: 'REC' },
  muting: { en: 'Muting…', he: 'משתיק את ההקלטה…', badge: '…' },
  muted: { en: 'Muted – go ahead', he: 'מושתק – אפשר לבקש את הכרטיס', badge: '✓' },
  unprotected: { en: 'NOT MUTED – do not ask for the card', he: 'לא מושתק – לא לבקש את הכרטיס', badge: '!' },
  unmuting: { en: 'Resuming recording…', he: 'מחדש את ההקלטה…', badge: '▶' },
};
const DIRECTION = { en: 'ltr', he: 'rtl' };

/** @param {any} popup @returns {Promise<string[]>} what the Tab key comes to, in its order, once round */
async function tabOrder(popup) {
  const reached = [];
  await popup.evaluate(() => /** @type {HTMLElement} */ (document.activeElement)?.blur());
  for (let presses = 0; presses < 12; presses += 1) {
    await popup.keyboard.press('Tab');
    const name = await popup.evaluate(() => {
      const { activeElement: at } = document;
      return document.hasFocus() && at !== document.body ? at.id || at.localName : '';
    });
    if (name === '' || reached.includes(name)) break;
    reached.push(name);
  }
  return reached;
}

/** @param {any} popup */
async function assertAccessible(popup) {
  await popup.evaluate(AXE);
  const faults = await popup.evaluate(async () => {
    const { violations } = await /** @type {any} */ (globalThis).axe.run(document);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
  assert.deepEqual(faults, []);
}

for (const name of BROWSERS) {
  for (const language of /** @type {const} */ (['en', 'he'])) {
    describe(`what a person sees, ${name}, ${language}`, () => {
      /** @type {Scene} */
      let scene;
      before(async () => { scene = await Scene.start(name, { language, voicenter: PATIENCE }); });
      afterEach(async () => {
        scene.simulator.closeConnections(); // lets go of an answer that is held back
        await scene.clear();
      });
      after(() => scene?.close());

      for (const { view, open, hold } of STATES) {
        it(view, async () => {
          const page = await scene.open(`crm.html${language === 'he' ? '?he' : ''}`);
          if (view === 'unmuting') {
            await page.click('#toggle');
            await bannerShows(page, 'muted');
          }
          hold(scene.simulator);
          if (open || view === 'unmuting') await page.click('#toggle');
          if (open) {
            const banner = await bannerShows(page, view);
            assert.equal(banner.lines[0], WORDS[view][language]);
            assert.equal(banner.dir, DIRECTION[language]);
            assert.equal(banner.lang, language);
            assert.equal(banner.role, view === 'unprotected' ? 'alert' : 'status');
            await keepPicture(page, `${name}-${language}-banner-${view}`);
          } else {
            await bannerShows(page, null);
          }
          const toolbar = await until('toolbar', async () => {
            const it_is = await readToolbar(scene.test_browser);
            return it_is.badge === WORDS[view].badge ? it_is : null;
          });
          assert.ok(toolbar.title.includes(WORDS[view][language]), toolbar.title);
          if (name === 'firefox') assert.match(toolbar.icon, new RegExp(`icons/${view}-32.png$`));

          const popup = await openPopup(scene.test_browser);
          await popupShows(popup, ({ view: shown, title }) =>
            shown === view && title === WORDS[view][language], `${view} in ${language}`);
          const { dir, lang } = await popup.evaluate(() => {
            const { documentElement: root } = document;
            return { dir: root.dir, lang: root.lang };
          });
          assert.deepEqual([dir, lang], [DIRECTION[language], language]);
          await assertAccessible(popup);
          const body = await popup.$('body');
          await keepPicture(body, `${name}-${language}-popup-${view}`);
          const expected = ['mute', 'record', 'auto'];
          if (view === 'unprotected') expected.unshift('summary');
          assert.deepEqual(await tabOrder(popup), expected);
        });
      }

      it('mutes and resumes by keyboard alone', async () => {
        const popup = await openPopup(scene.test_browser);
        await popupShows(popup, ({ view }) => view === 'recording');
        await popup.focus('#mute');
        await popup.keyboard.press('Enter');
        await popupShows(popup, ({ view }) => view === 'muted');
        await popup.focus('#record');
        await popup.keyboard.press(' ');
        await popupShows(popup, ({ view }) => view === 'recording');
      });
    });
  }
}
