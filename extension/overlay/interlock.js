// Whether the card fields wait for the mute: no page in here. Used by main.js.

/**
 * `open`: they need not wait, or no more. `held`: they wait. `late`: they have waited so long that the person
 * is offered to go on. `released`: somebody went on, or records on purpose, and nothing is muted.
 * @typedef {'open' | 'held' | 'late' | 'released'} Stage
 */

/** @param {() => void} onLate */
export function createInterlock(onLate) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let late = false;
  let pressed = false;

  function stopWaiting() {
    clearTimeout(timer);
    timer = undefined;
    late = false;
  }

  return {
    /** The person goes on here. The background says so as well, but it may be what has failed. */
    press() {
      pressed = true;
    },

    /**
     * @param {import('./banner-view.js').Known} known
     * @param {boolean} concerned whether there is a form, here or in a frame that this one stands in for
     * @param {string | undefined} view what is shown of the mute
     * @returns {Stage}
     */
    judge({ hello, status }, concerned, view) {
      const { interlock } = status ?? hello ?? {};
      const released = pressed || status?.released === true;
      if (!concerned || view === 'muted' || interlock !== 'block') {
        stopWaiting();
        pressed = false;
        return 'open';
      }
      if (released) {
        stopWaiting();
        return 'released';
      }
      timer ??= setTimeout(() => {
        late = true;
        onLate();
      }, hello?.interlock_timeout_ms);
      return late ? 'late' : 'held';
    },
  };
}
