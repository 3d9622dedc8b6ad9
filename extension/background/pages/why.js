// Asks the frames of a tab which words decided about their forms, when a person asks in the popup. The words
// come from the page. They are shown, but neither stored nor reported.

import { textsOf } from '../../common/reading.js';
import { cut } from '../../common/text.js';

export const WHY_FILE = 'why.js';

/** How much of a frame's answer is shown: more than the forms of a real page need. */
export const MAX_LINES = 100;
export const MAX_LINE_characters = 400;

/** @typedef {import('../../common/popup-messages.js').WhyFrame} WhyFrame */

/**
 * @param {Pick<typeof import('../../common/api.js').api, 'scripting'>} api
 * @param {Pick<import('./tab-forms.js').TabForms, 'framesIn'>} forms
 * @returns {(tabId: number) => Promise<WhyFrame[]>} the frames of the tab that have a reason or a line
 */
export const whyOf = (api, forms) => async (tabId) => {
  const frames = await Promise.all(forms.framesIn(tabId).map(async ({ frameId, origin, reasons }) => {
    const target = { tabId, frameIds: [frameId] };
    // For a frame that has gone, or in which no script may run, only the reasons are known.
    const [answer] = await api.scripting.executeScript({ target, files: [WHY_FILE], injectImmediately: true })
      .catch(() => []);
    const lines = textsOf(answer?.result).slice(0, MAX_LINES);
    return { origin, reasons, lines: lines.map((line) => cut(line, MAX_LINE_characters)) };
  }));
  return frames.filter(({ reasons, lines }) => reasons.length > 0 || lines.length > 0);
};
