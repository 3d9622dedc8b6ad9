// The demo: see scripts/demo. Exit code 0 only if the recording is right.
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { TestBrowser } from '../../tests/browser/harness/browsers.js';
import { FIREFOX_ARGUMENTS } from '../../tests/browser/harness/privileged.js';
import { startSimulator } from '../../tests/simulator/simulator.js';
import { playAgent } from './agent.js';
import { describe, faults } from './recording.js';
import { serveCrm } from './server.js';

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const EXTENSION = 'API1API';
/** The talk that goes on after the payment; a recording of it proves that somebody resumed. */
const SMALL_TALK_MS = 500;

const { values: options } = parseArgs({
  options: {
    headless: { type: 'boolean', default: false },
    browser: { type: 'string', default: 'chromium' },
    language: { type: 'string', default: 'en' },
  },
});
const name = options.browser === 'firefox' ? 'firefox' : 'chromium';
const has_display = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
if (!options.headless && process.platform === 'linux' && !has_display) {
  console.error('There is no display to open a browser on. Use scripts/demo --headless.');
  process.exit(64);
}

const simulator = await startSimulator({ extensions: [EXTENSION] });
const { ivrid } = simulator.startCall({ extension: EXTENSION });
const begin = simulator.answer(ivrid);
const lines = () => describe(simulator.recorded(ivrid), begin.answered_at_ms);
const crm = await serveCrm(lines);
const screenshots = path.join(ROOT, 'build/demo');

console.log(`\nA live call on extension ${EXTENSION} at a simulated Voicenter, and a CRM at ${crm.url}`);
const test_browser = await TestBrowser.start({
  name,
  headless: options.headless,
  language: options.language,
  args: name === 'firefox' ? FIREFOX_ARGUMENTS : [],
  config: {
    voicenter: { mute_url: simulator.muteUrl, extension: EXTENSION },
    policy: { sites: ['http://127.0.0.1/*'] },
  },
});
try {
  process.exitCode = options.headless ? await judge() : await leaveItToThePerson();
} finally {
  await test_browser.close();
  crm.close();
  await simulator.close();
}

async function leaveItToThePerson() {
  const page = await test_browser.browser.newPage();
  await page.goto(crm.url);
  console.log('Click "Take payment" and watch. Close the browser to end.');
  await new Promise((resolve) => { test_browser.browser.on('disconnected', resolve); });
  console.log(`\nThe recording holds:\n${lines().join('\n')}`);
  return 0;
}

async function judge() {
  const { opened, acknowledged, closed, unmuted } = await playAgent({
    test_browser, url: crm.url, simulator, screenshots,
  });
  await new Promise((resolve) => { setTimeout(resolve, SMALL_TALK_MS); });
  const ended = simulator.endCall(ivrid);

  const asked = simulator.events.find((event) => event.type === 'request.received'
    && event.command === 'mute' && event.at_ms >= opened.at_ms);
  const since = (event) => `${((event.at_ms - begin.answered_at_ms) / 1000).toFixed(3).padStart(7)} s`;
  const after = (event, before) => `${(event.at_ms - before.at_ms).toFixed(1)} ms`;
  console.log(`
The agent's part, in seconds of the call
  ${since(opened)}  form opened
  ${since(asked)}  mute sent          ${after(asked, opened)} after the click
  ${since(acknowledged)}  acknowledged       ${after(acknowledged, opened)} after the click
  ${since(closed)}  form closed
  ${since(unmuted)}  unmuted            ${after(unmuted, closed)} after the click

The recording holds
${lines().map((line) => `  ${line}`).join('\n')}

Screenshots: ${path.relative(ROOT, screenshots)}/`);

  const wrong = faults(simulator, ivrid, { acknowledged_ms: acknowledged.at_ms, closed_ms: closed.at_ms,
    unmuted_ms: unmuted.at_ms, ended_ms: ended.ended_at_ms });
  console.log(wrong.length === 0 ? 'The recording is right.' : `WRONG: ${wrong.join('; ')}.`);
  return wrong.length === 0 ? 0 : 1;
}
