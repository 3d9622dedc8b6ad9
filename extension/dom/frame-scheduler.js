// Runs a piece of work once in a frame of animation, however often it is asked for.
// Used by watcher.js and stage.js.

/** Frames of animation stop while nobody sees the page; then the work is done this much later. */
const unseen_ms = 250;

/**
 * @param {() => void} work
 */
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
