// Tests muting and recording by hand in the popup: mute without a form, back to automatic, and no recording
// while a form is open unless the policy allows it.
import assert from 'node:assert/strict';
import * as runner from 'node:test';
import { bannerShows } from './harness/banner.js';
import { openPopup, popupShows, readPopup } from './harness/popup.js';
import { badgeShows } from './harness/privileged.js';
import { inBothBrowsers } from './harness/scene.js';

const { it } = runner;

inBothBrowsers(runner, 'manual override', {}, (scene) => {
  it('mutes without a form, and goes back to automatic', async () => {
    const { simulator, test_browser, ivrid } = scene();
    const popup = await openPopup(test_browser);
    await popupShows(popup, ({ view }) => view === 'recording');
    const muting = simulator.mark('mute by hand');
    await popup.click('#mute');
    await scene().muted(muting);
    const { text } = await popupShows(popup, ({ view, mode }) =>
      view === 'muted' && mode === 'muted by hand');
    assert.match(text, /HTTP 200 · 200/);
    assert.match(text, /Success/);
    assert.match(text, /ActionID\s*[0-9a-f]{32}/);
    assert.match(text, /Extension 1\.\d+\.\d+ · Program 1\.\d+\.\d+/);
    await badgeShows(test_browser, '✓');
    const back = simulator.mark('back to automatic');
    await popup.click('#record');
    await simulator.waitFor({ type: 'call.unmuted', ivrid }, { after: back.seq });
    await popupShows(popup, ({ view, mode }) => view === 'recording' && mode === 'automatic');
    await badgeShows(test_browser, 'REC');
  });

  it('keeps the mute by hand when a form closes', async () => {
    const { simulator, test_browser, ivrid } = scene();
    const page = await scene().open('plain.html');
    await bannerShows(page, 'muted');
    const popup = await openPopup(test_browser);
    await popupShows(popup, ({ view }) => view === 'muted');
    await popup.click('#mute');
    await popupShows(popup, ({ mode }) => mode === 'muted by hand');
    const closing = simulator.mark('the form closes');
    await page.bringToFront();
    await page.click('#payment button');
    await popup.bringToFront();
    await popupShows(popup, ({ view, text }) => view === 'muted' && /Open payment forms\s*0/.test(text));
    const resuming = simulator.mark('resumed by hand');
    await popup.click('#record');
    await simulator.waitFor({ type: 'call.unmuted', ivrid }, { after: resuming.seq });
    assert.equal(simulator.wasRecordedBetween(ivrid, closing.at_ms, resuming.at_ms), false);
    await popupShows(popup, ({ view, mode }) => view === 'recording' && mode === 'automatic');
  });

  it('does not record over an open form', async () => {
    const { simulator, test_browser } = scene();
    let page;
    await scene().payment({
      open: async () => { page = await scene().open('plain.html'); }, banner: () => page,
      meanwhile: async () => {
        const popup = await openPopup(test_browser);
        await popupShows(popup, ({ view }) => view === 'muted');
        assert.equal(await popup.$eval('#record', (element) => element.checkVisibility()), false);
        const why = await popup.$eval('#record-why-not:not([hidden])', (element) => element.textContent);
        assert.match(why, /Recording goes on by itself/);
        const trying = simulator.mark('tries to record');
        await popup.$eval('#record', (element) => element.click()); // the host also refuses
        // The next re-assertion is at most two seconds away, and no unmute may come before it (see
        // payment()).
        await scene().muted(trying);
        assert.equal((await readPopup(popup)).mode, 'automatic');
        await popup.close();
        await page.bringToFront();
      },
      close: () => page.click('#payment button'), gone: () => page,
    });
  });
});

inBothBrowsers(runner, 'recording over a form, where the policy allows it',
  { policy: { allow_record_override: true } }, (scene) => {
    it('is shown as not muted, and ends with "back to automatic"', async () => {
      const { simulator, test_browser, ivrid } = scene();
      const page = await scene().open('plain.html');
      await bannerShows(page, 'muted');
      const popup = await openPopup(test_browser);
      await popupShows(popup, ({ view }) => view === 'muted');
      const recording = simulator.mark('recorded by hand');
      await popup.click('#record');
      await simulator.waitFor({ type: 'call.unmuted', ivrid }, { after: recording.seq });
      const popup_says = await popupShows(popup, ({ mode, view }) =>
        mode === 'recording by hand' && view !== 'unmuting');
      assert.notEqual(popup_says.view, 'muted');
      await page.bringToFront();
      const banner = await bannerShows(page, 'recording');
      assert.match(banner.lines.join('\n'), /Do not ask for the card/);
      const back = simulator.mark('back to automatic');
      await popup.bringToFront();
      await popup.click('#auto');
      await scene().muted(back);
      await page.bringToFront();
      await bannerShows(page, 'muted');
    });
  });
