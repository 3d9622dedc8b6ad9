// What the banner has to say, from what the background has said: no page and no clock in here.
// Used by main.js. It has no words of its own: all come from the background, in the agent's language.

/**
 * @typedef {'muting' | 'muted' | 'unmuting' | 'recording' | 'unprotected'} View
 * @typedef {{dir: 'ltr' | 'rtl', lang: string, interlock: 'off' | 'warn' | 'block'}} Manner
 * @typedef {{muting: string[], lost: string[], late: string[], waiting: string, held: string,
 *   released: string, go_on: string}} Texts
 * @typedef {Manner & {type: 'hello', texts: Texts, interlock_timeout_ms: number}} Hello what it says first
 * @typedef {Manner & {type: 'status', view: View, lines: string[], docked?: boolean,
 *   released?: boolean}} Status released: card fields of this tab need not wait, though nothing is muted
 * @typedef {{view: View, lines: string[], dir: 'ltr' | 'rtl', lang: string, button?: string}} Content
 *   title first
 */

/**
 * How much the last status is worth. `none`: there is none, or it is from before the line to the background
 * fell. `crossing`: it may have crossed with the news that a form is open. `current`: it is the truth.
 * @typedef {'none' | 'crossing' | 'current'} Worth
 */

/**
 * @typedef {object} Known
 * @property {Hello | null} hello
 * @property {Status | null} status
 * @property {Worth} worth
 * @property {boolean} silent whether an answer has been waited for in vain
 * @property {boolean} open whether there are open surfaces that have their banner in this frame
 */

/**
 * @param {Known} known
 * @returns {Content | null} null: no banner
 */
export function bannerContent({ hello, status, worth, silent, open }) {
  const manner = status ?? hello;
  if (!hello || !manner || manner.interlock === 'off') return null;

  /** @param {View} view @param {string[]} lines @returns {Content} */
  const content = (view, lines) => ({ view, lines, dir: manner.dir, lang: manner.lang });

  if (!open) return status?.docked && worth !== 'none' ? content(status.view, status.lines) : null;
  // "Recording" beside an open form is at first an answer from before the form.
  const tells = status && worth === 'current' && (status.view !== 'recording' || silent);
  if (tells) return content(status.view, status.lines);
  return silent ? content('unprotected', hello.texts.lost) : content('muting', hello.texts.muting);
}

/**
 * The same where card fields wait for the mute, or have waited.
 * @param {Content} content
 * @param {import('./interlock.js').Stage} stage
 * @param {Texts} texts
 * @returns {Content}
 */
export function interlockContent(content, stage, texts) {
  if (stage === 'open') return content;
  const onItsWay = content.view === 'muting' || content.view === 'unmuting';
  // Who has waited in vain, or waits no more, is not told again that it takes a moment.
  const { view, lines } = onItsWay && stage !== 'held'
    ? { view: /** @type {View} */ ('unprotected'), lines: texts.late } : content;
  const more = stage === 'released' ? texts.released : texts.held;
  return { ...content, view, lines: [...lines, more], ...(stage === 'late' && { button: texts.go_on }) };
}
