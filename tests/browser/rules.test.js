// Tests the administrator's rules, from the configuration of the real host: they open forms that the
// detector does not find, close forms that are still in the page, and exclude parts of a page from
// detection. Also tests, with a played host, what is reported about rules.
import assert from 'node:assert/strict';
import * as runner from 'node:test';
import { bannerShows, readBanner, readCovers } from './harness/banner.js';
import { SILENCE, uncovered } from './harness/interlock.js';
import { playHost } from './harness/played-host.js';
import { openPopup, popupShows } from './harness/popup.js';
import { BROWSERS, inBothBrowsers, Scene } from './harness/scene.js';
import { until } from './harness/until.js';

const { after, before, describe, it } = runner;

const PAGE = 'http://127.0.0.1/rules.html*';
const RULES = [
  { name: 'Broken', match: PAGE, open: 'a:::b' },
  { name: 'Dialog', match: PAGE, open: '.dialog' },
  { name: 'Words', match: PAGE, open: { selector: '.panel', text: 'Card Details' } },
  { name: 'Route', match: 'http://127.0.0.1/rules.html?step=pay',
    open: { selector: 'main', url: '*://*/*step=pay' } },
  { name: 'Latch', match: PAGE, open: '#begin', close: '#finished' },
  { name: 'Result', match: PAGE, result: { approved: { selector: '#result', text: 'approved' },
    declined: { selector: '#result', text: 'declined' } } },
  { name: 'Training', match: 'http://127.0.0.1/*', ignore: '.training' },
  { name: 'Off', match: 'http://127.0.0.1/words.html', ignore: true },
];
const UNNAMED = '<p>One</p><input><input>';
const FORM = '<form id="pay"><input autocomplete="cc-number"><input autocomplete="cc-csc"></form>';
const RESULT = '<p id="result">Payment approved</p>';

