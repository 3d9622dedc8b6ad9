// Gets an administrator's policy from the host, as the host would send the policy to the extension.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { EXTENSION_ID, HOST } from '../../tests/browser/harness/browsers.js';
import { frameOf, readFrames } from './wire.js';

const HELLO = { id: 1, type: 'hello', protocol: 1,
  client: { extension_version: '1.0.0', browser: 'chromium', locale: 'en' } };

/** The argument with which Chromium starts the host. */
const CALLER = `chrome-extension://${EXTENSION_ID.chromium}/`;

/** Nothing listens at this address. The host is only asked for the policy, and must not reach Voicenter. */
const NOWHERE = { extension: 'DETECT', mute_url: 'http://127.0.0.1:9/' };

/** Matches comments, and strings, because a string may contain slashes. */
const TEXT_OR_COMMENT = /"(?:\\.|[^"\\])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/**
 * Replaces the configuration's `voicenter`. If the text cannot be parsed, returns the same text, so that the
 * host reports why.
 * @param {string} text
 */
function policyAlone(text) {
  try {
    const whole = JSON.parse(text.replace(TEXT_OR_COMMENT, (found) => found.startsWith('/') ? ' ' : found));
    return JSON.stringify({ ...whole, voicenter: NOWHERE });
  } catch {
    return text;
  }
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<any>} the host's answer to the first request
 */
function askHost(env) {
  return new Promise((resolve, reject) => {
    const host = spawn(HOST, [CALLER], { env, stdio: ['pipe', 'pipe', 'ignore'] });
    host.on('error', reject);
    host.on('exit', (code) => reject(new Error(`${HOST} ended with ${code} instead of answering`)));
    readFrames(host.stdout, (answer) => {
      resolve(answer);
      host.stdin.end();
    });
    host.stdin.on('error', () => {}).write(frameOf(HELLO));
  });
}

/**
 * @param {string} file
 * @returns {Promise<object>}
 */
export async function readPolicy(file) {
  const text = await readFile(file, 'utf8');
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cardmute-detect-'));
  try {
    const copy = path.join(folder, path.basename(file));
    await writeFile(copy, policyAlone(text));
    const { ok, policy, error } = await askHost({ ...process.env, CARDMUTE_CONFIG: copy,
      CARDMUTE_STATE_DIR: path.join(folder, 'state') });
    if (!ok) throw new Error(error.message.replaceAll(copy, file));
    return policy;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
