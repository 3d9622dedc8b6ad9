// Runs the extension's parser of requests on the bytes of a frame.
import { requestFault } from '../../extension/common/protocol.js';

/**
 * @param {unknown} value
 * @returns {boolean} whether the host's parser rejects a JSON text because of this value
 */
function isBeyondTheHost(value) {
  if (typeof value === 'number') return !Number.isFinite(value);
  if (typeof value === 'string') return !value.isWellFormed();
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, one]) => !key.isWellFormed() || isBeyondTheHost(one));
}

/** The extension's error for a frame's body, or null. @param {Buffer} bytes @returns {string | null} */
export function faultOfBytes(bytes) {
  let message;
  try {
    message = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return 'bad_frame';
  }
  return isBeyondTheHost(message) ? 'bad_frame' : requestFault(message);
}
