// The picker in one frame. A person points until an element is picked in any frame of the tab. A picker for a
// correction then ends in all frames. Any other then shows the panel in the top frame, and outlines in the
// frame of the pick.

import { createAim } from './aim.js';
import { fieldOf } from './field.js';
import { createPanel } from './panel.js';
import { shortName } from '../selector/pieces.js';
import { addressHere, ruleFor } from './rule.js';
import { findSelector, selectorOf } from '../selector/selector.js';
import { createStage } from './stage.js';

/** @typedef {import('../common/picker-messages.js').Words} Words */
/** @typedef {import('../common/picker-messages.js').PassedOn} PassedOn */
/** @typedef {import('../common/picker-messages.js').Chosen} Chosen */

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
 * @returns {{pick: import('../common/picker-messages.js').Pick, elements: Element[]}} pick: its `detected` is
 *   set by the background. elements: all that the selector finds in this frame
 */
function pickOf(element) {
  const { selector, elements, isWeak } = findSelector(element);
  const rule = ruleFor(selector, addressHere());
  return { pick: { selector, count: elements.length, isWeak, rule, detected: 'unwatched' }, elements };
}

/**
 * @param {Element} element
 * @param {(message: PassedOn) => void} send
 * @returns {Element[]} all that the selector finds in this frame
 */
function sendPick(element, send) {
  const { pick, elements } = pickOf(element);
  send({ type: 'picked', pick, own: false });
  return elements;
}

/**
 * The handlers that draw and send while the person points.
 * @param {ReturnType<typeof createStage>} stage
 * @param {Words} words
 * @param {(message: Chosen | PassedOn) => void} send
 */
const pointing = (stage, { texts, corrects }, send) => ({
  /** @param {Element | null} element */
  aim(element) {
    const target = element && corrects ? fieldOf(element) : element;
    stage.outline(target ? [target] : [], 'outline');
    if (!element) stage.say('');
    else if (corrects) stage.say(texts.field);
    else stage.say(texts.hint, shortName(element));
    if (element) send({ type: 'here' });
  },
  key: (/** @type {string} */ key) => send({ type: 'key', key }),
  isOurs: stage.isOurs,
});

/**
 * Sends the field that the agent points at; the background then ends the picker in all frames. Does nothing
 * if there is no field.
 * @param {Element} element that is pointed at
 * @param {(message: Chosen) => void} send
 */
function choose(element, send) {
  const field = fieldOf(element);
  if (field) send({ type: 'chosen', selector: selectorOf(field) });
}

/**
 * @param {Words} words
 * @param {(message: Chosen | PassedOn) => void} send to the background
 * @param {() => void} onEnd
 */
export function createWork(words, send, onEnd) {
  const { texts, dir, lang } = words;
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
    ...pointing(stage, words, send),
    pick(element) {
      if (words.corrects) choose(element, send);
      else settle(sendPick(element, send));
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
