// Tests that a host ends by itself when an upgrade has put another program into the browsers' manifests, but
// not while it has a form open, and that a host whose manifest still names it stays. Takes the minute
// (kLook_s) after which a host looks.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { CHROMIUM_CALLER, HostProcess } from '../host/process/host_process.js';
import { configOf } from '../host/process/scene.js';
import { startSimulator } from '../simulator/simulator.js';
import { hostIn, inWine, ROOT, Wine } from './wine.js';

const ADD_ON = '{7d1f5c0e-6c1b-4f0a-9c53-2a1d0e8b4a77}';

const wine = new Wine();
/** @type {import('../simulator/simulator.js').Simulator} */ let simulator;
before(async () => {
  wine.start();
  simulator = await startSimulator();
  simulator.startCall({ extension: 'API1API', answered: true });
});
after(async () => {
  await simulator.close();
  wine.end();
});

/**
 * Puts the host and a manifest into the folder of a version, and names that manifest in a browser's key.
 * @param {string} version @param {string} browser
 */
async function register(version, browser) {
  const folder = path.join(wine.work, version);
  mkdirSync(folder, { recursive: true });
  copyFileSync(`${ROOT}build/windows/host/cardmute-host.exe`, path.join(folder, 'cardmute-host.exe'));
  const manifest = path.join(folder, `${browser.split('\\').at(-1)}.json`);
  writeFileSync(manifest, JSON.stringify({ name: 'com.cardmute.host', path: 'cardmute-host.exe' }));
  const key = `HKLM\\Software\\${browser}\\NativeMessagingHosts\\com.cardmute.host`;
  assert.equal(await wine.run(['reg', 'add', key, '/f', '/ve', '/d', inWine(manifest)]), 0);
}

test('a host without a form ends by itself, and one with a form after it was closed', async () => {
  await register('1', 'Google\\Chrome');
  await register('1', 'Mozilla');
  writeFileSync(path.join(wine.work, 'config.json'), JSON.stringify(configOf(simulator)));
  // Each has a store of its own. A host also stays while its store has the mute of another one.
  const program = inWine(path.join(wine.work, '1/cardmute-host.exe'));
  const start = async (/** @type {string} */ state, caller = [CHROMIUM_CALLER]) => {
    const host = new HostProcess({ ...hostIn(wine.work, { env: wine.env, program, caller, state }),
      redirection: '2>/dev/null' });
    await host.hello();
    return host;
  };
  // Each looks a minute after its start, so these two have looked before the last one ends.
  const of_firefox = await start('state-1', [inWine(path.join(wine.work, '1/Mozilla.json')), ADD_ON]);
  const with_form = await start('state-2');
  await with_form.open();
  const idle = await start('state-3');

  await register('2', 'Google\\Chrome');
  assert.equal((await idle.exit).code, 0);
  assert.equal(with_form.exited, null);
  assert.equal(simulator.mutedCalls().length, 1);
  await with_form.close();
  assert.equal((await with_form.exit).code, 0);
  assert.equal(simulator.mutedCalls().length, 0);
  assert.equal(of_firefox.exited, null);
  assert.equal((await of_firefox.end()).code, 0);
});
