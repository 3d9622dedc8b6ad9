// The entry point of the overlay's bundle, which shows the banner and covers at a payment form. The
// background injects it into a frame when content/overlay-loader.js asks for it, and it passes `make` to that
// loader.

import { readBackgroundMessage } from '../common/background-messages.js';
import { OVERLAY } from '../common/marks.js';
import { createActivity } from './activity.js';
import { Banner } from './banner.js';
import { bannerContent, interlockContent } from './banner-view.js';
import { dialogAround } from './boxes.js';
import { Covers } from './covers.js';
import { Failure } from './failure.js';
import { fieldsOf } from './fields-of.js';
import { GoOnButton } from './go-on-button.js';
import { createHiddenFrames } from './hidden-frames.js';
import { Hold } from './hold.js';
import { createInterlock } from './interlock.js';
import { Layer, noLayer } from './layer.js';
import { canKnow, Painted } from './painted.js';
import { RootSweep } from './root-sweep.js';
import { Tone } from './tone.js';

/**
 * @typedef {import('../content/groups.js').Group} Group
 * @typedef {import('./banner-view.js').Known} Known
 * @typedef {Omit<Known, 'hello' | 'status'> & {hello: unknown, status: unknown}} Unread
 * @typedef {import('../content/surfaces.js').Surface} Surface
 * @typedef {object} Session
 * @property {(message: import('../common/page-messages.js').PageMessage) => void} send to the background
 * @property {() => Surface[]} open the surfaces that are open
 */

/**
 * How long a form's first banner is postponed if it would only say "muting". Usually the call is muted by
 * then. Drawing two banners would delay the background's answer, which passes through the same thread.
 */
export const muting_after_ms = 40;

/** Events at our element that the page must neither see nor cancel. */
const KEPT = ['click', 'keydown', 'keypress', 'keyup', 'touchstart', 'touchend', 'DOMActivate'];

export class Overlay {
  #session;
  /** @type {Known | null} */
  #known = null;
  /** @type {Group | null} the form that the banner is next to */
  #group = null;
  /** @type {Group[]} */
  #groups = [];
  #isCovering = false;

  #failure;
  #layer;
  #hold;
  #activity;
  #covers;
  #banner;
  #button = new GoOnButton((byKeyboard) => this.#goOn(byKeyboard));
  #roots = new RootSweep((node) => this.#layer.isOurs(node));
  #painted;
  #hidden;
  #tone = new Tone();
  #interlock = createInterlock(() => this.#draw());
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #postponed;
  #mayPostpone = true;
  #isTopAsked = false;

