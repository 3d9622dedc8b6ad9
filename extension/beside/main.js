// The entry of the second bundle: what is beside a payment form. The background brings it into a frame
// when the content script there asks for it; content/beside.js takes it from here.

import { BESIDE } from '../common/marks.js';
import { createActivity } from './activity.js';
import { createBanner } from './banner.js';
import { bannerContent, interlockContent } from './banner-view.js';
import { holdsAny, homeOf } from './boxes.js';
import { createCovers } from './covers.js';
import { fieldsOf } from './fields-of.js';
import { createHiddenFrames } from './hidden-frames.js';
import { createHold } from './hold.js';
import { createInterlock } from './interlock.js';
import { createStage } from './stage.js';

/**
 * @typedef {import('../content/groups.js').Group} Group
 * @typedef {import('./banner-view.js').Known} Known
 */

/** @typedef {ReturnType<typeof make>} Beside */

/**
 * @param {object} session
 * @param {(message: object) => void} session.send to the background
 * @param {() => import('../content/surfaces.js').Surface[]} session.open the surfaces that are open
 */
export function make({ send, open }) {
  /** @type {Known | null} */
  let known = null;
  /** @type {Group | null} */
  let group = null;
  /** @type {Group[]} */
  let groups = [];
  const home = () => homeOf(groups);
  const stage = createStage(home, (element) => holdsAny(element, groups), place, () => hold.renew());
  const hold = createHold(stage.isOurs);
  const interlock = createInterlock(draw);
  /** @param {import('../content/surfaces.js').Surface} surface @param {object} [where] */
  const active = ({ id }, where) => send({ type: 'surface.active', surface: id, ...where });
  const activity = createActivity(open, active);
  // Someone presses on a field that waits: the form is not forgotten.
  const covers = createCovers(stage.inside, stage.ask, () => open().forEach((surface) => active(surface)));
  const banner = createBanner(stage.inside, stage.ask, () => {
    interlock.press();
    draw();
    send({ type: 'continue' });
  });
  let covering = false;

  function place() {
    banner.place(group);
    // What moves is followed until it stands still.
    if (covers.place(home())) stage.ask();
  }

  function draw(moved = false) {
    const { hello, status, worth } = known ?? {};
    if (!known || !hello) return;
    const here = groups.length > 0;
    const docked = status?.docked === true && worth !== 'none';
    const view = bannerContent({ ...known, open: here })?.view;
    const waiting = interlock.judge(known, here || docked, view);
    const content = bannerContent(known);
    const shown = fieldsOf(groups);
    const late = waiting === 'late';
    const fields = new Set(late || waiting === 'held' ? shown : []);
    const { dir, lang } = status ?? hello;
    covering = fields.size > 0;
    covers.set(fields, { late, word: hello.texts.waiting, dir, lang });
    // The look that found the form has just laid the page out: nothing is read after the first write to it.
    if (covering) covers.place(home());
    hold.set(fields);
    if (!covering) hold.free(shown);
    banner.say(content && interlockContent(content, waiting, hello.texts));
    stage.set(content !== null || covering, moved);
  }

  const hidden = createHiddenFrames((hosts) => send({ type: 'hidden', hosts }));
  activity.start();

  return {
    /** The document was written anew, which takes every listener away. */
    replaced: activity.start,
    looked: hidden.looked,
    /** There is a new port: what the background was told is forgotten. */
    lineIsUp: hidden.forget,
    /**
     * @param {Known} now
     * @param {Group | null} beside the form that the banner stands beside; null: none in this frame
     * @param {Group[]} all the forms of this frame
     */
    show(now, beside, all) {
      const moved = group !== beside || groups.length !== all.length;
      known = now;
      group = beside;
      groups = all;
      draw(moved);
    },
    pageChanged() {
      if (covering) stage.ask();
      stage.follow();
    },
    isOurs: stage.isOurs,
    stop() {
      if (known) this.show({ ...known, status: null, open: false }, null, []);
      known = null;
      hold.stop();
      activity.stop();
    },
  };
}

/** @type {{[BESIDE]?: (brought: typeof make) => void}} */ (globalThis)[BESIDE]?.(make);
