// Opens the form of a page of the live corpus, types into it and closes it, twice, as a person would. The
// events and the recording of a simulated Voicenter show whether everything was right.
import { until } from '../../../tests/browser/harness/until.js';
import { PUT_MARK } from '../detector.js';

/** @typedef {import('../../../tests/browser/harness/scene.js').Scene} Scene */

/** How long the extension and the host may take on a loaded machine. */
const patience_ms = 10_000;

/** At most this many fields of a form are typed into. */
const most_fields = 8;

/** At most this many of a page's errors are reported. */
const most_errors = 3;

/** A card frame of a provider that no page uses. */
const MARK = 'js.chargebee.com';

/** The extension did something wrong in a step. */
class Wrong extends Error {}

/**
 * Types into one field after the other. The keys are trusted events, which reach any shadow root.
 * @param {any} page
 */
async function type(page) {
  const fields = Math.min(most_fields, await page.evaluate(() => globalThis.fieldsShown()));
  await page.focus('#open');
  for (let field = 0; field < fields; field += 1) {
    await page.keyboard.press('Tab');
    await page.keyboard.type('12');
  }
}

/** @param {any} page */
async function open(page) {
  await page.click('#open');
  await until('a field', () => page.evaluate(() => globalThis.fieldsShown() > 0), patience_ms);
}

/**
 * @param {Promise<any>} event @param {string} what
 * @returns {Promise<any>}
 */
const expected = (event, what) => event.catch(() => { throw new Wrong(what); });

/**
 * Shows and removes a card frame, and waits for its mute and unmute.
 * @param {Scene} scene @param {any} page
 */
async function passMark(scene, page) {
  const { simulator } = scene;
  const shown = simulator.mark('the mark is shown');
  await page.evaluate(PUT_MARK, MARK);
  const muted = await scene.muted(shown, patience_ms);
  await page.evaluate(() => document.querySelector('form[popover]')?.remove());
  await expected(simulator.waitFor({ type: 'call.unmuted' }, { after: muted.seq, timeout_ms: patience_ms }),
    'muted');
  return shown;
}

/**
 * One round: opens the form, types and closes the form. Calls `at` before each step, with the step's name and
 * `again`.
 * @typedef {(scene: Scene, page: any, at: (step: string) => void, again: string) => Promise<void>} Round
 */

/** For a payment form: the call must be muted while the form is open, and not afterwards. @type {Round} */
async function pay(scene, page, at, again) {
  const { simulator, ivrid } = scene;
  at(`open${again}`);
  const opening = simulator.mark('the form opens');
  await open(page);
  const muted = await expected(scene.muted(opening, patience_ms), 'not muted');
  at(`type${again}`);
  await type(page);
  const closing = simulator.mark('the form closes');
  if (simulator.wasRecordedBetween(ivrid, muted.at_ms, closing.at_ms)) throw new Wrong('recorded');
  at(`close${again}`);
  await page.evaluate(() => globalThis.close());
  await expected(simulator.waitFor({ type: 'call.unmuted', ivrid },
    { after: closing.seq, timeout_ms: patience_ms }), 'still muted');
}

/**
 * For another form, which must never mute. The extension reports forms in order, so a mute for this form
 * would come before the mute for the mark. It would also last until this form closes, so that no unmute would
 * follow the mark.
 * @type {Round}
 */
async function passBy(scene, page, at, again) {
  const { simulator } = scene;
  at(`open${again}`);
  const opening = simulator.mark('the form opens');
  await open(page);
  at(`type${again}`);
  await type(page);
  const mark = await passMark(scene, page);
  const isEarly = simulator.events.some(({ type: kind, command, seq }) =>
    kind === 'request.received' && command === 'mute' && seq > opening.seq && seq < mark.seq);
  if (isEarly) throw new Wrong('muted');
  at(`close${again}`);
  await page.evaluate(() => globalThis.close());
}

/**
 * @param {Scene} scene that has been started
 * @param {string} address of the page
 * @param {boolean} isPayment
 * @returns {Promise<string | null>} the step at which it was wrong and what was seen; null if all was right
 */
export async function drive(scene, address, isPayment) {
  const page = await scene.test_browser.browser.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on('pageerror', (/** @type {Error} */ error) => errors.push(error.message));
  let step = 'load';
  try {
    await page.goto(address);
    for (const again of ['', ' again']) {
      await (isPayment ? pay : passBy)(scene, page, (/** @type {string} */ next) => { step = next; }, again);
    }
    return null;
  } catch (error) {
    if (error instanceof Wrong) return `${step}: ${error.message}`;
    const [message] = /** @type {Error} */ (error).message.split('\n');
    return [`not driven: ${step}`, message, ...errors.slice(0, most_errors)].join(': ');
  } finally {
    await scene.clear();
  }
}
