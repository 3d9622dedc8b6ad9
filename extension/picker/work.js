// The picker in one frame. A person points until an element is picked in any frame of the tab. Then the top
// frame shows the panel, and the frame of the pick shows the outlines.

import { createAim } from './aim.js';
import { createPanel } from './panel.js';
import { shortName } from './pieces.js';
import { addressHere, ruleFor } from './rule.js';
import { findSelector } from './selector.js';
import { createStage } from './stage.js';

/** @typedef {import('../common/picker-messages.js').Words} Words */
/** @typedef {import('../common/picker-messages.js').PassedOn} PassedOn */

/** @param {() => void} leave @param {AbortSignal} signal removes the listener */
function onEscape(leave, signal) {
  addEventListener('keydown', (event) => {
    if (!event.isTrusted || event.key !== 'Escape') return;
    event.preventDefault();
    event.stopImmediatePropagation();
    leave();
  }, { capture: true, signal });
}

/**
 * The handlers for messages of other frames.
 * @param {object} on
 * @param {{aim: (element: null) => void, press: (key: string) => boolean}} on.aim
 * @param {(elements: Element[]) => void} on.settle
 * @param {(pick: import('../common/picker-messages.js').Pick) => void} on.show
 * @param {() => void} on.onEnd
 * @returns {{[T in PassedOn['type']]: (message: Extract<PassedOn, {type: T}>) => void}}
 */
const handlersFor = ({ aim, settle, show, onEnd }) => ({
  here: () => aim.aim(null),
  key: ({ key }) => { aim.press(key); },
  picked({ pick, own }) {
    if (!own) settle([]);
    show(pick);
  },
  end: onEnd,
});

/** @param {() => void} draw @param {AbortSignal} signal removes the listeners */
function onMoved(draw, signal) {
  for (const type of ['scroll', 'resize']) {
    addEventListener(type, draw, { capture: true, passive: true, signal });
  }
}

/**
 * @param {Element} element
 * @returns {{pick: import('../common/picker-messages.js').Pick, elements: Element[]}} elements: all that the
 *   selector finds in this frame. The background, which knows whether a form is detected here, sets
 *   `detected`.
 */
function pickOf(element) {
  const { selector, elements, isWeak } = findSelector(element);
  const rule = ruleFor(selector, addressHere());
  return { pick: { selector, count: elements.length, isWeak, rule, detected: 'unwatched' }, elements };
}

/**
 * What is drawn and sent while the person points.
 * @param {ReturnType<typeof createStage>} stage
 * @param {Words['texts']} texts
 * @param {(message: PassedOn) => void} send
 */
const pointing = (stage, texts, send) => ({
  /** @param {Element | null} element */
  aim(element) {
    stage.outline(element ? [element] : [], 'outline');
    stage.say(element ? texts.hint : '', element ? shortName(element) : '');
    if (element) send({ type: 'here' });
  },
  key: (/** @type {string} */ key) => send({ type: 'key', key }),
  isOurs: stage.isOurs,
});

/**
 * @param {Words} words
 * @param {(message: PassedOn) => void} send to the other frames of the tab, through the background
 * @param {() => void} onEnd
 */
export function createWork({ texts, dir, lang }, send, onEnd) {
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  const isTop = window === window.top;
  const stage = createStage({ dir, lang });
  const listening = new AbortController();
  const leave = () => {
    send({ type: 'end' });
    onEnd();
  };
  let isShown = false;

  const aim = createAim({
    ...pointing(stage, texts, send),
    pick(element) {
      const { pick, elements } = pickOf(element);
      settle(elements);
      send({ type: 'picked', pick, own: false });
    },
  });

  /** @param {Element[]} elements that the selector finds in this frame */
  function settle(elements) {
    aim.stop();
    stage.say('');
    stage.outline(elements, 'outline match');
  }

  /** @param {import('./panel.js').Pick} pick */
  function show(pick) {
    if (!isTop || isShown) return;
    isShown = true;
    const { panel, focus } = createPanel(pick, texts, leave);
    stage.place(panel);
    focus();
  }

  const handlers = handlersFor({ aim, settle, show, onEnd });
  onEscape(leave, listening.signal);
  onMoved(stage.draw, listening.signal);
  aim.start();
  if (isTop) aim.begin();

  return {
    /** @param {PassedOn} message of another frame, or a pick of this frame that the background sends back */
    hear: (message) => handlers[message.type](/** @type {any} */ (message)),

    stop() {
      aim.stop();
      listening.abort();
      stage.remove();
      if (isShown) focused?.focus();
    },
  };
}
