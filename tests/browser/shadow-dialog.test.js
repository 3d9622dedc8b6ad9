// A payment form in a modal dialog that is in a shadow root of the page. Everything outside the dialog is
// inert, so banner and covers must be in it, inside the shadow root.
import assert from 'node:assert/strict';
import * as runner from 'node:test';
import { goOn } from './harness/banner.js';
import { covered, offersToGoOn, SILENCE, uncovered } from './harness/interlock.js';
import { inBothBrowsers } from './harness/scene.js';

const { it } = runner;

const OPTIONS = {
  policy: { interlock: 'block', interlock_timeout_ms: 1000, premute: false },
  voicenter: { timeout_ms: 500, reassert_ms: 500 },
};
const FIELDS = ['p input', 'p + p input', 'p + p + p input'];

/** Wraps the page, so that the harness finds the elements in its shadow root. @param {any} page */
function inRoot(page) {
  const { client, _id } = page.mainFrame();
  const run = (/** @type {Function} */ what, /** @type {string} */ on) => page.evaluate(`(${what})(${on})`);
  return {
    client, _id, page: () => page, mouse: page.mouse,
    $: async (selector) => (await page.evaluateHandle((one) => globalThis.root.querySelector(one), selector))
      .asElement(),
    $eval: (selector, what) => run(what, `root.querySelector(${JSON.stringify(selector)})`),
    $$eval: (selector, what) => run(what, `[...root.querySelectorAll(${JSON.stringify(selector)})]`),
  };
}

inBothBrowsers(runner, 'a form in a dialog in a shadow root', OPTIONS, (scene) => {
  for (const mode of ['open', 'closed']) {
    it(`${mode}: the banner is in the dialog, and its button can be pressed`, async () => {
      const { simulator } = scene();
      simulator.setFault(SILENCE);
      const page = await scene().open(`dialog.html?shadow=${mode}`);
      const inside = inRoot(page);
      await page.click('button');
      await covered(inside, FIELDS);
      await offersToGoOn(inside);
      await goOn(inside);
      await uncovered(inside);
      assert.equal(await page.evaluate('dialog().open'), true);
      assert.ok(await page.evaluate("dialog().contains(root.querySelector('[data-cardmute-banner]'))"));
      await scene().payment({
        open: async () => simulator.clearFaults(), banner: () => inside,
        close: () => page.evaluate('dialog().close()'), gone: () => inside,
      });
    });
  }
});
