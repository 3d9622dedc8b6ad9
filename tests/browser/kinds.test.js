// Tests pages of many kinds. Each page has the right answer in its name and in its first line. The pages in
// kinds/ are judged without running their scripts. The pages in pages/kinds/ have a script that draws the
// form.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import * as runner from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { inBothBrowsers } from './harness/scene.js';

const DETECT = fileURLToPath(new URL('../../scripts/detect', import.meta.url));
const KINDS = fileURLToPath(new URL('kinds', import.meta.url));
const DRAWN = [
  'labels-written-later', 'late-label-uk', 'shadow-cs', 'sk-dialog', 'two-shadow-hosts', 'closed-slotted',
];

/** Pages that are known to be judged wrongly. When one is judged right, remove it from this list. */
const WRONG = ['none-customer-card-he.html'];

runner.test('every page is judged as it should be', async () => {
  const { stdout } = await promisify(execFile)(DETECT, [KINDS]);
  const judged = stdout.split('\n').map((line) => line.split('\t')).filter((columns) => columns.length > 1)
    .map(([file, answer]) => ({ name: path.basename(file), answer }));
  assert.ok(judged.length > 100, `${judged.length} pages`);
  const wrong = judged.filter(({ name, answer }) => !name.startsWith(answer)).map(({ name }) => name);
  assert.deepEqual(wrong.sort(), WRONG);
});

inBothBrowsers(runner, 'a form that a script draws', {}, (scene) => {
  for (const name of DRAWN) {
    runner.it(name, async () => {
      let page;
      await scene().payment({
        open: async () => { page = await scene().open(`kinds/payment-${name}.html`); },
        close: () => page.goto('about:blank'),
      });
    });
  }

  runner.it('asks for one thing after another: muted to the last', async () => {
    let page;
    /**
     * Goes to the next step of the page, and waits for longer than a form may be away without being closed.
     */
    const next = () => page.evaluate(() => {
      document.getElementById('nx')?.click();
      return new Promise((resolve) => setTimeout(resolve, 600));
    });
    await scene().payment({
      open: async () => { page = await scene().open('kinds/payment-he-wizard.html'); },
      meanwhile: async () => {
        await next();
        await next();
      },
      close: next,
    });
  });
});
