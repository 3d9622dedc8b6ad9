// Finds the settlers that hosts have started, by their state directory.
import { readFileSync, readdirSync } from 'node:fs';

/** @param {string} file of a process; it cannot be read if the process has just ended */
function read(file) {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

/**
 * @param {string} state_directory
 * @returns {number[]} the PIDs of the running settlers
 */
export function settlersOf(state_directory) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => read(`/proc/${pid}/cmdline`).includes('settle\0--detached'))
    .filter((pid) => read(`/proc/${pid}/environ`).includes(`CARDMUTE_STATE_DIR=${state_directory}\0`))
    .map(Number);
}

/** Ends the settlers that a test has left. @param {string} state_directory */
export function endSettlers(state_directory) {
  for (const pid of settlersOf(state_directory)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has just ended by itself.
    }
  }
}
