// A native messaging host that reports any status that a test has written, even one that is hard to cause
// with the real host. It records the requests that it gets.
import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { writeHostManifest } from './manifest.js';

const PROGRAM = path.join(path.dirname(fileURLToPath(import.meta.url)), 'played-host-program.js');

/**
 * Registers a played host in place of the real host.
 * @param {import('./browsers.js').TestBrowser} test_browser
 * @param {object} policy
 * @returns {Promise<{say: (status: object) => Promise<void>, heard: () => Promise<any[]>}>} say: sets the
 *   status that the played host reports from now on. heard: returns all requests that the played host has got
 */
export async function playHost(test_browser, policy) {
  const { folder } = test_browser;
  const script = path.join(folder, 'status.json');
  const program = path.join(folder, 'played-host');
  const say = async (/** @type {object} */ status) => {
    await writeFile(`${script}.new`, JSON.stringify({ policy, status }));
    await rename(`${script}.new`, script); // so that the program never reads half of it
  };
  await say({});
  await writeFile(program, `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' '${script}'\n`);
  await chmod(program, 0o755);
  // The manifest is overwritten and never removed. A browser that found no host meanwhile would not try again
  // at once.
  await writeHostManifest(test_browser, { program });
  const heard = async () => {
    const lines = await readFile(`${script}.heard`, 'utf8').catch(() => '');
    return lines.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  };
  return { say, heard };
}
