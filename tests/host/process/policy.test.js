// Tests the browser policies that `policy` prints: they have the form that each browser reads, and the same
// content for each operating system.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { command, commandInJson } from './commands.js';

const ID = 'gdbpaifghphnalcleahapkpgepppfeai';
const ADDON = '{7d1f5c0e-6c1b-4f0a-9c53-2a1d0e8b4a77}';
const SITES = ['https://crm.example.com/*', 'https://pay.example.com/a&b<c>*'];
const UPDATES = 'https://intranet.example.com/cardmute/updates.xml';
const XPI = 'https://intranet.example.com/cardmute/cardmute.xpi';
const CHROMIUM = ['chrome', 'edge', 'chromium'];

/** @type {{config_file: string, state_directory: string, folder: string}} */
let places;
before(async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cardmute-policy-'));
  places = { folder, config_file: path.join(folder, 'config.json'), state_directory: `${folder}/state` };
  await writeFile(places.config_file,
    JSON.stringify({ voicenter: { extension: 'API1API' }, policy: { sites: SITES } }));
});
after(() => rm(places.folder, { recursive: true, force: true }));

/** @param {string} browser @param {string} system @param {...string} more */
async function policyOf(browser, system, ...more) {
  const url = browser === 'firefox' ? XPI : UPDATES;
  const { code, out, err } = await command(places, 'policy', '--browser', browser, '--os', system,
    '--update-url', url, ...more);
  assert.equal(code, 0, err);
  return { out, err };
}

/** @param {string} text of a .reg file @returns {Record<string, Record<string, any>>} key -> its values */
function readRegistry(text) {
  const lines = text.split('\r\n');
  assert.equal(lines.shift(), 'Windows Registry Editor Version 5.00');
  /** @type {Record<string, Record<string, any>>} */
  const keys = {};
  let key = '';
  for (const line of lines.filter(Boolean)) {
    const [, name] = /^\[(.*)\]$/.exec(line) ?? [];
    if (name) {
      key = name;
      keys[key] = {};
      continue;
    }
    const [, value, number, words] =
      /^"([^"]+)"=(?:dword:([0-9a-f]{8})|"((?:[^"\\]|\\.)*)")$/.exec(line) ?? [];
    assert.ok(value, line);
    keys[key][value] = number ? parseInt(number, 16) : words.replaceAll(/\\(.)/g, '$1');
  }
  return keys;
}

/** @param {string} text a property list @returns {any} */
function readProfile(text) {
  const read = 'import plistlib, json, sys; print(json.dumps(plistlib.loads(sys.stdin.buffer.read())))';
  const { stdout, stderr } = spawnSync('python3', ['-c', read], { input: text, encoding: 'utf8' });
  assert.equal(stderr, '');
  return JSON.parse(stdout);
}

