// A page that shows and hides its payment form for ever. It must not cause requests for ever: after five
// cycles in a minute the unmutes are delayed, so that most of them are never sent. Mutes are never delayed.
import assert from 'node:assert/strict';
import * as runner from 'node:test';
import { bannerShows } from './harness/banner.js';
import { openPopup, popupShows } from './harness/popup.js';
import { inBothBrowsers } from './harness/scene.js';
import { until } from './harness/until.js';

const { it } = runner;

/** The host's kCyclesBeforeDelay. */
const CYCLES_BEFORE_DELAY = 5;
/** In these cycles the delay, which grows from 250 ms, may still end before the form is shown again. */
const CYCLES_WHILE_DELAY_GROWS = 5;
const CYCLES_MEASURED = 20;
/** Longer than the 250 ms (settle_ms) after which the page counts a hidden form as closed. */
const hidden_ms = 500;
const shown_ms = 150;
const reassert_ms = 2000;

/** Makes the page show and hide its form until stop() is called. @param {any} page */
const flap = (page) => page.evaluate((on_ms, off_ms) => {
  const { show, hide } = /** @type {any} */ (globalThis);
  globalThis.cycles = 0;
  let timer = 0;
  const open = () => {
    show();
    timer = setTimeout(close, on_ms);
  };
  const close = () => {
    hide();
    globalThis.cycles += 1;
    timer = setTimeout(open, off_ms);
  };
  globalThis.stop = () => {
    clearTimeout(timer);
    hide();
  };
  open();
}, shown_ms, hidden_ms);

const OPTIONS = { voicenter: { reassert_ms } };

inBothBrowsers(runner, 'a page that opens and closes its form for ever', OPTIONS, (scene) => {
  /** @param {number} from @param {string} command */
  const received = (from, command) => scene().simulator.events.slice(from)
    .filter((event) => event.type === 'request.received' && event.command === command);

  it('causes few requests after five cycles; the next form is muted, and the ledger has it', async () => {
    const { simulator, test_browser } = scene();
    const page = await scene().open('hidden-shown.html?way=attribute');
    const cycles = () => page.evaluate('cycles');
    const start = simulator.mark('the page begins');
    await flap(page);
    await simulator.waitFor(() => received(start.seq, 'unmute').length === CYCLES_BEFORE_DELAY,
      { after: start.seq });
    assert.ok(received(start.seq, 'mute').length >= CYCLES_BEFORE_DELAY, 'each cycle muted');

    const delayed_at = await cycles();
    await until('the delay has grown', async () => await cycles() >= delayed_at + CYCLES_WHILE_DELAY_GROWS);
    const measured = simulator.mark('the delay has grown');
    const first = await cycles();
    await until('more cycles', async () => await cycles() >= first + CYCLES_MEASURED);
    const last = simulator.mark('the page stops');
    const sent = (/** @type {string} */ command) =>
      received(measured.seq, command).filter(({ seq }) => seq < last.seq).length;
    assert.equal(sent('unmute'), 0, `in ${CYCLES_MEASURED} cycles`);
    const repetitions = (last.at_ms - measured.at_ms) / reassert_ms;
    assert.ok(sent('mute') <= repetitions + 1, `${sent('mute')} mutes instead of ${repetitions}`);
    assert.equal(simulator.wasRecordedBetween(scene().ivrid, measured.at_ms, last.at_ms), false);

    const popup = await openPopup(test_browser);
    await popupShows(popup, ({ text }) => /opened and closed again and again/.test(text));
    await popup.close();
    await page.bringToFront();
    const stopping = simulator.mark('the form stays closed');
    await page.evaluate('stop()');
    await simulator.waitFor({ type: 'call.unmuted' }, { after: stopping.seq });
    await bannerShows(page, null);
    await scene().payment({ open: () => page.evaluate('show()'), banner: () => page,
      close: () => page.evaluate('stop()'), gone: () => page });
    const { entries } = JSON.parse(await test_browser.runHost('ledger', '--json'));
    assert.ok(entries.some((/** @type {{kind: string}} */ { kind }) => kind === 'unmute_delayed'));
  });
});
