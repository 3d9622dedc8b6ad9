// A native host that a test plays: it says whatever status the test has written, even one that is hard to
// bring about with the real one, and keeps what it is asked. looks.test.js and rules.test.js use it.
import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { writeHostManifest } from './manifest.js';

const PROGRAM = path.join(path.dirname(fileURLToPath(import.meta.url)), 'played-host-program.js');

/**
 * Puts it in the place of the registered host.
 * @param {import('./browsers.js').TestBrowser} test_browser
 * @param {object} policy
 * @returns {Promise<{say: (status: object) => Promise<void>, heard: () => Promise<any[]>}>} say: what it
 *   answers from now on. heard: every request so far
 */
export async function playHost(test_browser, policy) {
  const { folder } = test_browser;
  const script = path.join(folder, 'status.json');
  const program = path.join(folder, 'played-host');
  const say = async (/** @type {object} */ status) => {
    await writeFile(`${script}.new`, JSON.stringify({ policy, status }));
    await rename(`${script}.new`, script); // never read by halves
  };
  await say({});
  await writeFile(program, `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' '${script}'\n`);
  await chmod(program, 0o755);
  // In one go: the browser that finds the real host for a moment keeps it.
  await writeHostManifest(test_browser, { program });
  const heard = async () => {
    const lines = await readFile(`${script}.heard`, 'utf8').catch(() => '');
    return lines.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  };
  return { say, heard };
}
