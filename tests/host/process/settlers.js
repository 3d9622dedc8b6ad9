// Finds the settlers that hosts have started, by their state directory.
import { existsSync, readFileSync, readdirSync } from 'node:fs';

/** Reads a file in /proc. Returns '' if its process has just ended. @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

/**
 * @param {string} folder a state directory, or a folder that contains state directories
 * @returns {number[]} the PIDs of the running settlers; none on a system without /proc
 */
export function settlersOf(folder) {
  if (!existsSync('/proc')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => read(`/proc/${pid}/cmdline`).includes('settle\0--detached'))
    .filter((pid) => read(`/proc/${pid}/environ`).split('\0').some((variable) =>
      `${variable}/`.startsWith(`CARDMUTE_STATE_DIR=${folder}/`)))
    .map(Number);
}

/** Ends the settlers that a test has left. @param {string} folder as above */
export function endSettlers(folder) {
  for (const pid of settlersOf(folder)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // The settler has just ended by itself.
    }
  }
}