it('are refused with the address of a store, but without the ID that it has given', async () => {
  const chrome = 'https://clients2.google.com/service/update2/crx';
  const edge = 'https://Edge.Microsoft.com/extensionwebstorebase/v1/crx';
  for (const [browser, url] of [['chrome', chrome], ['chromium', chrome], ['edge', edge]]) {
    const words = ['policy', '--browser', browser, '--os', 'windows', '--update-url', url];
    const { code, out, err } = await command(places, ...words);
    assert.deepEqual([code, out], [64, ''], url);
    assert.match(err, /--extension is missing: .* a store's address.* Expected: the 32 letters/);
    assert.equal((await command(places, ...words, '--extension', ID)).code, 0);
  }
  const amo = 'https://addons.mozilla.org/firefox/downloads/latest/cardmute/latest.xpi';
  assert.equal((await command(places, 'policy', '--browser', 'firefox', '--update-url', amo)).code, 0);
});

for (const browser of CHROMIUM) {
  describe(`policies of ${browser}`, () => {
    it('install the extension, pin it, name the sites, and let it call the host of the machine', async () => {
      const { out, err } = await policyOf(browser, 'linux');
      const policies = JSON.parse(out);
      const edge = browser === 'edge';
      assert.deepEqual(policies, {
        ExtensionSettings: { [ID]: { installation_mode: 'force_installed', update_url: UPDATES,
          override_update_url: true,
          ...(edge ? { toolbar_state: 'force_shown' } : { toolbar_pin: 'force_pinned' }) } },
        NativeMessagingAllowlist: ['com.cardmute.host'],
        NativeMessagingUserLevelHosts: false,
        [edge ? 'InPrivateModeAvailability' : 'IncognitoModeAvailability']: 1,
        '3rdparty': { extensions: { [ID]: { sites: SITES } } },
      });
      assert.match(err, /write it to \/etc\/\S+\/policies\/managed\/cardmute\.json/);
    });

    it('are the same in the registry of Windows', async () => {
      const { ExtensionSettings: settings, '3rdparty': third, NativeMessagingAllowlist: hosts, ...flags } =
        JSON.parse((await policyOf(browser, 'linux')).out);
      const keys = readRegistry((await policyOf(browser, 'windows')).out);
      const vendor = { chrome: 'Google\\Chrome', edge: 'Microsoft\\Edge', chromium: 'Chromium' }[browser];
      const root = `HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\${vendor}`;
      const numbered = (/** @type {string[]} */ list) =>
        Object.fromEntries(list.map((text, index) => [String(index + 1), text]));
      assert.deepEqual(JSON.parse(keys[root].ExtensionSettings), settings);
      delete keys[root].ExtensionSettings;
      const numbers = Object.fromEntries(Object.entries(flags).map(([name, value]) => [name, Number(value)]));
      assert.deepEqual(keys, {
        [root]: numbers,
        [`${root}\\NativeMessagingAllowlist`]: numbered(hosts),
        [`${root}\\3rdparty\\extensions\\${ID}\\policy\\sites`]: numbered(third.extensions[ID].sites),
      });
    });

    it('are the same in a profile for macOS', async () => {
      const { '3rdparty': third, ...policies } = JSON.parse((await policyOf(browser, 'linux')).out);
      const { PayloadContent: payloads, ...profile } = readProfile((await policyOf(browser, 'mac')).out);
      assert.equal(profile.PayloadType, 'Configuration');
      const domain = { chrome: 'com.google.Chrome', edge: 'com.microsoft.Edge',
        chromium: 'org.chromium.Chromium' }[browser];
      const bare = payloads.map((/** @type {any} */ { PayloadType: type, PayloadUUID: uuid,
        PayloadIdentifier: identifier, PayloadVersion: version, ...values }) => {
        assert.match(uuid, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
        assert.ok(identifier && version);
        return { type, values };
      });
      assert.deepEqual(bare, [{ type: domain, values: policies },
        { type: `${domain}.extensions.${ID}`, values: third.extensions[ID] }]);
      const ids = [profile, ...payloads].map(({ PayloadUUID: uuid }) => uuid);
      assert.equal(new Set(ids).size, ids.length);
    });
  });
}

describe('policies of firefox', () => {
  for (const system of ['linux', 'windows', 'mac']) {
    it(`are policies.json on ${system}`, async () => {
      const { out, err } = await policyOf('firefox', system);
      assert.deepEqual(JSON.parse(out), { policies: {
        ExtensionSettings: { [ADDON]: { installation_mode: 'force_installed', install_url: XPI,
          default_area: 'navbar', private_browsing: true } },
        '3rdparty': { Extensions: { [ADDON]: { sites: SITES } } },
      } });
      assert.match(err, /policies\.json/);
    });
  }

  it('accept an unsigned add-on only if that was asked for', async () => {
    const { out } = await policyOf('firefox', 'linux', '--unsigned');
    assert.deepEqual(JSON.parse(out).policies.Preferences,
      { 'xpinstall.signatures.required': { Value: false, Status: 'locked' } });
  });
});

describe('policy', () => {
  it('names the extension that --extension names', async () => {
    const other = 'abcdefghijklmnopabcdefghijklmnop';
    const { out } = await policyOf('chrome', 'linux', '--extension', other);
    assert.deepEqual(Object.keys(JSON.parse(out).ExtensionSettings), [other]);
  });

  it('answers in JSON with the text and its place', async () => {
    const { code, document } =
      await commandInJson(places, 'policy', '--browser', 'chrome', '--update-url', UPDATES);
    assert.equal(code, 0);
    assert.equal(document.policies, (await policyOf('chrome', 'linux')).out);
    assert.match(document.place, /\/etc\/opt\/chrome/);
  });

  it('says so if the configuration names no site', async () => {
    const none = path.join(places.folder, 'none.json');
    await writeFile(none, '{"voicenter": {"extension": "API1API"}}');
    const { code, out, err } = await command({ ...places, config_file: none }, 'policy', '--browser',
      'chrome', '--update-url', UPDATES);
    assert.equal(code, 0);
    assert.equal(JSON.parse(out)['3rdparty'], undefined);
    assert.match(err, /names no site/);
  });

  it('prints nothing if the configuration has a mistake: the sites would be missing', async () => {
    const wrong = path.join(places.folder, 'wrong.json');
    await writeFile(wrong, JSON.stringify({ voicenter: { extension: 'API1API' },
      policy: { sites: SITES, interlok: 'block' } }));
    const { code, out, err } = await command({ ...places, config_file: wrong }, 'policy', '--browser',
      'chrome', '--update-url', UPDATES);
    assert.deepEqual([code, out], [78, '']);
    assert.match(err, /wrong\.json: policy\.interlok/);
  });

  for (const [what, args, said] of /** @type {const} */ ([
    ['an unsigned add-on for Chrome', ['--browser', 'chrome', '--update-url', UPDATES, '--unsigned'],
      /for Firefox ESR only/],
    ['an address without a host', ['--browser', 'edge', '--update-url', 'https://'], /begins with https:/],
    ['an unknown browser', ['--browser', 'opera'],
      /found "opera", expected one of: chrome, chromium, edge, firefox/],
    ['an unknown system', ['--browser', 'edge', '--os', 'beos'],
      /found "beos", expected one of: linux, mac, windows/],
    ['no browser', [], /--browser is required/],
    ['no address', ['--browser', 'edge', '--os', 'windows'], /--update-url is missing.*updates\.xml/],
    ['an address of another kind', ['--browser', 'edge', '--update-url', 'ftp://a/b'], /begins with https:/],
    ['an address with quotes', ['--browser', 'edge', '--update-url', 'https://a/"b'], /begins with https:/],
    ['an ID of another kind', ['--browser', 'edge', '--update-url', UPDATES, '--extension', ADDON],
      /32 letters/],
  ])) {
    it(`refuses ${what}, and prints nothing to paste`, async () => {
      const { code, out, err } = await command(places, 'policy', ...args);
      assert.equal(code, 64);
      assert.equal(out, '');
      assert.match(err, said);
    });
  }
});
