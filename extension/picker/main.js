// The picker's entry, in every frame of the tab: a person points at the payment form and is given the rule
// for it. Brought by the popup only; it reads no field and leaves nothing behind.

import { PICKER } from '../common/marks.js';
import { createPort } from './port.js';
import { createWork } from './work.js';

/** Takes a picker out of this frame: the next one does that to the last. */
const world = /** @type {{[PICKER]?: () => void}} */ (globalThis);

function start() {
  /** @type {ReturnType<typeof createWork> | null} */
  let work = null;
  const port = createPort((message) => {
    if (message.type === 'words') work ??= createWork(message, port.send, stop);
    else work?.hear(message);
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
