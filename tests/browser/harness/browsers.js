// Starts a real browser with the built extension and the built host in a throw-away profile.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import puppeteer from 'puppeteer-core';
import { EXECUTABLE } from './executables.js';
import { underPolicies } from './machine_policies.js';
import { copyUsedProfile } from './used_profile.js';

const run = promisify(execFile);
const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const BUILT = process.env.CARDMUTE_EXTENSION ?? path.join(ROOT, 'build/extension');

export const HOST = process.env.CARDMUTE_HOST ?? path.join(ROOT, 'build/host/cardmute-host');
export const EXTENSION = { chromium: path.join(BUILT, 'chromium'), firefox: path.join(BUILT, 'firefox') };
export const EXTENSION_ID = {
  chromium: 'gdbpaifghphnalcleahapkpgepppfeai',
  firefox: '{7d1f5c0e-6c1b-4f0a-9c53-2a1d0e8b4a77}',
};
/** The extension's address in Firefox. A preference sets it; otherwise it would be random in each profile. */
const FIREFOX_ADDRESS = '5f0c8a52-3d1e-4c7b-9a64-2e8b7d1c0f93';

// Most of the arguments turn off what would connect to the internet or ask a person something.
const CHROMIUM_ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-quic',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--disable-search-engine-choice-screen'];
// Without this argument Firefox does not let automation open an extension's page, nor run privileged code.
const FIREFOX_ARGUMENTS = ['--remote-allow-system-access'];
const FIREFOX_PREFERENCES = {
  'app.update.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.update.enabled': false,
  'extensions.webextensions.uuids': JSON.stringify({ [EXTENSION_ID.firefox]: FIREFOX_ADDRESS }),
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.enabled': false,
};

/**
 * @typedef {object} Options
 * @property {'chromium'|'firefox'} name
 * @property {object} config  CardMute's configuration; written to the profile's folder
 * @property {boolean} [headless]
 * @property {boolean} [install_host]  false: the host is not registered with the browser
 * @property {string | null} [extension]  its folder, if not the built one; null: the test installs it later
 * @property {string} [language]  'en' or 'he'
 * @property {string[]} [local_hosts]  host names that the browser resolves to this machine
 * @property {boolean} [any_certificate]  accept every certificate, even for a site with HSTS
 * @property {number} [protocol_timeout_ms]  how long the automation waits for an answer of the browser
 * @property {string[]} [args]  further arguments of the browser
 * @property {string[]} [without]  arguments of the automation that Chromium does not get
 * @property {object} [machine_policies]  policies of an administrator, which only this browser sees
 * @property {Record<string, unknown>} [preferences]  further preferences of Firefox
 * @property {boolean} [new_profile]  Firefox starts with a new profile, which is slower
 * @property {boolean} [pinned]  Chromium shows the extension's icon in its toolbar
 * @property {string} [state_directory]  shared with another browser of the same agent; by default its own
 */

/** @param {string} profile that Chromium has not yet used */
async function pin(profile) {
  await mkdir(path.join(profile, 'Default'));
  await writeFile(path.join(profile, 'Default/Preferences'),
    JSON.stringify({ extensions: { pinned_extensions: [EXTENSION_ID.chromium] } }));
}

/** A running browser and its folder. */
export class TestBrowser {
  /**
   * @param {Options} options
   * @returns {Promise<TestBrowser>}
   */
  static async start(options) {
    const started = new TestBrowser();
    started.name = options.name;
    started.folder = await mkdtemp(path.join(os.tmpdir(), 'cardmute-browser-'));
    started.config_file = path.join(started.folder, 'config.json');
    started.state_directory = options.state_directory ?? path.join(started.folder, 'state');
    started.profile = path.join(started.folder, 'profile');
    await mkdir(started.profile);
    if (options.pinned) await pin(started.profile);
    if (options.name === 'firefox' && !options.new_profile) await copyUsedProfile(started.profile);
    await started.configure(options.config);
    if (options.install_host ?? true) await started.installHost();
    started.options = options;
    started.executable = EXECUTABLE[options.name];
    if (options.machine_policies) {
      started.executable = await underPolicies(options.name, started.folder, started.executable,
        options.machine_policies);
    }
    await started.launch();
    return started;
  }

