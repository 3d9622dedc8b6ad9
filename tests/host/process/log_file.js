// The administrator's log of one host, and waiting for a line of it. For the process tests.
import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Far over every deadline of the host. */
const WAIT_MS = 15_000;

/** @param {string} state_directory */
export const logFile = (state_directory) => join(state_directory, 'log', 'host.log');

/** @param {string} state_directory */
export const readLog = (state_directory) => readFile(logFile(state_directory), 'utf8');

/**
 * Resolves as soon as the log, which must be there, matches.
 * @param {string} state_directory
 * @param {RegExp} wanted
 * @returns {Promise<string>} the log
 */
export function waitForLog(state_directory, wanted) {
  return new Promise((done, fail) => {
    const settle = (/** @type {() => void} */ outcome) => {
      clearTimeout(timer);
      watcher.close();
      outcome();
    };
    const look = async () => {
      try {
        const text = await readLog(state_directory);
        if (wanted.test(text)) settle(() => done(text));
      } catch (error) {
        settle(() => fail(error));
      }
    };
    const watcher = watch(logFile(state_directory), look);
    const timer = setTimeout(() => settle(() => fail(new Error(`no line of the log is ${wanted}`))), WAIT_MS);
    void look();
  });
}
