// Reports to the background what may lead to a payment form: pressed controls and entered routes. They are
// reported as hashes, so no address and no word of the page leaves this file.

import { hashOf } from '../common/hash.js';
import { attribute, isElement, callNative, nativeProperty, parentOf } from '../dom/shadow.js';

const CONTROLS = 'a,button,summary,input,[role=button],[role=link],[role=tab],[role=menuitem],[onclick]';

/** The attributes that name a control. Its text is not used, because it may be a customer's name. */
const NAMED_BY = ['id', 'name', 'class', 'type'];

/** Numbers in names and addresses are ignored: most of them belong to one customer or order. */
const NUMBERS = /[\da-f-]*\d[\da-f-]*/gi;

/** A text of an element's names and its place among its siblings. @param {Element} element */
function nameOf(element) {
  const siblings = [...nativeProperty(element, 'parentNode')?.children ?? []];
  const names = NAMED_BY.map((name) => attribute(element, name)).join('|');
  return `${element.localName}${siblings.indexOf(element)}|${names.replace(NUMBERS, '0')}`;
}

/** @param {Element} target */
function pressKey(target) {
  const control = callNative(target, 'closest', CONTROLS) ?? target;
  const around = parentOf(control);
  return `p${hashOf(nameOf(control) + (around ? nameOf(around) : ''))}`;
}

function routeKey() {
  const { pathname, hash } = location;
  return `r${hashOf((pathname + (/^#[!/]/.test(hash) ? hash : '')).replace(NUMBERS, '0'))}`;
}

/** @param {(key: string) => void} report */
export function createPredictors(report) {
  const listening = new AbortController();
  const passive = { capture: true, passive: true, signal: listening.signal };
  let route = '';

  /** @param {Event} event ignored unless a person caused it */
  function onPress(event) {
    if (!event.isTrusted) return;
    const [target] = event.composedPath();
    if (isElement(/** @type {Node} */ (target))) report(pressKey(/** @type {Element} */ (target)));
  }

  function onRoute() {
    const now = routeKey();
    if (now === route) return;
    route = now;
    report(now);
  }

  return {
    /** May be called again: the browser does not add the same listener twice. */
    start() {
      // A mouse causes `pointerdown` and then `click`, a keyboard only `click`. The background counts the
      // same key only once.
      for (const type of ['pointerdown', 'click']) addEventListener(type, onPress, passive);
      for (const type of ['popstate', 'hashchange']) addEventListener(type, onRoute, passive);
      const { navigation } = /** @type {Window & {navigation?: EventTarget}} */ (window);
      navigation?.addEventListener('currententrychange', onRoute, passive);
      onRoute();
    },
    stop: () => listening.abort(),
  };
}
