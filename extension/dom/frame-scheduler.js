// Runs a function at most once per animation frame, however often that is requested.

/** The work runs after this time at the latest, because a hidden page has no animation frames. */
const unseen_ms = 250;

/** @param {() => void} work */
export function oncePerFrame(work) {
  let frame = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let asked = false;
  const cancel = () => {
    asked = false;
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  const run = () => {
    cancel();
    work();
  };
  return {
    ask() {
      if (asked) return;
      asked = true;
      frame = requestAnimationFrame(run);
      timer = setTimeout(run, unseen_ms);
    },
    cancel,
  };
}

/**
 * Like `oncePerFrame`. In addition, `follow` repeats the work in the next frames, while something moves.
 * @param {() => void} work
 * @param {number} followed_frames how many more frames `follow` adds
 */
export function oncePerFrameFollowing(work, followed_frames) {
  let left = 0;
  const { ask, cancel } = oncePerFrame(() => {
    work();
    if (left === 0) return;
    left -= 1;
    ask();
  });
  return {
    ask,
    follow() {
      left = followed_frames;
      ask();
    },
    cancel,
  };
}
