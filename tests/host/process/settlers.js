// The detached processes that hosts leave behind, found by the state directory they work for. For the
// process and the browser tests.
import { readFileSync, readdirSync } from 'node:fs';

/** @param {string} file what cannot be read is the file of a process that has just ended */
function read(file) {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

/**
 * @param {string} state_directory
 * @returns {number[]} the process IDs of those that live
 */
export function caretakersOf(state_directory) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => read(`/proc/${pid}/cmdline`).includes('settle\0--detached'))
    .filter((pid) => read(`/proc/${pid}/environ`).includes(`CARDMUTE_STATE_DIR=${state_directory}\0`))
    .map(Number);
}

/** Nobody has to wait for what a test left open. @param {string} state_directory */
export function endCaretakers(state_directory) {
  for (const pid of caretakersOf(state_directory)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has just ended by itself.
    }
  }
}
