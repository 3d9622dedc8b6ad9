// Tests Voicenter's Real-time events in real browsers, with the real server of socket.io 2: a call that
// begins under an open form, compared with the same without events; what the popup says of the call; and
// events that are lost.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { CUSTOMER, startRealTime } from '../simulator/real_time.js';
import { bannerShows } from './harness/banner.js';
import { openPopup, popupShows } from './harness/popup.js';
import { BROWSERS, Scene } from './harness/scene.js';

const REASSERT_MS = 1000;
/** The longest interval that the configuration allows, so that a mute that comes sooner is no repetition. */
const REASSERT_LIVE_MS = 60_000;

for (const name of BROWSERS) {
  describe(`Real-time events, ${name}`, () => {
    /** @type {Scene} */
    let scene;
    /** @type {import('../simulator/real_time.js').RealTime} */
    let realTime;
    before(async () => {
      scene = await Scene.startAtWork(name, { voicenter: async (simulator) => {
        realTime = await startRealTime(simulator);
        return { reassert_ms: REASSERT_MS, reassert_live_ms: REASSERT_LIVE_MS, realtime: realTime.config };
      } });
    });
    afterEach(() => scene.clear());
    after(async () => {
      await scene?.close();
      await realTime?.close();
    });
    const mutesSince = (/** @type {{seq: number}} */ mark) => scene.simulator.events.filter(
      ({ type, command, seq }) => type === 'request.received' && command === 'mute' && seq > mark.seq);

    /** Ends the scene's call, and opens a form, whose mute is acknowledged. @param {any} popup */
    async function openForm(popup) {
      scene.simulator.endCall(scene.ivrid);
      scene.ivrid = undefined;
      await popupShows(popup, ({ text }) => /No call is on/.test(text));
      const page = await scene.open('crm.html');
      await page.click('#toggle');
      await bannerShows(page, 'muted');
      return page;
    }

    /**
     * Starts a call under the open form, and waits until the call is muted.
     * @param {string} how
     * @param {(message: string) => void} tell
     */
    async function callUnderForm(how, tell) {
      const { ivrid, started_at_ms } = scene.simulator.startCall({ answered: true });
      const muted = await scene.simulator.waitFor({ type: 'call.muted', ivrid });
      tell(`${how}: muted ${(muted.at_ms - started_at_ms).toFixed(0)} ms after its start`);
      return { ivrid, muted };
    }

    it('a call that begins under an open form is muted by its event, and the popup says so', async (t) => {
      const { simulator } = scene;
      const popup = await openPopup(scene.test_browser);
      await popupShows(popup, ({ text }) => /Call on since \d.* · not muted/.test(text));
      const page = await openForm(popup);
      const mark = simulator.mark('the call begins');
      const { ivrid, muted } = await callUnderForm('with events', t.diagnostic.bind(t));
      const event = await simulator.waitFor({ type: 'real_time.event', ivrid });
      const first = mutesSince(mark)[0];
      assert.ok(event.seq < first.seq && first.seq < muted.seq, 'by the first mute, which its event caused');
      const shown = await popupShows(popup, ({ text }) => /Call on since \d.* · muted/.test(text));
      for (const secret of Object.values(CUSTOMER)) assert.ok(!shown.text.includes(secret), secret);
      await page.click('#toggle');
      await simulator.waitFor({ type: 'call.unmuted', ivrid });
      await popupShows(popup, ({ text }) => /Call on since \d.* · not muted/.test(text));
      simulator.endCall(ivrid);
      await popupShows(popup, ({ text }) => /No call is on/.test(text));
    });

    it('without events a mute is repeated as often as ever, at once, and the popup says why', async (t) => {
      const { simulator } = scene;
      const popup = await openPopup(scene.test_browser);
      const page = await openForm(popup);
      const lost = simulator.mark('the events end');
      await realTime.close();
      const { ivrid } = await callUnderForm('without events', t.diagnostic.bind(t));
      await simulator.waitFor(() => mutesSince(lost).length > 1);
      await popupShows(popup, ({ text }) =>
        text.includes('CardMute does not hear at once when a call begins or ends.'));
      await page.click('#toggle');
      await simulator.waitFor({ type: 'call.unmuted', ivrid });
    });
  });
}