inBothBrowsers(runner, 'rules', { policy: { rules: RULES } }, (scene) => {
  let page;
  const open = async (query = '') => { page = await scene().open(`rules.html${query}`); };
  const add = (html) => page.evaluate(`add(${JSON.stringify(html)})`);
  const remove = (selector) => page.evaluate(`removeAll(${JSON.stringify(selector)})`);
  /**
   * Opens the page and waits until the rules are in effect. Before that, a result in the page closes no form.
   */
  async function openRuled(query = '') {
    await open(query);
    await scene().payment({ open: () => add(`<div class="dialog">${UNNAMED}</div>`),
      close: () => remove('.dialog'), gone: () => page });
  }
  /** Waits until `step` has led to an unmute and the banner has gone. */
  async function endedBy(step) {
    const { simulator, ivrid } = scene();
    const before_it = simulator.mark('the payment ends');
    await step();
    await simulator.waitFor({ type: 'call.unmuted', ivrid }, { after: before_it.seq });
    await bannerShows(page, null);
  }
  async function mutedBy(step) {
    const before_it = scene().simulator.mark('a form opens');
    await step();
    await scene().muted(before_it);
  }

  it('open a form that the detector does not find, although another rule is invalid', async () => {
    await open();
    await scene().payment({ open: () => add(`<div class="dialog">${UNNAMED}</div>`), banner: () => page,
      close: () => remove('.dialog'), gone: () => page });
  });

  for (const mode of ['open', 'closed']) {
    it(`open one in a shadow root that is ${mode}`, async () => {
      await open();
      await scene().payment({ open: () => page.evaluate(`addInShadow('${mode}')`), banner: () => page,
        close: () => remove('pay-box'), gone: () => page });
    });
  }

  it('open one by the text that it shows, for as long as the text is there', async () => {
    await open();
    await add('<div class="panel"><p>Wait</p></div>');
    const words = (text) => page.evaluate(`document.querySelector('.panel p').firstChild.data = '${text}'`);
    await scene().payment({ open: () => words('CARD details'), banner: () => page,
      close: () => words('Done'), gone: () => page });
  });

  it('open one by a route that changes nothing in the document', async () => {
    await open();
    await scene().payment({ open: () => page.click('#next'), banner: () => page,
      close: () => page.evaluate('history.back()'), gone: () => page });
  });

  it('open one by a route that no click leads to, where the browser reports routes', async (t) => {
    await open();
    if (!await page.evaluate("'navigation' in window")) {
      t.skip('this browser has no Navigation API yet');
      return;
    }
    await scene().payment({ open: () => page.evaluate("history.pushState(null, '', '?step=pay')"),
      banner: () => page, close: () => page.evaluate("history.pushState(null, '', '?')"), gone: () => page });
  });

  it('with `close`, keep one open until its condition holds', async () => {
    await open();
    await scene().payment({ open: () => add('<p id="begin">Begin</p>'), banner: () => page,
      meanwhile: async () => {
        await remove('#begin');
        await add('<p class="other">Something else</p>');
        await bannerShows(page, 'muted');
      },
      close: () => add('<p id="finished">Finished</p>'), gone: () => page });
  });

  it('with `result`, close a form that stays in the page, until someone types in it again', async () => {
    await openRuled();
    await mutedBy(() => add(FORM));
    await endedBy(() => add(RESULT));
    assert.notEqual(await page.$('#pay'), null);
    await mutedBy(() => page.type('#pay input', '4'));
    await bannerShows(page, 'muted');
    await endedBy(() => remove('#pay'));
  });

  it('with `result`, close the form for as long as the result is shown', async () => {
    await openRuled();
    await mutedBy(() => add(FORM));
    await endedBy(() => add(RESULT.replace('approved', 'declined')));
    await mutedBy(() => remove('#result'));
    await endedBy(() => remove('#pay'));
  });

  it('with `result`, close the form in a frame of another origin', async () => {
    await open(`?frame=${encodeURIComponent(`${scene().pages.other_origin}/plain.html`)}`);
    const frame = await until('frame', async () => {
      const found = await (await page.$('iframe')).contentFrame();
      return found.url().includes('localhost') ? found : null;
    });
    await bannerShows(frame, 'muted');
    await endedBy(() => add(RESULT));
    assert.equal(await readBanner(frame), null);
    await mutedBy(() => frame.type('#number', '4'));
    await endedBy(() => remove('iframe'));
  });

  it('ignore a part of the page, or all of it', async () => {
    await open();
    await mutedBy(async () => {
      await add(`<div class="training">${FORM.replace('pay', 'trained')}</div>`);
      await add(FORM);
    });
    await endedBy(() => remove('#pay'));
    assert.notEqual(await page.$('#trained'), null);
    // The detector may find the form before the rules arrive. The rules then close the form at once.
    page = await scene().open('words.html');
    const { simulator } = scene();
    await until('recorded', async () => simulator.mutedCalls().length === 0);
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(FORM)})`);
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
    await bannerShows(page, null);
    assert.equal(simulator.mutedCalls().length, 0);
  });
});

const WAITING = {
  policy: { interlock: 'block', rules: [{ name: 'Box', match: PAGE, open: 'pay-box' }] },
  voicenter: { timeout_ms: 500, reassert_ms: 500 },
};

inBothBrowsers(runner, 'rules with the interlock', WAITING, (scene) => {
  for (const mode of ['open', 'closed']) {
    it(`a component with a shadow root that is ${mode}: its fields are covered until muted`, async () => {
      scene().simulator.setFault(SILENCE);
      const page = await scene().open('rules.html');
      await page.evaluate(`addInShadow('${mode}')`);
      const fields = () => page.evaluate(`[...root.querySelectorAll('input')].map((field) => {
        const { left, top, right, bottom } = field.getBoundingClientRect();
        return { held: field.inert, typed: field.value, box: { left, top, right, bottom } };
      })`);
      await until('covers over both', async () => {
        const covers = await readCovers(page);
        const all = await fields();
        if (covers.length === all.length && all.every(({ held, box }) => held
          && covers.some((cover) => Object.keys(box).every((side) =>
            Math.abs(cover.box[side] - box[side]) <= 1)))) return true;
        throw new Error(JSON.stringify({ covers, all }));
      });
      const [{ box }] = await fields();
      const press = () => page.mouse.click((box.left + box.right) / 2, (box.top + box.bottom) / 2);
      await press();
      await page.keyboard.type('4');
      assert.equal((await fields())[0].typed, '');
      scene().simulator.clearFaults();
      await bannerShows(page, 'muted');
      await uncovered(page);
      await until('free fields', async () => (await fields()).every(({ held }) => !held));
      await press();
      await page.keyboard.type('4');
      assert.equal((await fields())[0].typed, '4');
    });
  }
});

/** A rule as the host sends it. @param {object} changes */
const rule = (changes) => ({
  match: ['http://127.0.0.1/rules.html*'], open: [], close: [], approved: [], declined: [], ignore_all: false,
  ignore: [], ...changes,
});

for (const name of BROWSERS) {
  describe(`what is reported about rules, ${name}`, () => {
    /** @type {Scene} */
    let scene;
    let host;
    before(async () => {
      scene = await Scene.start(name, { install_host: false });
      host = await playHost(scene.test_browser, {
        sites: ['http://127.0.0.1/*'], interlock: 'warn', rules: [
          rule({ name: 'Broken', open: [{ selector: 'a:::b' }] }),
          rule({ name: 'Dialog', open: [{ selector: '.dialog' }] }),
          rule({ name: 'Never', open: [{ selector: '.never' }] }),
        ],
      });
      await host.say({ state: 'muted', surfaces: 1 });
      const popup = await openPopup(scene.test_browser); // so that the extension gets its sites from the host
      await popupShows(popup, ({ view }) => view === 'muted');
    });
    after(() => scene?.close());

    const reports = async () => (await host.heard()).filter(({ type }) => type === 'rule.report');
    /** @param {string[]} wanted */
    const told = (...wanted) => until(wanted.join(', '), async () => {
      const all = (await reports()).map(({ event, rule: of, origin }) =>
        `${event} ${of ?? ''} ${origin === scene.pages.origin}`);
      if (wanted.every((one) => all.includes(one))) return true;
      throw new Error(all.join(', '));
    });
    /**
     * Repeats the visit if necessary, since a report that a document sends while the browser leaves it may
     * be lost.
     */
    async function toldOnLeaving(visit, ...wanted) {
      const visits = 3;
      for (let left = visits - 1; ; left -= 1) {
        await visit();
        try {
          return await told(...wanted);
        } catch (error) {
          if (left === 0) throw error;
        }
      }
    }

    it('the events of a document, with its origin and the rule\'s name, and nothing else', async () => {
      const page = await scene.open('rules.html');
      await told('invalid Broken true');
      await page.evaluate(`add('<div class="dialog">${UNNAMED}</div>')`);
      await told('matched Dialog true');
      await toldOnLeaving(() => page.goto(`${scene.pages.origin}/rules.html?${Math.random()}`),
        'passed Never true');
      await toldOnLeaving(async () => {
        await page.goto(`${scene.pages.origin}/rules.html`);
        await page.evaluate(`add(${JSON.stringify(FORM)})`);
        await bannerShows(page, 'muted');
        await page.goto(`${scene.pages.origin}/plain.html`);
      }, 'missed Dialog true', 'missed Never true');
      await bannerShows(page, 'muted');
      await page.click('#payment button');
      await told('unruled  true');
      const keys = new Set((await reports()).flatMap(Object.keys));
      assert.deepEqual([...keys].sort(), ['event', 'id', 'origin', 'rule', 'type']);
    });
  });
}
