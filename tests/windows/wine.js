// A Windows of a test's own under Wine, and the MSI packages that the test installs in it.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeMsi } from '../../scripts/packages/msi.mjs';
import { CHROMIUM_CALLER } from '../host/process/host_process.js';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const ID = 'gdbpaifghphnalcleahapkpgepppfeai';
/** More than `reg query` prints of all of the machine's software. */
const REGISTRY_bytes = 64 * 1024 * 1024;
const MANIFEST =
  { name: 'com.cardmute.host', description: 'CardMute', path: '/usr/bin/cardmute-host', type: 'stdio' };

/** @param {string} file of Unix @returns {string} as Windows names it */
export const inWine = (file) => `Z:${file.replaceAll('/', '\\')}`;
export const WINE = execFileSync('which', ['wine'], { encoding: 'utf8' }).trim();
const HOST = inWine(`${ROOT}build/windows/host/cardmute-host.exe`);

/**
 * What starts a host as a browser does, and as HostProcess takes it.
 * @param {string} folder for the host's state, and with the configuration config.json
 * @param {{env?: NodeJS.ProcessEnv, program?: string, caller?: string[], state?: string}} [options]
 */
export function hostIn(folder, { env = process.env, program = HOST, caller = [CHROMIUM_CALLER],
  state = 'state' } = {}) {
  const places = { CARDMUTE_CONFIG: inWine(path.join(folder, 'config.json')),
    CARDMUTE_STATE_DIR: inWine(path.join(folder, state)) };
  return { program: WINE, args: [program, ...caller],
    env: /** @type {Record<string, string>} */ ({ ...env, ...places }) };
}

export class Wine {
  /** A folder for packages and for what the test needs. It is removed in the end. */
  work = mkdtempSync(path.join(os.tmpdir(), 'cardmute-msi-'));
  prefix = path.join(this.work, 'wine');
  env = { ...process.env, WINEPREFIX: this.prefix, WINEDEBUG: '-all' };

  /**
   * Copies the Windows that scripts/test-windows has made, and starts its Wine server. If that server ended,
   * this Windows would restart. Also starts a program with a window, and with it Wine's desktop.
   * Otherwise the first host would start the desktop, which would keep the host's output open.
   */
  start() {
    cpSync(process.env.WINEPREFIX ?? '', this.prefix, { recursive: true, verbatimSymlinks: true });
    this.#boot();
  }

  /** Ends all programs and the Wine server, whose end is a restart of the computer. */
  restart() {
    execFileSync('wineserver', ['-k', '-w'], { env: this.env, stdio: 'ignore' });
    this.#boot();
  }

  #boot() {
    execFileSync('wineserver', ['-p'], { env: this.env, stdio: 'ignore' }); // pipes would stay open
    spawn('wine', ['notepad'], { env: this.env, stdio: 'ignore', detached: true }).unref();
  }

  /**
   * Runs a program of this Windows. Not by spawnSync(): a simulator of the test must answer meanwhile.
   * @param {string[]} words @param {Record<string, string>} [env] in addition
   * @returns {Promise<number | null>} the exit code, of which Unix sees the lowest byte
   */
  run(words, env = {}) {
    const child = spawn('wine', words, { env: { ...this.env, ...env }, stdio: 'ignore' });
    return new Promise((done) => child.on('exit', done));
  }

  /** Logs the person off: programs get the same messages as on Windows. */
  logOff() {
    return this.run(['wineboot', '--end-session']);
  }

  end() {
    if (existsSync(this.prefix)) spawnSync('wineserver', ['-k', '-w'], { env: this.env });
    rmSync(this.work, { recursive: true, force: true });
  }

  /** @param {...string} args @returns {Promise<number | null>} like run() */
  msiexec(...args) {
    return this.run(['msiexec', ...args, '/qn']);
  }

  /** @param {string} folder below drive C */
  inDrive(folder) {
    return path.join(this.prefix, 'drive_c', folder);
  }

  /** @param {string} folder @returns {string[]} */
  listed(folder) {
    return existsSync(this.inDrive(folder)) ? readdirSync(this.inDrive(folder)).sort() : [];
  }

  /** @param {string} key of the machine @returns {string} its values; empty if it is not there */
  registry(key) {
    const { status, stdout } = spawnSync('wine', ['reg', 'query', `HKLM\\${key}`, '/s'],
      { env: this.env, encoding: 'utf8', maxBuffer: REGISTRY_bytes });
    return status === 0 ? stdout : '';
  }

  /**
   * @param {string} version @param {import('../../scripts/packages/msi.mjs').MsiSigner} [signer]
   * @returns {Promise<string>}
   */
  async packageOf(version, signer) {
    const from = path.join(this.work, 'tree');
    const out = mkdtempSync(path.join(this.work, 'out-'));
    for (const [folder, callers] of [
      ['etc/chromium/native-messaging-hosts', { allowed_origins: [`chrome-extension://${ID}/`] }],
      ['usr/lib/mozilla/native-messaging-hosts', { allowed_extensions: ['cardmute@cardmute.com'] }],
    ]) {
      mkdirSync(path.join(from, String(folder)), { recursive: true });
      writeFileSync(path.join(from, String(folder), 'com.cardmute.host.json'),
        JSON.stringify({ ...MANIFEST, .../** @type {object} */ (callers) }));
    }
    return makeMsi(from, { root: ROOT, work: this.work, out, version, epoch_s: 1_790_000_000, id: ID, signer,
      maintainer: 'Call Centre IT <it@call-centre.org>' });
  }
}
