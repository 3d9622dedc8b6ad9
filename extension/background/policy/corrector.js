// Carries out the corrections that an agent makes in the popup. "This is a payment form here" mutes by hand
// at once. The agent then clicks the field on the page, and the mute by hand ends when the corrected form
// mutes.

import { isAllowed } from '../../common/corrections.js';
import { DIRECTIONS } from '../../common/protocol.js';
import { inject, PICKER_FILE } from '../pages/injection.js';
import { originOf } from '../pages/sender.js';
import { Corrections } from './corrections.js';

/**
 * @typedef {import('../../common/corrections.js').Direction} Direction
 * @typedef {import('./corrections.js').Parts} StoreParts
 * @typedef {StoreParts & {forms: import('../pages/tab-forms.js').TabForms,
 *   override: import('../host/override.js').Override, onPointing: () => void}} Parts
 */

export class Corrector {
  #parts;
  /** @type {number|null} the tab in which the agent is to click the field */
  #pointing = null;
  /** @type {number|null} the tab for which we have muted by hand until the corrected form opens there */
  #bridged = null;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.corrections = new Corrections(parts);
  }

  /** @param {number|null} tabId @returns {import('../../common/popup-messages.js').Correctable|null} */
  offeredIn(tabId) {
    const { forms, policy } = this.#parts;
    const site = tabId === null ? null : forms.siteOf(tabId);
    if (tabId === null || site === null) return null;
    const said = this.corrections.directionsOf(forms.correctionsIn(tabId));
    const can = { mute: forms.reasonsIn(tabId).length === 0, unmute: forms.isAnyDetectedIn(tabId) };
    return {
      site, said: DIRECTIONS.filter((one) => said.includes(one)),
      may: DIRECTIONS.filter((one) => can[one] && isAllowed(one, policy())),
      isPointing: this.#pointing === tabId, isNameless: forms.isAnyNamelessIn(tabId),
    };
  }

  /** @param {number} tabId @param {Direction} direction */
  say(tabId, direction) {
    if (!this.offeredIn(tabId)?.may.includes(direction)) return;
    if (direction === 'unmute') this.#parts.forms.askIn(tabId);
    else this.#point(tabId);
  }

  /** @param {number} tabId @param {Direction} direction */
  takeBack(tabId, direction) {
    this.corrections.takeBack(this.#parts.forms.correctionsIn(tabId), direction);
  }

  /** @param {number} tabId */
  #point(tabId) {
    const { api, override, onPointing } = this.#parts;
    this.#pointing = tabId;
    // If the agent has already muted by hand, that mute stays until the agent ends it.
    if (!override.muteByHand) {
      this.#bridged = tabId;
      override.set('mute');
    }
    inject(api, tabId, PICKER_FILE).then((fault) => {
      if (fault === '' || this.#pointing !== tabId) return;
      this.#pointing = null;
      onPointing();
    });
    onPointing();
  }

  /** @type {import('../ui/picker-ports.js').Correcting} */
  picking = {
    isPointing: (tabId) => this.#pointing === tabId,
    chosen: (tabId, sender, selector) => {
      if (this.#pointing !== tabId) return;
      this.#pointing = null;
      const origin = originOf(sender);
      this.corrections.add({ direction: 'mute', origin, selectors: [selector], shape: '' });
    },
    left: (tabId) => {
      if (this.#pointing !== tabId) return;
      this.#pointing = null;
      if (this.#bridged === tabId) this.#endBridge();
      this.#parts.onPointing();
    },
  };

  /** To be called when the agent has changed the override. The corrected form then ends no mute by hand. */
  overridden() {
    this.#bridged = null;
  }

  /**
   * To be called after each change. Once the corrected form is open, it mutes by itself, so the mute by hand
   * is ended.
   */
  review() {
    if (this.#bridged !== null && this.#parts.forms.isAnyCorrectedIn(this.#bridged)) this.#endBridge();
  }

  #endBridge() {
    this.#bridged = null;
    this.#parts.override.set('auto');
  }
}
