// The picker at work in one frame: pointing until something is picked in any frame of the tab, then the panel
// in the top frame and the outlines in the one that was picked in. Used by main.js.

import { createAim } from './aim.js';
import { createPanel } from './panel.js';
import { shortName } from './pieces.js';
import { addressHere, ruleFor } from './rule.js';
import { findSelector } from './selector.js';
import { createStage } from './stage.js';

/** @typedef {{texts: import('./panel.js').Texts, dir: string, lang: string}} Words */

/**
 * @param {Words} words
 * @param {(message: object) => void} send to the other frames of the tab, by way of the background
 * @param {() => void} onEnd
 */
export function createWork({ texts, dir, lang }, send, onEnd) {
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  const isTop = window === window.top;
  const stage = createStage({ dir, lang });
  const listening = new AbortController();
  let isShown = false;

  const aim = createAim({
    aim(element) {
      stage.outline(element ? [element] : [], 'outline');
      stage.say(element ? texts.hint : '', element ? shortName(element) : '');
      if (element) send({ type: 'here' });
    },
    key: (key) => send({ type: 'key', key }),
    pick(element) {
      const { selector, elements, isWeak } = findSelector(element);
      const rule = ruleFor(selector, addressHere());
      settle(elements);
      send({ type: 'picked', pick: { selector, count: elements.length, isWeak, rule } });
    },
    isOurs: stage.isOurs,
  });

  /** @param {Element[]} elements that the selector finds in this frame */
  function settle(elements) {
    aim.stop();
    stage.say('');
    stage.outline(elements, 'outline match');
  }

  function leave() {
    send({ type: 'end' });
    onEnd();
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopImmediatePropagation();
    leave();
  }

  /** @param {import('./panel.js').Pick} pick */
  function show(pick) {
    if (!isTop || isShown) return;
    isShown = true;
    const { panel, focus } = createPanel(pick, texts, leave);
    stage.place(panel);
    focus();
  }

  addEventListener('keydown', onKey, { capture: true, signal: listening.signal });
  for (const type of ['scroll', 'resize']) {
    addEventListener(type, stage.draw, { capture: true, passive: true, signal: listening.signal });
  }
  aim.start();
  if (isTop) aim.begin();

  return {
    /** @param {any} message of another frame, or, where `own`, the answer to this one's */
    hear({ type, key, pick, own }) {
      if (type === 'here') aim.aim(null);
      if (type === 'key') aim.press(key);
      if (type === 'picked' && !own) settle([]);
      if (type === 'picked') show(pick);
      if (type === 'end') onEnd();
    },

    stop() {
      aim.stop();
      listening.abort();
      stage.remove();
      if (isShown) focused?.focus();
    },
  };
}
