// Measures the time from a payment form's appearance to the acknowledged mute. With the early mute, the mute
// may come first: it is sent when a control is pressed, and the form appears at the click, when the button is
// released.
import { TestBrowser } from '../browser/harness/browsers.js';
import { servePages } from '../browser/harness/pages.js';
import { startSimulator } from '../simulator/simulator.js';
import { configuration, PAGES } from './acknowledged.js';

const POLICY_ms = 2500;
/** How long a button is held down. People hold it longer. */
const PRESS_ms = 60;
/** More than the 250 ms within which a new form counts as the previous one (settle_ms). */
const AFTER_A_FORM_ms = 500;

/**
 * @param {number} forms
 * @param {boolean} premute
 * @returns {Promise<number[]>} for each form, from visible to acknowledged; below 0 if the mute came first
 */
export async function measureEarly(forms, premute) {
  const simulator = await startSimulator();
  simulator.startCall({ answered: true });
  const pages = await servePages(PAGES);
  const { voicenter, policy } = configuration(simulator.muteUrl);
  const config = { voicenter, policy: { ...policy, premute } };
  const started = await TestBrowser.start({ name: 'chromium', config });
  try {
    const page = await started.browser.newPage();
    await page.goto(`${pages.origin}/form.html`);
    await new Promise((resolve) => setTimeout(resolve, POLICY_ms));
    await page.evaluate('benchButton()');
    const samples = [];
    // With the first form the extension learns which control opens it.
    for (let form = 0; form <= forms; form += 1) {
      const after = simulator.mark('pressed');
      await page.click('button', { delay: PRESS_ms });
      const answered = { type: 'request.answered', command: 'mute' };
      const { at_ms } = await simulator.waitFor(answered, { after: after.seq });
      const visible_at_ms = /** @type {number} */ (await page.evaluate('benchVisibleAt'));
      if (form > 0) samples.push(at_ms - visible_at_ms);
      const closing = simulator.mark('closed');
      await page.evaluate('benchClose()');
      await simulator.waitFor({ type: 'call.unmuted' }, { after: closing.seq });
      await new Promise((resolve) => setTimeout(resolve, AFTER_A_FORM_ms));
    }
    return samples;
  } finally {
    await started.close();
    await Promise.all([pages.close(), simulator.close()]);
  }
}
