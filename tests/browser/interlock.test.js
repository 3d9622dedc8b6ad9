// Tests the interlock: card fields are covered and disabled until the mute is acknowledged, and again when
// the mute is lost. No typed text is lost. If the mute does not come, the agent may continue anyway.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as runner from 'node:test';
import { bannerShows, goOn, readBanner, readCovers } from './harness/banner.js';
import { EXTENSION_ID } from './harness/browsers.js';
import { covered, offersToGoOn, pressAt, readField, SILENCE, uncovered } from './harness/interlock.js';
import { openPopup } from './harness/popup.js';
import { badgeShows } from './harness/privileged.js';
import { BROWSERS, inBothBrowsers, Scene } from './harness/scene.js';
import { until } from './harness/until.js';

const { describe, it } = runner;

/** An Israeli payment provider. The browsers resolve its name to this machine. */
const PROVIDER = 'hf.tranzila.com';
const FIELDS = ['#number', '#expiry', '#code'];
const OPTIONS = {
  policy: { interlock: 'block', interlock_timeout_ms: 1000, allow_record_override: true, premute: false },
  voicenter: { timeout_ms: 500, reassert_ms: 500 }, local_hosts: [PROVIDER],
};

inBothBrowsers(runner, 'card fields wait for the mute', OPTIONS, (scene) => {
  /** @param {any} page whose form is open and muted */
  async function loseTheMute(page) {
    scene().simulator.setFault(SILENCE);
    await bannerShows(page, 'unprotected');
  }

  /** @param {any} page */
  async function openHeld(page) {
    scene().simulator.setFault(SILENCE);
    await page.click('#toggle');
    await covered(page, FIELDS);
  }

  it('covered until muted', async () => {
    const { simulator } = scene();
    const page = await scene().open('interlock.html');
    await openHeld(page);
    await pressAt(page, '#number');
    await page.keyboard.type('4');
    assert.deepEqual(await readField(page, '#number'),
      { typed: '', focused: false, inert: true, selection: [0, 0] });
    const mended = simulator.mark('mended');
    simulator.clearFaults();
    await scene().muted(mended);
    await bannerShows(page, 'muted');
    await uncovered(page);
    await pressAt(page, '#number');
    await page.keyboard.type('4');
    assert.equal((await readField(page, '#number')).typed, '4');
  });

  it('again when the mute is lost: what is typed stays, the focus comes back to where it was', async () => {
    const page = await scene().open('interlock.html');
    await page.click('#toggle');
    await bannerShows(page, 'muted');
    await page.focus('#number');
    await page.keyboard.type('411122');
    await page.$eval('#number', (field) => field.setSelectionRange(2, 4));
    await loseTheMute(page);
    await covered(page, FIELDS);
    await page.keyboard.type('9');
    assert.equal((await readField(page, '#number')).focused, false);
    scene().simulator.clearFaults();
    await bannerShows(page, 'muted');
    await uncovered(page);
    const { selection, ...field } = await readField(page, '#number');
    assert.deepEqual(field, { typed: '411122', focused: true, inert: false });
    assert.deepEqual(selection, [2, 4]);
    await page.keyboard.type('x');
    assert.equal((await readField(page, '#number')).typed, '41x22');
  });

  it('the focus stays where a person has moved it meanwhile; Tab skips disabled fields', async () => {
    const page = await scene().open('interlock.html');
    await page.click('#toggle');
    await bannerShows(page, 'muted');
    await page.focus('#number');
    await loseTheMute(page);
    await covered(page, FIELDS);
    await page.focus('#before');
    await page.keyboard.press('Tab');
    const scroller = 'scroller'; // in some browsers Tab also stops at a box that scrolls
    const at = () => page.evaluate(() => document.activeElement?.id);
    if (await at() === scroller) await page.keyboard.press('Tab');
    assert.equal(await at(), 'pay');
    await page.focus('#before');
    scene().simulator.clearFaults();
    await bannerShows(page, 'muted');
    await uncovered(page);
    assert.equal(await at(), 'before');
  });

  it('too late: says why, and goes on for an agent who wants to, by keyboard alone', async () => {
    const { simulator } = scene();
    const page = await scene().open('interlock.html');
    await openHeld(page);
    const banner = await offersToGoOn(page);
    assert.match(banner.lines[0], /NOT MUTED – do not ask for the card/);
    assert.match(banner.lines[1], /did not answer in time|has not confirmed/);
    assert.equal(banner.role, 'alert');
    // No script of the page can press the button.
    await page.$eval('[data-cardmute-banner]', (host) => {
      host.click();
      host.dispatchEvent(new Event('click', { bubbles: true, composed: true }));
    });
    await page.focus('#pay');
    const isThere = () => page.$eval('[data-cardmute-banner]', (host) => document.activeElement === host);
    for (let presses = 0; presses < 3 && !await isThere(); presses += 1) await page.keyboard.press('Tab');
    assert.ok(await isThere(), 'Tab comes to the button');
    await covered(page, FIELDS);
    await page.keyboard.press('Enter');
    await uncovered(page);
    const after = await bannerShows(page, 'unprotected');
    assert.match(after.lines[0], /NOT MUTED/);
    assert.match(after.lines.at(-1), /fields are open although/);
    assert.equal(after.button, null);
    simulator.clearFaults();
    await bannerShows(page, 'muted');
    await loseTheMute(page);
    await covered(page, FIELDS);
  });

  it('too late: a press on the button gives the focus back', async () => {
    const page = await scene().open('interlock.html');
    await page.click('#toggle');
    await bannerShows(page, 'muted');
    await page.focus('#expiry');
    await page.keyboard.type('12');
    await loseTheMute(page);
    await offersToGoOn(page);
    await goOn(page);
    await uncovered(page);
    await until('focus', async () => (await readField(page, '#expiry')).focused);
    await page.keyboard.type('30');
    assert.equal((await readField(page, '#expiry')).typed, '1230');
  });

  it('a page that keeps presses for its dialog: "Continue anyway" can still be pressed', async () => {
    const page = await scene().open('interlock.html');
    await openHeld(page);
    await page.evaluate(() => {
      const dialog = document.querySelector('form');
      for (const type of ['mousedown', 'touchstart', 'click', 'focusin']) {
        document.addEventListener(type, (event) => {
          if (dialog.contains(event.target)) return;
          event.preventDefault();
          event.stopImmediatePropagation();
        }, { capture: true, passive: false });
      }
    });
    await offersToGoOn(page);
    await goOn(page);
    await uncovered(page);
  });

  it('covers follow their fields, and show no more than the visible part of the field', async () => {
    const page = await scene().open('interlock.html');
    await openHeld(page);
    await page.evaluate(() => { document.body.className = 'moved'; });
    await page.waitForFunction(() =>
      getComputedStyle(document.querySelector('#payment')).transform === 'matrix(1, 0, 0, 1, 200, 0)');
    await covered(page, FIELDS);
    await page.$eval('#scroller', (box) => { box.scrollTop = 30; });
    await until('a cover that is cut', async () => {
      const top = await page.$eval('#scroller', (box) => box.getBoundingClientRect().top);
      const covers = await readCovers(page);
      return covers.length === 3 && covers.some(({ box }) => Math.abs(box.top - top) <= 1);
    });
    await page.$eval('#scroller', (box) => { box.scrollTop = 500; });
    await until('nothing to cover', async () => (await readCovers(page)).length === 0);
    assert.equal((await readField(page, '#number')).inert, true);
    await page.$eval('#scroller', (box) => { box.scrollTop = 0; });
    await covered(page, FIELDS);
  });

  it('a form in the top layer is covered there as well', async () => {
    const page = await scene().open('interlock.html');
    await openHeld(page);
    await page.$eval('#scroller', (box) => {
      box.popover = 'manual';
      box.showPopover();
    });
    await covered(page, FIELDS);
    await until('the cover on top', async () => page.$eval('#number', (field) => {
      const { left, top } = field.getBoundingClientRect();
      return document.elementFromPoint(left + 5, top + 5)?.hasAttribute('data-cardmute-banner');
    }));
  });

  it('a form that is drawn again is covered again, and its copied fields are enabled later', async () => {
    const page = await scene().open('interlock.html');
    await openHeld(page);
    for (let round = 0; round < 3; round += 1) {
      await page.evaluate('redraw()');
      await covered(page, FIELDS);
    }
    scene().simulator.clearFaults();
    await bannerShows(page, 'muted');
    await uncovered(page);
  });

  it('covers that the page removes come back, at a limited rate, and fields keep no focus', async () => {
    const page = await scene().open('interlock.html');
    await openHeld(page);
    await page.evaluate('fight()');
    const undone = () => page.evaluate('undone');
    const from = { at_ms: performance.now(), undone: await undone() };
    await until('a fight', async () => await undone() > from.undone + 20);
    const seconds = (performance.now() - from.at_ms) / 1000;
    const rate = (await undone() - from.undone) / seconds;
    assert.ok(rate < 200, `undone ${rate} times a second`);
    await page.evaluate(() => document.querySelector('#number').focus());
    await until('the focus taken away', async () => !(await readField(page, '#number')).focused);
  });

  it('a page whose policy allows no style and no script', async () => {
    scene().simulator.setFault(SILENCE);
    const page = await scene().open('strict.html');
    const violations = [];
    page.on('console', (message) => violations.push(message.text()));
    await covered(page, ['#number', 'p + p input']);
    await offersToGoOn(page);
    await goOn(page);
    await uncovered(page);
    assert.deepEqual(violations, []);
  });

  it('a form in a modal dialog', async () => {
    scene().simulator.setFault(SILENCE);
    const page = await scene().open('dialog.html');
    await page.click('button');
    await covered(page, ['p input', 'p + p input', 'p + p + p input']);
    await offersToGoOn(page);
    await goOn(page);
    await uncovered(page);
    assert.equal(await page.$eval('dialog', (dialog) => dialog.open), true);
  });

  it('recording by hand, where the policy allows it, uncovers the fields', async () => {
    const page = await scene().open('interlock.html');
    await page.click('#toggle');
    await bannerShows(page, 'muted');
    const popup = await openPopup(scene().test_browser);
    await popup.click('#record');
    await page.bringToFront();
    const banner = await until('the banner to say so', async () => {
      const now = await readBanner(page);
      return /fields are open although/.test(now?.lines.at(-1) ?? '') ? now : null;
    });
    assert.equal(banner.role, 'alert');
    await uncovered(page);
    scene().simulator.setFault(SILENCE);
    await popup.bringToFront();
    await popup.click('#auto');
    await page.bringToFront();
    await covered(page, FIELDS);
  });

  it('"Continue anyway" is in the log', async () => {
    const { test_browser } = scene();
    const page = await scene().open('interlock.html');
    await openHeld(page);
    await offersToGoOn(page);
    await goOn(page);
    await uncovered(page);
    const log = `${test_browser.state_directory}/log/host.log`;
    await until('the log', async () => /continued.*(muting|unprotected)/.test(await readFile(log, 'utf8')));
  });

  describe('in frames', () => {
    /** @param {string} src @param {string} [more] */
    const around = (src, more = '') => `frame.html?src=${encodeURIComponent(src)}${more}`;

    /** @param {any} page @param {(frame: any) => Promise<unknown>} ready */
    const frameOf = (page, ready) => until('frame', async () => {
      const frame = await (await page.$('iframe')).contentFrame();
      return await ready(frame) ? frame : null;
    });

    it('of a payment provider: covered outside, disabled inside, and the focus comes back', async () => {
      const page = await scene().open(around(`http://${PROVIDER}:${scene().pages.port}/plain.html`));
      await bannerShows(page, 'muted');
      const frame = await frameOf(page, (it_is) => it_is.$('#number'));
      await frame.click('#number');
      await page.keyboard.type('41');
      await loseTheMute(page);
      await covered(page, ['iframe']);
      await until('held inside', async () => (await readField(frame, '#number')).inert);
      await page.keyboard.type('9');
      await offersToGoOn(page);
      scene().simulator.clearFaults();
      await bannerShows(page, 'muted');
      await uncovered(page);
      await uncovered(frame);
      await until('focus', async () => (await readField(frame, '#number')).focused);
      await page.keyboard.type('2');
      assert.equal((await readField(frame, '#number')).typed, '412');
    });

    it('too small for a banner: covered there, and the top of the page offers to go on', async () => {
      scene().simulator.setFault(SILENCE);
      const src = `${scene().pages.other_origin}/plain.html`;
      const page = await scene().open(around(src, '&small=1'));
      const frame = await frameOf(page, (it_is) => it_is.$('#number'));
      await until('covers', async () => (await readCovers(frame)).length > 0);
      assert.equal(await readBanner(frame), null);
      await offersToGoOn(page);
      await goOn(page);
      await uncovered(frame);
      assert.match((await bannerShows(page, 'unprotected')).lines.at(-1), /fields are open although/);
    });

    for (const way of ['srcdoc', 'sandboxed', 'blob', 'blank']) {
      it(`without an address of its own: ${way}`, async () => {
        scene().simulator.setFault(SILENCE);
        const page = await scene().open(`bare-frame.html?${way}`);
        const frame = await frameOf(page, (it_is) => it_is.$('#number'));
        await covered(frame, ['#number', 'p + p input']);
        await offersToGoOn(frame);
        assert.equal(await readBanner(page), null);
      });
    }
  });
});

inBothBrowsers(runner, 'no interlock', { policy: { interlock: 'off' } }, (scene) => {
  it('the form is muted and nothing is shown in the page', async () => {
    let page;
    await scene().payment({
      open: async () => { page = await scene().open('interlock.html'); await page.click('#toggle'); },
      meanwhile: async () => {
        await badgeShows(scene().test_browser, '✓');
        assert.equal(await page.$('[data-cardmute-banner]'), null);
      },
      close: () => page.click('#toggle'),
    });
  });
});

for (const name of BROWSERS) {
  it(`${name}: an extension that is removed leaves no field disabled`, async () => {
    const scene = await Scene.startAtWork(name, OPTIONS);
    try {
      scene.simulator.setFault(SILENCE);
      const page = await scene.open('strict.html');
      await offersToGoOn(page);
      assert.equal((await readField(page, '#number')).inert, true);
      await scene.test_browser.browser.uninstallExtension(EXTENSION_ID[name]);
      await until('free fields', async () => !(await readField(page, '#number')).inert);
      await until('no covers', async () => (await readCovers(page)).length === 0);
      await page.focus('#number');
      await page.keyboard.type('4');
      assert.equal((await readField(page, '#number')).typed, '4');
    } finally {
      await scene.close();
    }
  });
}
