// Tests the MSI package from its installation to its removal, with browsers that use it. Each of two people
// mutes an extension of their own, over HTTPS with the company's own CA.
// Under Wine both people are one user of Unix, but two of Windows, because Wine takes a person's name and
// folders from USER. Under Wine no owner of a file counts as an administrator. So the machine's configuration
// comes by Group Policy, and names the installed table.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { CHROMIUM_CALLER, HostProcess } from '../host/process/host_process.js';
import { makeCertificates } from '../simulator/certificates.js';
import { startSimulator } from '../simulator/simulator.js';
import { inWine, ROOT, WINE, Wine } from './wine.js';

/** @typedef {import('../simulator/simulator.js').Simulator} Simulator */

const BROWSER = `${ROOT}build/windows/tests/host/played-browser.exe`;
const POLICY = 'HKLM\\Software\\Policies\\CardMute';
const TABLE = { agent1: 'API1API', agent2: 'API2API' };
/**
 * What the removal leaves under Wine: the installer's own folder, which is empty again, and the program that
 * ran while it was upgraded. Windows removes the program at its next restart
 * (manifests/windows/acceptance.md), Wine never does.
 */
const OF_WINDOWS = ['./windows/Installer', './Program Files/CardMute/1.0.0/cardmute-host.exe'];
/** Windows' own keys, without a value, that the first installation and the first connection make. */
const KEYS_OF_WINDOWS = new RegExp(String.raw`\\SystemCertificates\\|\\Wow6432Node\\.*\\Run$|\\Installer` +
  String.raw`(\\(Features|Products|UpgradeCodes|UserData(\\S-1-5-18(\\(Components|Products))?)?))?$`);
/** This folder has a file for each boot in which a host of the person runs. */
const ALIVE = 'users/agent1/AppData/Local/CardMute/alive';
const LOOK_MS = 50;
const WAIT_MS = 30_000;

const wine = new Wine();
/** @type {Simulator} */ let simulator;
/** @type {import('../simulator/certificates.js').Certificates} */ let authority;
/** @type {string} */ let old_package;
/** @type {string} */ let new_package;
/** @type {HostProcess[]} */ const browsers = [];

before(async () => {
  wine.start();
  old_package = await wine.packageOf('1.0.0');
  new_package = await wine.packageOf('1.1.0');
  authority = await makeCertificates();
  simulator = await startSimulator({ tls: authority.tls });
  for (const extension of Object.values(TABLE)) simulator.startCall({ extension, answered: true });
});
after(async () => {
  await Promise.all(browsers.filter(({ exited }) => !exited).map((browser) => browser.kill()));
  await simulator.close();
  await authority.remove();
  wine.end();
});

/**
 * Starts a browser of a person, which finds the host in the registry.
 * @param {string} user @param {'cmd' | 'direct' | 'job' | 'closed-job'} mode
 */
function browserOf(user, mode) {
  const env = /** @type {Record<string, string>} */ ({ ...wine.env, USER: user });
  const browser = new HostProcess({ program: WINE, args: [BROWSER, mode, CHROMIUM_CALLER], env,
    redirection: '2>/dev/null' });
  browsers.push(browser);
  return browser;
}

/** Returns the extensions whose calls are muted. */
const muted = () => Object.values(TABLE).filter((extension) => simulator.mutedCalls(extension).length > 0);

/** @param {string} what @param {() => unknown} holds */
async function until(what, holds) {
  for (const end = performance.now() + WAIT_MS; !(await holds()); await pause(LOOK_MS)) {
    assert.ok(performance.now() < end, `not within ${WAIT_MS} ms: ${what}`);
  }
}

/**
 * The process IDs of a person's hosts with this word in their command line. A command processor that has
 * started a host is not among them.
 * @param {string} user @param {string} [word]
 */
function hostsOf(user, word = CHROMIUM_CALLER) {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((pid) => {
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
      const env = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
      return /\\cardmute-hostw?\.exe/.test(line) && !line.includes('cmd.exe') && line.includes(word) &&
        env.includes(`WINEPREFIX=${wine.prefix}`) && env.includes(`USER=${user}`);
    } catch {
      return false; // the process has just ended
    }
  }).map(Number);
}

