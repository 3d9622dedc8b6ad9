// Decides whether the card fields wait for the mute. It does not access the page.

/**
 * `open`: the fields need not wait. `held`: they wait. `late`: they have waited for `interlock_timeout_ms`,
 * so a person may continue. `released`: they need not wait although the call is not muted, because a person
 * has pressed "Continue anyway", or has chosen to record the call.
 * @typedef {'open' | 'held' | 'late' | 'released'} Phase
 */

/** @param {() => void} onLate called when the fields have waited for `interlock_timeout_ms` */
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
    /**
     * To be called when a person has pressed "Continue anyway" in this frame. The press counts at once,
     * without the background, which may be what has failed.
     */
    press() {
      pressed = true;
    },

    /**
     * @param {import('./banner-view.js').Known} known
     * @param {boolean} concerned whether a form is open here, or in a frame whose banner is shown here
     * @param {string | undefined} view what the banner shows; undefined: there is no banner
     * @returns {Phase}
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