  /** @param {Session} session */
  constructor(session) {
    this.#session = session;
    const { send } = session;
    this.#failure = new Failure(send);
    this.#layer = this.#failure.guard(() => new Layer({
      home: () => this.#dialog(), place: () => this.#failure.guard(() => this.#place()),
      onRenew: () => this.#hold.renew(), onFailure: this.#failure.set,
    })) ?? noLayer();
    // The covers come first in the layer, so that the banner with its button is above them.
    const [below, above] = [document.createElement('div'), document.createElement('div')];
    this.#layer.element.append(below, above, this.#button.target);
    this.#hold = new Hold(this.#layer.isOurs);
    this.#activity = createActivity(session.open, (surface, where) => this.#active(surface, where));
    this.#covers = new Covers({
      layer: below, scrolled: this.#layer.ask,
      // A press on a cover shows that the form is in use, even though nothing can be typed.
      pressed: () => session.open().forEach((surface) => this.#active(surface, {})),
    });
    this.#painted = new Painted(this.#layer, this.#roots, (painted) => send({ type: 'banner', painted }));
    this.#banner = new Banner({
      layer: above, button: this.#button.element, resized: this.#layer.ask, moved: this.#painted.moved,
      roots: this.#roots,
    });
    this.#hidden = createHiddenFrames((hosts) => send({ type: 'hidden', hosts }));
  }

  /**
   * To be called for an event at the window before the page's listeners. (They may come first if the script
   * was injected into a page that was already open.)
   * @param {Event} event
   */
  first(event) {
    if (event.type === 'toggle') this.#painted.topLayerChanged(event);
    if (event.type === 'input' || event.type === 'keydown') this.#activity.typed(event);
    if (event.type.startsWith('pointer')) this.#painted.pointer(/** @type {PointerEvent} */ (event));
    if (!event.isTrusted || !KEPT.includes(event.type) || !this.#layer.receives(event)) return;
    if (event.type === 'click') this.#clicked(/** @type {MouseEvent} */ (event));
    event.stopImmediatePropagation();
  }

  /** @param {Group[]} groups the candidates for a form, each with its visible fields */
  looked(groups) {
    this.#hidden.looked(groups);
  }

  /** To be called when the port is open again. Repeats the reports, because the background may be new. */
  portIsUp() {
    this.#hidden.forget();
    this.#failure.repeat();
    this.#painted.repeat();
    if (this.#isTopAsked) this.#session.send({ type: 'dock' });
  }

  /**
   * @param {Unread} unread what is known, with messages of the background that are not validated yet
   * @param {Group | null} group the form that the banner is next to; null: none in this frame
   * @param {Group[]} groups all open forms of this frame
   */
  show(unread, group, groups) {
    const moved = this.#group !== group || this.#groups.length !== groups.length;
    const [hello, status] = [unread.hello, unread.status].map(readBackgroundMessage);
    this.#known = {
      ...unread,
      hello: hello?.type === 'hello' ? hello : null, status: status?.type === 'status' ? status : null,
    };
    this.#group = group;
    this.#groups = groups;
    this.#draw(moved);
  }

  pageChanged() {
    if (this.#isCovering) this.#layer.ask();
    this.#layer.follow();
  }

  /** @param {Node} node */
  isOurs(node) {
    return this.#layer.isOurs(node);
  }

  stop() {
    if (this.#known) this.show({ ...this.#known, status: null, open: false }, null, []);
    this.#known = null;
    clearTimeout(this.#postponed);
    this.#hold.stop();
  }

  /** @param {Surface} surface @param {{card?: true, ms_ago?: number}} where */
  #active({ id }, where) {
    this.#session.send({ type: 'surface.active', surface: id, ...where });
    this.#painted.used();
    if (!canKnow()) this.#askTop();
  }

  /** Asks for the banner in the top frame too, where it can be known whether a person sees it. */
  #askTop() {
    if (this.#isTopAsked || window === window.top) return;
    this.#isTopAsked = true;
    this.#session.send({ type: 'dock' });
  }

  /** @param {MouseEvent} event a person's click on our element */
  #clicked(event) {
    this.#button.clicked(event);
    this.#painted.pressed(event);
  }

  /**
   * Handles a press of "Continue anyway". A press with a pointer counts only if the banner was visible and
   * did not move for a while, because a page can bring the button under a pointer. If it does not count, the
   * top frame is asked to show the banner with its button too. A press with the keyboard always counts.
   * @param {boolean} byKeyboard
   */
  #goOn(byKeyboard) {
    const painted = this.#painted.takePress();
    if (!painted && !byKeyboard) {
      this.#askTop();
      return;
    }
    this.#interlock.press();
    this.#draw();
    this.#session.send({ type: 'continue', painted });
  }

  /** @returns {Element | null} the modal dialog outside which nothing can be pressed; null: there is none */
  #dialog() {
    return this.#painted.modal ?? dialogAround(this.#groups);
  }

  #placeCovers() {
    return this.#covers.place(this.#dialog() ?? document.documentElement);
  }

  #place() {
    this.#layer.unzoom();
    this.#banner.place(this.#group);
    this.#painted.watch(this.#banner.box, this.#group?.shown ?? []);
    // If a field has moved, it may still be moving, so the covers are placed again in the next frame.
    if (this.#placeCovers()) this.#layer.ask();
  }

  #draw(moved = false) {
    const known = this.#known;
    if (!known?.hello) return;
    const { hello, status, worth } = known;
    const isHere = this.#groups.length > 0;
    const isDocked = status?.docked === true && worth !== 'none';
    const view = bannerContent({ ...known, open: isHere })?.view;
    const phase = this.#interlock.judge(known, isHere || isDocked, view);
    this.#holdFields(phase, hello.texts.waiting, status ?? hello);
    this.#failure.guard(() => {
      const content = this.#unlessPostponed(bannerContent(known));
      const said = content && interlockContent(content, phase, hello.texts);
      this.#banner.say(said);
      this.#tone.shown(said?.view ?? null, hello.sound);
      // Inserting the layer takes long, so it is also inserted while the banner is postponed.
      this.#layer.set(content !== null || this.#isCovering || this.#postponed !== undefined, moved);
      this.#painted.set(content !== null);
    });
  }

  /**
   * @param {import('./banner-view.js').Content | null} content
   * @returns {import('./banner-view.js').Content | null} null: nothing is shown yet, see muting_after_ms
   */
  #unlessPostponed(content) {
    if (content?.view !== 'muting' || this.#banner.box) {
      clearTimeout(this.#postponed);
      this.#postponed = undefined;
      this.#mayPostpone = true;
      return content;
    }
    if (!this.#mayPostpone) return content;
    this.#postponed ??= setTimeout(() => {
      this.#postponed = undefined;
      this.#mayPostpone = false;
      this.#draw();
    }, muting_after_ms);
    return null;
  }

  /**
   * @param {import('./interlock.js').Phase} phase
   * @param {string} word the text on a cover
   * @param {import('../common/background-messages.js').Manner} manner
   */
  #holdFields(phase, word, { dir, lang }) {
    const shown = fieldsOf(this.#groups);
    const late = phase === 'late';
    const fields = new Set(late || phase === 'held' ? shown : []);
    this.#isCovering = fields.size > 0;
    this.#failure.guard(() => {
      this.#covers.set(fields, { late, word, dir, lang });
      // The covers are placed before the fields are held. The look that found the form has just made the
      // browser compute the layout, so reading positions costs nothing. After a change it would be computed
      // again.
      if (this.#isCovering) this.#placeCovers();
    });
    // The fields are held even if the covers have failed.
    this.#hold.set(fields);
    if (!this.#isCovering) this.#hold.free(shown);
  }
}

/** @param {Session} session */
export const make = (session) => new Overlay(session);

/** @type {{[OVERLAY]?: (brought: typeof make) => void}} */ (globalThis)[OVERLAY]?.(make);