  /** Starts the browser in its folder, for the first time or after a test has killed it. */
  async launch() {
    const { extension = EXTENSION[this.name] } = this.options;
    this.browser = await puppeteer.launch(this.launchOptions(this.options));
    if (extension !== null) await this.installExtension(extension);
  }

  /** @param {Options} options */
  launchOptions(options) {
    const { name, headless = true, language = 'en', args = [], local_hosts = [] } = options;
    const env = { ...process.env, CARDMUTE_CONFIG: this.config_file, CARDMUTE_STATE_DIR: this.state_directory,
      LANGUAGE: language, LANG: 'C.UTF-8' };
    const common = { executablePath: this.executable, headless, userDataDir: this.profile,
      browser: /** @type {any} */ (name === 'firefox' ? 'firefox' : 'chrome'),
      defaultViewport: { width: 1000, height: 700 }, acceptInsecureCerts: options.any_certificate,
      ...(options.protocol_timeout_ms && { protocolTimeout: options.protocol_timeout_ms }) };
    if (name === 'firefox') {
      const preferences = { ...FIREFOX_PREFERENCES, 'intl.locale.requested': language,
        'network.dns.localDomains': local_hosts.join(), ...options.preferences };
      // Firefox looks for native messaging hosts of the user below HOME.
      return { ...common, env: { ...env, HOME: this.folder }, args: [...FIREFOX_ARGUMENTS, ...args],
        extraPrefsFirefox: preferences };
    }
    const rules = local_hosts.map((host) => `MAP ${host} 127.0.0.1`).join();
    return { ...common, env, pipe: true, enableExtensions: true, ignoreDefaultArgs: options.without,
      args: [...CHROMIUM_ARGUMENTS, `--lang=${language}`, `--host-resolver-rules=${rules}`, ...args] };
  }

  /** If the extension is installed already, the browser updates it. */
  async installExtension(folder = EXTENSION[this.name]) {
    return this.browser.installExtension(folder);
  }

  /** @param {object} config */
  async configure(config) {
    await writeFile(this.config_file, JSON.stringify(config));
  }

  /** Chromium finds a host in its profile. On Windows every browser reads the registry instead. */
  get #registersInProfile() {
    return this.name === 'chromium' && process.platform !== 'win32';
  }

  async installHost() {
    await this.runHost('install', ...(this.#registersInProfile ? ['--profile', this.profile] : ['--all']));
  }

  async removeHost() {
    await this.runHost('uninstall', ...(this.#registersInProfile ? ['--profile', this.profile] : []));
  }

  /** @param {string[]} command @returns {Promise<string>} what it printed */
  async runHost(...command) {
    const env = { ...process.env, HOME: this.folder, CARDMUTE_CONFIG: this.config_file,
      CARDMUTE_STATE_DIR: this.state_directory };
    return (await run(HOST, command, { env })).stdout;
  }

  /** Where this browser looks for manifests of native messaging hosts. */
  get manifest_folder() {
    return this.name === 'chromium' ? path.join(this.profile, 'NativeMessagingHosts')
      : path.join(this.folder, '.mozilla/native-messaging-hosts');
  }

  /**
   * @param {string} page of the extension
   * @returns {string} its address
   */
  addressOf(page) {
    return this.name === 'chromium' ? `chrome-extension://${EXTENSION_ID.chromium}/${page}`
      : `moz-extension://${FIREFOX_ADDRESS}/${page}`;
  }

  /** Ends the browser, and gives it a new profile, with the host registered as before, for its next start. */
  async renewProfile() {
    await this.quit();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
    await mkdir(this.profile);
    if (this.options.install_host ?? true) await this.installHost();
  }

  /** Ends the browser; its folder stays. */
  async quit() {
    if (this.browser.connected) await this.browser.close();
  }

  async close() {
    await this.quit();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
