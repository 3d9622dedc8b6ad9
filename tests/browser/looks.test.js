// Tests what a person sees and can reach in every state, in English and Hebrew: texts and their direction,
// badge and icon. axe must find no violation, and Tab must reach every button. Leaves pictures in
// build/screenshots.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, afterEach, before, describe, it } from 'node:test';
import { bannerShows, goOn } from './harness/banner.js';
import { covered, offersToGoOn, uncovered } from './harness/interlock.js';
import { keepPicture, PATIENCE, STATES } from './harness/looks.js';
import { playHost } from './harness/played-host.js';
import { openGroups, openPopup, popupShows } from './harness/popup.js';
import { badgeShows, readToolbar } from './harness/privileged.js';
import { BROWSERS, Scene } from './harness/scene.js';
import { until } from './harness/until.js';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The expected texts, written out here so that a changed translation fails the test. */
const WORDS = {
  recording: { en: 'Recording', he: 'השיחה מוקלטת', badge: 'REC' },
  muting: { en: 'Muting…', he: 'משתיק את ההקלטה…', badge: '…' },
  muted: { en: 'Muted – go ahead', he: 'מושתק – אפשר לבקש את הכרטיס', badge: '✓' },
  unprotected: { en: 'NOT MUTED – do not ask for the card', he: 'לא מושתק – לא לבקש את הכרטיס', badge: '!' },
  unmuting: { en: 'Resuming recording…', he: 'מחדש את ההקלטה…', badge: '▶' },
};
const DIRECTION = { en: 'ltr', he: 'rtl' };

/** @param {any} popup @returns {Promise<string[]>} what the Tab key reaches, in order, each element once */
async function tabOrder(popup) {
  const reached = [];
  // Marks the elements that were reached. Names cannot tell the elements apart, because several list items
  // have a summary without a name.
  await popup.evaluate(() => /** @type {HTMLElement} */ (document.activeElement)?.blur());
  for (let presses = 0; presses < 12; presses += 1) {
    await popup.keyboard.press('Tab');
    const name = await popup.evaluate(() => {
      const at = /** @type {HTMLElement} */ (document.activeElement);
      if (!document.hasFocus() || at === document.body || 'reached' in at.dataset) return '';
      at.dataset.reached = '';
      return at.id || at.localName;
    });
    if (name === '') break;
    reached.push(name);
  }
  return reached;
}

/** The largest popup that browsers show, and what remains of that size in CSS pixels at a zoom of 200 %. */
const POPUP_px = { width: 800, height: 600 };
const ZOOMED_px = { width: 400, height: 300 };

/**
 * Checks that the popup fits without scrolling, and that a zoomed popup scrolls only vertically.
 * @param {any} popup
 */
