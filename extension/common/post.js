// Posting to a port that may have gone a moment ago.

/** @param {chrome.runtime.Port} port @param {object} message */
export function post(port, message) {
  try {
    port.postMessage(message);
  } catch {
    // It is gone; its disconnect event is on the way and does what is to be done.
  }
}
