// What the banner has to say, from what the background has said: no page and no clock in here.
// Used by main.js. It has no words of its own: all come from the background, in the agent's language.

/**
 * @typedef {'muting' | 'muted' | 'unmuting' | 'recording' | 'unprotected'} View
 * @typedef {{dir: 'ltr' | 'rtl', lang: string, interlock: 'off' | 'warn' | 'block'}} Manner
 * @typedef {Manner & {type: 'hello', texts: {muting: string[], lost: string[]}}} Hello what it says first
 * @typedef {Manner & {type: 'status', view: View, lines: string[], docked?: boolean}} Status
 * @typedef {{view: View, lines: string[], dir: 'ltr' | 'rtl', lang: string}} Content title first
 */

/**
 * How much the last status is worth. `none`: there is none, or it is from before the line to the background
 * fell. `crossing`: it may have crossed with the news that a form is open. `current`: it is the truth.
 * @typedef {'none' | 'crossing' | 'current'} Worth
 */

/**
 * @param {object} known
 * @param {Hello | null} known.hello
 * @param {Status | null} known.status
 * @param {Worth} known.worth
 * @param {boolean} known.silent whether an answer has been waited for in vain
 * @param {boolean} known.open whether there are open surfaces that have their banner in this frame
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
