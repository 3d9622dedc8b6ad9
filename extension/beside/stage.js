// The one element of ours in the page, in which banner and covers stand. Used by main.js, banner.js and
// covers.js. It is in the layer above the page and in a closed shadow root: nothing of the page covers it,
// styles it or finds its way into it.

import { HOST_MARK } from '../common/marks.js';
import { oncePerFrame } from '../content/turns.js';
import { HOST_STYLE, STYLE } from './banner-style.js';

/**
 * Firefox ends the script of a removed extension without a word and leaves the element standing. What nobody
 * renews therefore goes out by itself: a green that is no longer true is worse than none.
 */
export const goes_out_ms = 10000;
const renewed_every_ms = 3000;

/**
 * How soon the element comes back when the page has removed it, and so at most how often. The banner follows
 * a form that the page has moved as soon; a cover follows its field in the next frame of animation.
 */
export const follow_ms = 100;

/** What happens in it is none of the page's: a press would count as one beside the page's dialog. */
const OWN_EVENTS = ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'touchstart', 'touchend', 'click',
  'focusin', 'keydown', 'keyup'];

/**
 * @param {() => Element} home where in the page it belongs
 * @param {(element: Element) => boolean} concerns whether a form stands in an element
 * @param {() => void} place puts what stands in it into its place, once in a frame of animation
 * @param {() => void} onRenew
 */
export function createStage(home, concerns, place, onRenew) {
  const host = document.createElement('cardmute-banner');
  const inside = document.createElement('div');
  const placing = oncePerFrame(() => { if (shown) place(); });
  let shown = false;
  let buried = false;
  let styled = '';
  /** @type {Animation | undefined} */
  let life;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let renewal;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let following;
  let listening = new AbortController();

  host.setAttribute(HOST_MARK, '');
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new window.CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  root.append(inside);
  for (const type of OWN_EVENTS) root.addEventListener(type, (event) => event.stopPropagation());

  function renew() {
    if (life) life.currentTime = 0;
    mend();
    onRenew();
    placing.ask();
  }

  /** Puts the element where it belongs and on top of the page. */
  function mend() {
    const at = home();
    const { style } = host;
    const whole = host.parentNode === at && style.cssText === styled && host.matches(':popover-open');
    if (whole && !buried) return;
    if (host.parentNode !== at) at.append(host);
    style.cssText = HOST_STYLE;
    styled = style.cssText;
    host.popover = 'manual';
    if (buried) host.hidePopover();
    buried = false;
    if (!host.matches(':popover-open')) host.showPopover();
  }

  /**
   * A page's dialog that keeps every press for itself would keep the way out from the person. So a press on
   * what is ours is taken before the document hears of it.
   * @param {MouseEvent} event
   */
  function onPress(event) {
    if (event.target !== host) return;
    event.stopImmediatePropagation();
    const { clientX, clientY, detail } = event;
    const byKeyboard = detail === 0;
    const at = byKeyboard ? root.activeElement : root.elementFromPoint(clientX, clientY);
    const button = at?.closest('button');
    button?.onclick?.(/** @type {PointerEvent} */ (event));
  }

  /** In the layer above the page the last comer is on top: it may have taken the form there. */
  function onLayer(/** @type {Event} */ { target }) {
    if (!concerns(/** @type {Element} */ (target))) return;
    buried = true;
    follow();
  }

  function follow() {
    following ??= setTimeout(() => {
      following = undefined;
      if (shown) renew();
    }, follow_ms);
  }

  function enter() {
    shown = true;
    mend();
    life = inside.animate([{ visibility: 'visible' }, { visibility: 'hidden' }], {
      duration: goes_out_ms, easing: 'step-end', fill: 'forwards',
    });
    renewal = setInterval(renew, renewed_every_ms);
    listening = new AbortController();
    const passive = { capture: true, passive: true, signal: listening.signal };
    addEventListener('click', onPress, passive);
    for (const type of ['scroll', 'resize', 'visibilitychange']) addEventListener(type, renew, passive);
    for (const type of ['toggle', 'fullscreenchange']) addEventListener(type, onLayer, passive);
  }

  function leave() {
    shown = false;
    placing.cancel();
    clearInterval(renewal);
    listening.abort();
    host.remove();
  }

  return {
    inside,
    ask: placing.ask,
    /** To be called whenever the page has changed: puts the element back, and all into its place. */
    follow,
    /** @param {Node} node */
    isOurs: (node) => node === host,

    /** @param {boolean} now whether it is there @param {boolean} moved whether it may have another home */
    set(now, moved) {
      if (now && !shown) enter();
      else if (now && moved) mend();
      else if (!now && shown) leave();
      // Drawn in its place, but placed later: it would make the browser lay the page out before the mute.
      if (now) placing.ask();
    },
  };
}
