// The banner in the page: says whether the call is muted, beside the payment form. Used by main.js.
// It stands in a closed shadow root of its own, covers no card field and takes no pointer from the page.

import { HOST_MARK } from '../common/marks.js';
import { isA, parentAsDrawn } from '../content/shadow.js';
import { oncePerFrame } from '../content/turns.js';
import { liveRegion, fill } from './banner-parts.js';
import { besideOf, placeBanner } from './banner-place.js';
import { HOST_STYLE, STYLE } from './banner-style.js';

/** @typedef {import('./banner-view.js').Content} Content */
/** @typedef {import('../content/groups.js').Group} Group */

/**
 * Firefox ends the script of a removed extension without a word and leaves the banner standing. A banner
 * that nobody renews therefore goes out by itself: a green that is no longer true is worse than none.
 */
const goes_out_ms = 10000;
const renewed_every_ms = 3000;

/**
 * How soon the banner follows a form that the page has moved, or comes back when the page has removed it,
 * and so at most how often. A form that is scrolled it follows at once.
 */
const follow_ms = 100;

export function createBanner() {
  const host = document.createElement('cardmute-banner');
  const polite = liveRegion('status');
  const urgent = liveRegion('alert');
  /** @type {Content | null} */
  let content = null;
  /** @type {Group | null} */
  let group = null;
  let said = '';
  let placed = '';
  let styled = '';
  /** @type {Animation | undefined} */
  let life;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let renewal;
  /** @type {HTMLElement} */
  let box;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let following;
  let listening = new AbortController();
  const placing = oncePerFrame(place);
  const sizes = new ResizeObserver(placing.ask);

  host.setAttribute(HOST_MARK, '');
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new window.CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  root.append(polite, urgent);

  function insert() {
    mend();
    renewal = setInterval(renew, renewed_every_ms);
    listening = new AbortController();
    for (const type of ['scroll', 'resize', 'visibilitychange']) {
      addEventListener(type, renew, { capture: true, passive: true, signal: listening.signal });
    }
  }

  function remove() {
    content = null;
    said = '';
    placing.cancel();
    sizes.disconnect();
    clearInterval(renewal);
    listening.abort();
    host.remove();
  }

  function renew() {
    if (life) life.currentTime = 0;
    mend();
    placing.ask();
  }

  /** @param {Content} now */
  function say(now) {
    const saying = JSON.stringify(now);
    if (saying === said) return;
    said = saying;
    // A live region speaks when something comes into it, so the two stay and the box changes.
    const alarming = now.view === 'unprotected' || now.view === 'recording';
    (alarming ? polite : urgent).replaceChildren();
    box = fill(alarming ? urgent : polite, now);
    placed = '';
    sizes.disconnect();
    sizes.observe(box);
    life = box.animate([{ visibility: 'visible' }, { visibility: 'hidden' }], {
      duration: goes_out_ms, easing: 'step-end', fill: 'forwards',
    });
  }

  /** To be called whenever the page has changed: puts the banner back, and into its place. */
  function pageChanged() {
    if (!content) return;
    following ??= setTimeout(() => {
      following = undefined;
      if (content) renew();
    }, follow_ms);
  }

  /** Puts the element where it belongs and on top of the page. */
  function mend() {
    const home = homeOf(group);
    const { style } = host;
    const whole = host.parentNode === home && style.cssText === styled && host.matches(':popover-open');
    if (whole) return;
    if (host.parentNode !== home) home.append(host);
    style.cssText = HOST_STYLE;
    styled = style.cssText;
    // In the layer above the page nothing of the page can cover it.
    host.popover = 'manual';
    if (!host.matches(':popover-open')) host.showPopover();
  }

  function place() {
    if (!content) return;
    const view = { width: document.documentElement.clientWidth, height: window.innerHeight };
    const beside = group && besideOf(group, view);
    // A form that is just being replaced is nowhere; the banner waits where it is.
    if (group && !beside && placed) return;
    const { x, y } = placeBanner(box.getBoundingClientRect(), view, beside, content.dir === 'rtl');
    const spot = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
    if (spot === placed) return;
    placed = spot;
    box.style.transform = spot;
  }

  return {
    /** @param {Node} node */
    isOurs: (node) => node === host,
    pageChanged,

    /**
     * @param {Content | null} next null takes the banner away
     * @param {Group | null} form to stand beside, or null to dock at the top of the window
     */
    show(next, form) {
      const before = content;
      const moved = group !== form;
      content = next;
      group = form;
      if (!next) {
        if (before) remove();
        return;
      }
      if (!before) insert();
      else if (moved) mend();
      say(next);
      // Drawn in its place, but placed later: it would make the browser lay the page out before the mute.
      placing.ask();
    },
  };
}

/**
 * Everything outside an open modal dialog is inert, so a form in one has its banner in there.
 * @param {Group | null} group
 */
function homeOf(group) {
  for (let at = group?.shown[0] ?? null; at; at = parentAsDrawn(at)) {
    if (isA(at, 'dialog') && at.matches(':modal')) return at;
  }
  return document.documentElement;
}
