// Derives what the banner shows from the background's messages, without access to the page or a clock. All
// texts come from the background, in the agent's language.

/**
 * @typedef {import('../common/background-messages.js').Hello} Hello
 * @typedef {import('../common/background-messages.js').Status} Status
 * @typedef {import('../common/background-messages.js').Texts} Texts
 * @typedef {import('../common/background-messages.js').View} View
 * @typedef {{view: View, lines: string[], dir: 'ltr' | 'rtl', lang: string, button?: string}} Content
 *   what the banner shows. The first line is the title
 */

/**
 * How far the last status can be trusted. `none`: there is none, or its port has closed. `crossing`: it may
 * have been sent before the background heard that a form is open. `current`: it is up to date.
 * @typedef {'none' | 'crossing' | 'current'} Worth
 */

/**
 * @typedef {object} Known
 * @property {Hello | null} hello
 * @property {Status | null} status
 * @property {Worth} worth
 * @property {boolean} silent whether the background's time to answer is over
 * @property {boolean} open whether a surface is open whose banner is shown in this frame
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
  // A "recording" status may be older than the form, so at first it is not shown.
  const tells = status && worth === 'current' && (status.view !== 'recording' || silent);
  if (tells) return content(status.view, status.lines);
  return silent ? content('unprotected', hello.texts.lost) : content('muting', hello.texts.muting);
}

/**
 * Adds what the interlock does with the card fields: a line of text and, once a person may continue, the
 * button.
 * @param {Content} content
 * @param {import('./interlock.js').Phase} phase
 * @param {Texts} texts
 * @returns {Content}
 */
export function interlockContent(content, phase, texts) {
  if (phase === 'open') return content;
  const onItsWay = content.view === 'muting' || content.view === 'unmuting';
  // "muting" would promise a mute within a moment. So the banner must not say it once the fields have waited
  // too long or no longer wait.
  const { view, lines } = onItsWay && phase !== 'held'
    ? { view: /** @type {View} */ ('unprotected'), lines: texts.late } : content;
  const more = phase === 'released' ? texts.released : texts.held;
  return { ...content, view, lines: [...lines, more], ...(phase === 'late' && { button: texts.go_on }) };
}