async function assertWhole(popup) {
  const usual = popup.viewport();
  for (const size of [POPUP_px, ZOOMED_px]) {
    await popup.setViewport(size);
    const { wide, high, cut } = await popup.evaluate(() => ({
      wide: document.documentElement.scrollWidth, high: document.body.offsetHeight,
      cut: [...document.querySelectorAll('h1, p, button, summary')]
        .filter((element) => element.checkVisibility() && element.scrollWidth > element.clientWidth + 1)
        .map(({ id }) => id),
    }));
    assert.ok(wide <= size.width, `${wide} px wide at ${size.width}`);
    assert.deepEqual(cut, []);
    if (size === POPUP_px) assert.ok(high <= size.height, `${high} px high`);
  }
  await popup.setViewport(usual);
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

const POLICY = {
  sites: ['http://127.0.0.1/*'], rules: [], interlock: 'warn', on_browser_gone: 'resume', grace_ms: 3000,
  allow_record_override: false, idle_minutes: 10, on_idle: 'alert', manual_mute_minutes: 30,
  form_mute_minutes: 10,
};
const HELD = {
  state: 'muted', provider: 'Voicenter', surfaces: 1, last: {
    request: 'mute', at: '2026-11-21T10:00:00.123Z', http_status: 200, error_code: 200, message: 'Success',
    action_id: '14d3b31988b247be8ff5818d1cad3d3', latency_ms: 12.3,
  },
};
const NOTICES = [
  { code: 'polarity_unproven', message: 'No test call has proven that state 1 mutes.' },
  { code: 'form_idle', message: 'A payment form has been open and untouched for 10 minutes.' },
  { code: 'from_a_newer_host', message: 'Something that this extension has no words for.' },
];
const SAID = {
  en: {
    reminder: /^Reminder: .*more than 10 min/, unproven: /No test call has shown yet/,
    confirmed: /Voicenter confirms: not recording/, denied: /NOT confirmed/,
    recorded: /the call is still being recorded/, elsewhere: /Another browser window of yours/,
  },
  he: {
    reminder: /^תזכורת: .*יותר מ-10 דק׳/, unproven: /עדיין לא נבדק בשיחת ניסיון/,
    confirmed: /Voicenter מאשר: לא מוקלט/, denied: /לא אושר/,
    recorded: /השיחה עדיין מוקלטת/, elsewhere: /חלון דפדפן אחר שלך/,
  },
};

for (const name of BROWSERS) {
  for (const language of /** @type {const} */ (['en', 'he'])) {
    describe(`what a person is told in addition to the state, ${name}, ${language}`, () => {
      const said = SAID[language];
      /** @type {Scene} */
      let scene;
      let host;
      let page;
      let popup;
      before(async () => {
        scene = await Scene.start(name, { language, install_host: false });
        host = await playHost(scene.test_browser, POLICY);
        await host.say(HELD);
        popup = await openPopup(scene.test_browser); // so that the extension gets its sites from the host
        await popupShows(popup, ({ view }) => view === 'muted');
        page = await scene.open(`crm.html${language === 'he' ? '?he' : ''}`);
        await page.click('#toggle');
      });
      after(() => scene?.close());

      /** @param {RegExp} wanted @param {string} what */
      async function popupSays(wanted, what) {
        await popup.bringToFront();
        await popupShows(popup, ({ text }) => wanted.test(text), `${wanted}`);
        await openGroups(popup);
        await assertAccessible(popup);
        await keepPicture(await popup.$('body'), `${name}-${language}-popup-${what}`);
        await page.bringToFront();
      }

      it('a reminder is shown with the state in banner, badge and popup, and goes', async () => {
        const plain = await bannerShows(page, 'muted');
        await host.say({ ...HELD, verified: true, notices: NOTICES });
        await badgeShows(scene.test_browser, '✓?');
        const banner = await bannerShows(page, 'muted');
        assert.equal(banner.lines[0], plain.lines[0]);
        assert.match(banner.lines.at(-1), said.reminder);
        await keepPicture(page, `${name}-${language}-banner-reminder`);
        await popupSays(said.unproven, 'notices');
        await popupSays(said.confirmed, 'notices');
        await popupSays(/Something that this extension has no words for/, 'notices');
        await host.say({ ...HELD, verified: true });
        await badgeShows(scene.test_browser, '✓');
        await until('the reminder to go', async () =>
          (await bannerShows(page, 'muted')).lines.every((line) => !said.reminder.test(line)));
      });

      it('a mute that Voicenter does not confirm is unprotected at once, with the reason', async () => {
        await bannerShows(page, 'muted');
        const problem = { code: 'verification_failed', message: 'Active Calls: the call is being recorded.' };
        await host.say({ ...HELD, state: 'unprotected', verified: false, problem });
        const banner = await bannerShows(page, 'unprotected');
        assert.match(banner.lines[1], said.recorded);
        await badgeShows(scene.test_browser, '!');
        await popupSays(said.denied, 'not-confirmed');
      });

      it('the popup says that another browser keeps the call muted', async () => {
        await page.click('#toggle');
        await host.say({ ...HELD, surfaces: 0, elsewhere: 1 });
        await badgeShows(scene.test_browser, '✓');
        await popupSays(said.elsewhere, 'elsewhere');
      });
    });
  }
}

for (const name of BROWSERS) {
  for (const language of /** @type {const} */ (['en', 'he'])) {
    describe(`what a person sees, ${name}, ${language}`, () => {
      /** @type {Scene} */
      let scene;
      before(async () => { scene = await Scene.startAtWork(name, { language, voicenter: PATIENCE }); });
      afterEach(async () => {
        scene.simulator.closeConnections(); // ends requests whose answer is delayed
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
          assert.deepEqual(await tabOrder(popup), ['mute', 'summary']);
          await assertWhole(popup);
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

/** The card fields of crm.html. */
const CARD_FIELDS = ['#payment label:nth-of-type(1) input', '#payment label:nth-of-type(2) input',
  '#payment label:nth-of-type(3) input'];
const GO_ON = { en: /^Continue anyway$/, he: /^להמשיך בכל זאת$/ };
const WAITS = { en: 'Waiting…', he: 'ממתין…' };
const BLOCKS = { interlock: 'block', interlock_timeout_ms: 3000 };

for (const name of BROWSERS) {
  for (const language of /** @type {const} */ (['en', 'he'])) {
    it(`card fields that wait for the mute, ${name}, ${language}`, async () => {
      const scene = await Scene.startAtWork(name, { language, voicenter: PATIENCE, policy: BLOCKS });
      try {
        const page = await scene.open(`crm.html${language === 'he' ? '?he' : ''}`);
        const keep = (what) => keepPicture(page, `${name}-${language}-interlock-${what}`);
        scene.simulator.setFault({ fault: 'hang', only: 'mute' });
        await page.click('#toggle');
        const waiting = await bannerShows(page, 'muting');
        assert.equal(waiting.role, 'status');
        for (const cover of await covered(page, CARD_FIELDS)) {
          assert.deepEqual([cover.view, cover.text, cover.dir, cover.lang],
            ['muting', WAITS[language], DIRECTION[language], language]);
        }
        await keep('waiting');
        const late = await offersToGoOn(page, GO_ON[language]);
        assert.equal(late.lines[0], WORDS.unprotected[language]);
        assert.equal(late.role, 'alert');
        for (const { view } of await covered(page, CARD_FIELDS)) assert.equal(view, 'unprotected');
        await page.focus('#cancel');
        await page.keyboard.press('Tab');
        await keep('late');
        await goOn(page);
        await uncovered(page);
        const { lines } = await bannerShows(page, 'unprotected');
        assert.equal(lines[0], WORDS.unprotected[language]);
        await keep('released');
        scene.simulator.clearFaults();
        scene.simulator.closeConnections();
        const muted = await bannerShows(page, 'muted');
        assert.equal(muted.lines[0], WORDS.muted[language]);
        await keep('muted');
      } finally {
        await scene.close();
      }
    });
  }
}