/** Lists the files on drive C, without a person's files and those that Windows writes at any time. */
function filesOnDrive() {
  const found = execFileSync('find', ['.', '-type', 'f', '-o', '-type', 'd', '-empty'],
    { cwd: wine.inDrive(''), encoding: 'utf8' });
  return found.split('\n').filter((file) => file && !/^\.\/users\/|^\.\/windows\/temp\b/i.test(file)).sort();
}

/** Returns the keys of the machine that can be CardMute's, with their values. @returns {string[]} */
function keysOfMachine() {
  const keys = ['Software', 'SYSTEM\\CurrentControlSet\\Services\\EventLog',
    'SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment'];
  let key = '';
  return keys.flatMap((each) => wine.registry(each).split('\r\n')).flatMap((line) => {
    if (line.startsWith('HKEY_')) key = line;
    // Wine leaves the separators of the path that it has removed.
    return line === '' ? [] : [line === key ? key : `${key}: ${line.trim().replace(/;+$/, '')}`];
  });
}

describe('a roll-out', () => {
  /** @type {string[]} */ let files_before;
  /** @type {string[]} */ let keys_before;
  /** @type {HostProcess} */ let second;

  test('a silent installation takes the table of two people', async () => {
    files_before = filesOnDrive();
    keys_before = keysOfMachine();
    const [config, table] = ['config.json', 'extensions.csv'].map((name) => path.join(wine.work, name));
    writeFileSync(config, '{}\n');
    writeFileSync(table, ['log-in,extension', ...Object.entries(TABLE).map(String), ''].join('\n'));
    assert.equal(await wine.msiexec('/i', inWine(old_package), `CONFIG=${inWine(config)}`,
      `EXTENSIONS_CSV=${inWine(table)}`), 0);
    const data = wine.inDrive('ProgramData/CardMute');
    copyFileSync(authority.ca_file, path.join(data, 'ca.pem'));
  });

  // Wine shows every file as its person's own.
  test('the machine\'s configuration is refused while a person could change it', async () => {
    const browser = browserOf('agent1', 'direct');
    const { error } = await browser.open();
    assert.equal(error?.code, 'config_invalid');
    assert.match(error?.message ?? '', /C:\\ProgramData\\CardMute\\config\.json: it belongs to .*icacls/);
    // Otherwise the form would count until its host's grace has ended.
    await browser.close();
    assert.equal((await browser.end()).code, 0);
  });

  test('a Group Policy takes the place of the machine\'s configuration', async () => {
    const configuration = {
      voicenter: {
        mute_url: simulator.muteUrl.replace('127.0.0.1', 'localhost'),
        ca_file: 'C:\\ProgramData\\CardMute\\ca.pem',
        extensions: { file: 'C:\\ProgramData\\CardMute\\extensions.csv' },
      },
      policy: { sites: ['https://crm.example.com/*'] },
    };
    assert.equal(await wine.run(['reg', 'add', POLICY, '/f', '/v', 'Configuration', '/d',
      JSON.stringify(configuration)]), 0);
  });

  test('each person\'s form mutes that person\'s extension', async () => {
    const first = browserOf('agent1', 'cmd');
    second = browserOf('agent2', 'direct');
    await first.hello();
    await second.hello();
    assert.equal((await first.open()).ok, true);
    assert.deepEqual(muted(), ['API1API']);
    assert.equal((await second.open()).ok, true);
    assert.deepEqual(muted(), ['API1API', 'API2API']);
    assert.equal((await first.close()).ok, true);
    assert.deepEqual(muted(), ['API2API']);
    assert.equal((await first.end()).code, 0);
  });

  test('the settler of a killed browser unmutes although the host is killed too', async () => {
    const first = browserOf('agent1', 'cmd');
    assert.equal((await first.open()).ok, true);
    const [host] = hostsOf('agent1');
    await first.kill();
    await until('a settler', () => hostsOf('agent1', '--detached').length > 0);
    process.kill(Number(host), 'SIGKILL');
    assert.ok(muted().includes('API1API'), 'the grace was cut short');
    await until('the call of the first person is unmuted', () => !muted().includes('API1API'));
    assert.deepEqual(muted(), ['API2API']);
  });

  test('the scheduled settle unmutes after a job that has taken the host along', async () => {
    const first = browserOf('agent1', 'closed-job');
    assert.equal((await first.open()).ok, true);
    await first.kill();
    await until('the job has ended', () => hostsOf('agent1').length === 0);
    const scheduled = wine.inDrive('Program Files/CardMute/1.0.0/cardmute-hostw.exe');
    await until('settle unmutes', async () => {
      await wine.run([scheduled, 'settle'], { USER: 'agent1' });
      return !muted().includes('API1API');
    });
    assert.deepEqual(muted(), ['API2API']);
  });

  test('an upgrade leaves a mute that is held, which the old host ends', async () => {
    assert.equal(await wine.msiexec('/i', inWine(new_package)), 0);
    assert.equal(second.exited, null);
    assert.deepEqual(muted(), ['API2API']);
    assert.match(wine.registry('Software\\Google\\Chrome\\NativeMessagingHosts\\com.cardmute.host'),
      /1\.1\.0/);
    assert.equal(hostsOf('agent2', 'CardMute\\1.0.0\\').length, 1);
    assert.equal((await second.close()).ok, true);
    assert.deepEqual(muted(), []);
    assert.equal((await second.end()).code, 0);
  });

  test('the next browser starts the new version', async () => {
    const next = browserOf('agent1', 'job');
    assert.equal((await next.hello()).ok, true);
    assert.equal(hostsOf('agent1', 'CardMute\\1.1.0\\').length, 1);
    assert.equal((await next.end()).code, 0);
  });

  test('at the log-off the host itself ends the mute', async () => {
    const browser = browserOf('agent1', 'direct');
    assert.equal((await browser.open()).ok, true);
    assert.deepEqual(muted(), ['API1API']);
    await wine.logOff();
    await browser.exit;
    await until('the call is unmuted', () => muted().length === 0);
  });

  test('a mute that a restart of the computer has left is ended by the scheduled settle', async () => {
    const [one, two] = [browserOf('agent1', 'direct'), browserOf('agent1', 'cmd')];
    await one.hello();
    assert.equal((await two.open()).ok, true);
    const [boot, ...others] = wine.listed(ALIVE);
    assert.deepEqual(others, [], 'both hosts name the same boot');
    wine.restart();
    await Promise.all([one.exit, two.exit]);
    assert.deepEqual(muted(), ['API1API']);
    const after_it = browserOf('agent2', 'direct');
    await after_it.hello();
    const scheduled = wine.inDrive('Program Files/CardMute/1.1.0/cardmute-hostw.exe');
    await until('settle unmutes', async () => {
      await wine.run([scheduled, 'settle'], { USER: 'agent1' });
      return muted().length === 0;
    });
    const [boot_after_it] = wine.listed(ALIVE.replace('agent1', 'agent2'));
    assert.notEqual(boot_after_it, boot);
    assert.equal((await after_it.end()).code, 0);
  });

  test('the removal leaves the configuration and nothing else', async () => {
    assert.equal(await wine.msiexec('/x', inWine(new_package)), 0);
    await wine.run(['reg', 'delete', POLICY, '/f']);
    const more = filesOnDrive().filter((file) => !files_before.includes(file) && !OF_WINDOWS.includes(file));
    assert.deepEqual(more, ['ca.pem', 'config.json', 'extensions.csv'].map((name) =>
      `./ProgramData/CardMute/${name}`));
    const keys = keysOfMachine().filter((key) => !keys_before.includes(key) && !KEYS_OF_WINDOWS.test(key));
    assert.deepEqual(keys, []);
    assert.ok(existsSync(wine.inDrive('users/agent1/AppData/Local/CardMute')), 'the ledger is the person\'s');
  });
});
