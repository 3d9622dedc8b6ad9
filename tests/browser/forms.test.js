// Tests a payment form in the page itself: it is there from the start, or it is shown or inserted later;
// it is in a shadow root or in a dialog.
import * as runner from 'node:test';
import { inBothBrowsers } from './harness/scene.js';

const { it } = runner;

inBothBrowsers(runner, 'a form in the page', {}, (scene) => {
  /** Tests a form that appears and disappears in a page that is already open. */
  async function shownAndHidden(file, show, hide) {
    const page = await scene().open(file);
    await scene().payment({ open: () => page.evaluate(show), banner: () => page,
      close: () => page.evaluate(hide), gone: () => page });
  }

  it('is there when the page loads, and is removed', async () => {
    let page;
    await scene().payment({ open: async () => { page = await scene().open('plain.html'); },
      banner: () => page, close: () => page.click('#payment button'), gone: () => page });
  });

  for (const way of ['class', 'visibility', 'fade', 'height', 'details']) {
    it(`is shown and hidden by ${way}`, () =>
      shownAndHidden(`hidden-shown.html?way=${way}`, 'show()', 'hide()'));
  }

  it('opens and closes again and again, by the agent\'s own click', async () => {
    const page = await scene().open('hidden-shown.html?way=attribute');
    for (let round = 0; round < 3; round += 1) {
      await scene().payment({ open: () => page.click('#toggle'), banner: () => page,
        close: () => page.click('#toggle'), gone: () => page });
    }
  });

  it('is inserted late and removed', () => shownAndHidden('single-page.html',
    "main.insertAdjacentHTML('beforeend', form)", 'main.replaceChildren()'));

  for (const mode of ['open', 'closed']) {
    it(`is in ${mode} shadow roots`, async () => {
      let page;
      await scene().payment({ open: async () => { page = await scene().open(`shadow.html?mode=${mode}`); },
        banner: () => page, close: () => page.evaluate('close()'), gone: () => page });
    });
  }

  it('is in a closed shadow root that is attached late', async () => {
    const page = await scene().open('shadow.html?mode=closed&late=1');
    await scene().payment({ open: async () => {}, banner: () => page,
      close: () => page.evaluate("document.querySelector('#host').remove()"), gone: () => page });
  });

  it('is in a modal dialog', async () => {
    const page = await scene().open('dialog.html');
    await scene().payment({ open: () => page.click('body > button'), banner: () => page,
      close: () => page.click('dialog button'), gone: () => page });
  });

  it('is recognised by its Hebrew labels alone', async () => {
    let page;
    await scene().payment({ open: async () => { page = await scene().open('words.html'); },
      banner: () => page, gone: () => page,
      close: () => page.evaluate("document.querySelector('#payment').remove()") });
  });

  it('is in a page that removes the banner 60 times a second: still muted', async () => {
    let page;
    await scene().payment({ open: async () => { page = await scene().open('hostile.html'); },
      close: () => page.evaluate("document.querySelector('form').remove()") });
  });
});
