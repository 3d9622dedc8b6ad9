// In a new profile Firefox compiles its own scripts and makes its databases first, which takes half of the
// processor time of a start. build/firefox-profile is a profile that Firefox has used once, without an
// extension; tests start with a copy of it.
//   node tests/browser/harness/used_profile.js makes the profile, unless it is newer than Firefox
import { cp, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { EXECUTABLE } from './executables.js';

const USED = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../../build/firefox-profile');

/** @param {string} file @returns {Promise<number>} when it was last changed, in ms; 0: it does not exist */
const changedAt = (file) => stat(file).then(({ mtimeMs }) => mtimeMs, () => 0);

/** Fills an empty profile. If there is none to copy, it stays empty. @param {string} profile */
export async function copyUsedProfile(profile) {
  if (await changedAt(USED) > 0) await cp(USED, profile, { recursive: true });
}

async function makeUsedProfile() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cardmute-firefox-'));
  const profile = path.join(folder, 'profile');
  try {
    const browser = await puppeteer.launch({ executablePath: EXECUTABLE.firefox, browser: 'firefox',
      headless: true, userDataDir: profile, env: { ...process.env, HOME: folder } });
    await browser.close();
    await rm(path.join(profile, 'lock'), { force: true });
    await rm(`${USED}.new`, { recursive: true, force: true });
    await cp(profile, `${USED}.new`, { recursive: true });
    await rm(USED, { recursive: true, force: true });
    await rename(`${USED}.new`, USED);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)
    && await changedAt(USED) < await changedAt(EXECUTABLE.firefox)) await makeUsedProfile();
