// Paths of a host's files in the state directory, and waiting for their content.
import { watch } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** How long a test waits for a file: far longer than it takes by default. */
const WAIT_MS = 15_000;

/** @param {string} state_directory */
export const logFile = (state_directory) => join(state_directory, 'log', 'host.log');

/**
 * @param {string} state_directory
 * @param {number} pid
 */
export const presenceFile = (state_directory, pid) => join(state_directory, 'hosts', `${pid}.json`);

/**
 * Resolves with a file's text as soon as it matches. The file need not exist yet.
 * @param {string} file
 * @param {(text: string) => boolean} matches
 * @returns {Promise<string>}
 */
export async function untilFile(file, matches) {
  await mkdir(dirname(file), { recursive: true });
  return new Promise((done, fail) => {
    let text = '';
    const settle = (/** @type {() => void} */ outcome) => {
      clearTimeout(timer);
      watcher.close();
      outcome();
    };
    const look = async () => {
      text = await readFile(file, 'utf8').catch(() => '');
      if (matches(text)) settle(() => done(text));
    };
    const inVain = () => settle(() => fail(new Error(`in vain; ${file} holds:\n${text}`)));
    const watcher = watch(dirname(file), look);
    const timer = setTimeout(inVain, WAIT_MS);
    void look();
  });
}
