// The picker's entry point in every frame of the tab. The popup injects it, so that a person points at the
// payment form and gets a rule for it, or the background injects it, so that an agent points at a field for a
// correction. The picker reads no field and leaves nothing behind.

import { PICKER } from '../common/marks.js';
import { createPort } from './port.js';
import { createWork } from './work.js';

/** `world[PICKER]` ends the picker of this frame, so that a new picker can end an earlier one. */
const world = /** @type {{[PICKER]?: () => void}} */ (globalThis);

function start() {
  /** @type {ReturnType<typeof createWork> | null} */
  let work = null;
  const port = createPort((message) => {
    if (message.type === 'words') work ??= createWork(message, port.send, stop);
    else if (message.type !== 'chosen') work?.hear(message);
  }, stop);

  function stop() {
    work?.stop();
    port.close();
  }

  port.connect();
  return stop;
}

world[PICKER]?.();
world[PICKER] = start();
