// Measures how much longer the Windows host takes under Wine than the Linux host. The two take turns, so both
// have the same load:
//   node tests/windows/ratios.mjs LINUX-HOST WINDOWS-HOST [ROUNDS]
// WINDOWS-HOST is the script that scripts/test-windows makes. The result says nothing about Windows itself.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { HostProcess } from '../host/process/host_process.js';
import { configOf } from '../host/process/scene.js';
import { startSimulator } from '../simulator/simulator.js';

const [linux, windows, rounds = '20'] = process.argv.slice(2);
const MUTES = 5;
const work = mkdtempSync(path.join(os.tmpdir(), 'cardmute-ratios-'));
const simulator = await startSimulator();
simulator.startCall({ extension: 'API1API', answered: true });
const config = path.join(work, 'config.json');
writeFileSync(config, JSON.stringify(configOf(simulator)));

/** @param {number[]} values @returns {number} */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** @param {string} program @param {string} name @param {{start: number[], mute: number[]}} times */
async function round(program, name, times) {
  const env = /** @type {Record<string, string>} */ ({ ...process.env, CARDMUTE_CONFIG: config,
    CARDMUTE_STATE_DIR: path.join(work, name) });
  const from = performance.now();
  const host = new HostProcess({ program, env });
  await host.hello();
  times.start.push(performance.now() - from);
  for (let at = 0; at < MUTES; at += 1) {
    const asked = performance.now();
    await host.open(`form-${at}`);
    // The first mute also opens the connection.
    if (at > 0) times.mute.push(performance.now() - asked);
    await host.close(`form-${at}`);
  }
  await host.end();
}

/** @type {Record<'linux' | 'windows', {start: number[], mute: number[]}>} */
const times = { linux: { start: [], mute: [] }, windows: { start: [], mute: [] } };
for (let at = 0; at < Number(rounds); at += 1) {
  await round(linux ?? '', 'linux', times.linux);
  await round(windows ?? '', 'windows', times.windows);
}
for (const what of /** @type {const} */ (['start', 'mute'])) {
  const [one, other] = [median(times.linux[what]), median(times.windows[what])];
  console.log(`${what}: Linux ${one.toFixed(1)} ms, under Wine ${other.toFixed(1)} ms, ` +
    `ratio ${(other / one).toFixed(1)}`);
}
console.log(`load ${os.loadavg()[0]?.toFixed(1)}, medians of ${rounds} starts`);
await simulator.close();
rmSync(work, { recursive: true, force: true });
