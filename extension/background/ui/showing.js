// Shows the model everywhere: in pages first, because an agent may be waiting there, then in icon,
// notifications and popups. A mute in flight is shown only if it is not acknowledged soon. To show it would
// keep the threads of the browser and of the page busy, and in Firefox also the background's own, and the
// answer has to pass through these threads.

import { pageStatus, wordingOf } from './wording.js';

/** A mute that is in flight for longer than this is shown. Less than crossing_ms of the content script. */
export const PASSING_ms = 60;

/**
 * @typedef {import('../../common/view.js').Model} Model
 * @typedef {import('../../common/view.js').View} View
 * @typedef {{after: import('../host/native-port.js').Clock['after'], onDue: () => void,
 *   pages: {tell: (status: ReturnType<typeof pageStatus> & {released: boolean}) => void},
 *   display: Pick<import('./display.js').Display, 'show'>,
 *   popups: Pick<import('./popup-ports.js').PopupPorts, 'tell'>,
 *   sites: import('../policy/sites.js').Sites, messages: import('../../common/messages.js').Messages}} Parts
 *   onDue: called when a postponed model has to be shown
 */

/** The views that "muting" may follow late. What may look like a mute must not stay. */
const UNMUTED = new Set(['recording', 'unprotected', 'off']);

export class Showing {
  #parts;
  /** @type {View|null} the view that is shown now; null: none yet */
  #shown = null;
  /** @type {(() => void)|null} cancels the timer of a view that is postponed; null: none is */
  #cancel = null;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * @param {Model} model
   * @param {boolean} records whether the agent has chosen to record, so that no card field waits for a mute
   */
  show(model, records) {
    if (this.#isPostponed(model.view)) return;
    const { pages, display, popups, sites, messages } = this.#parts;
    const wording = wordingOf(model, messages);
    pages.tell({ ...pageStatus(model, wording.lines, sites.interlock, messages), released: records });
    display.show(model, wording, sites, messages);
    popups.tell();
  }

  /** Only "muting" is ever postponed. @param {View} view */
  #isPostponed(view) {
    if (view === 'muting' && UNMUTED.has(this.#shown ?? '')) {
      this.#cancel ??= this.#parts.after(PASSING_ms, () => {
        this.#shown = view;
        this.#parts.onDue();
      });
      return true;
    }
    this.#cancel?.();
    this.#cancel = null;
    this.#shown = view;
    return false;
  }
}
