// Posts a message to a port that may just have closed.

/** @param {chrome.runtime.Port} port @param {object} message */
export function post(port, message) {
  try {
    port.postMessage(message);
  } catch {
    // The port has closed. Its disconnect event follows, and that handler cleans up.
  }
}
