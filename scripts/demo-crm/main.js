// The demo: see scripts/demo. With --headless, the exit code is 0 only if the recording is right.
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { TestBrowser } from '../../tests/browser/harness/browsers.js';
import { startSimulator } from '../../tests/simulator/simulator.js';
import { playAgent } from './agent.js';
import { describe, faults } from './recording.js';
import { serveCrm } from './server.js';

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const EXTENSION = 'API1API';
/** The code of the simulated organisation for Active Calls. */
const CODE = 'DEMO-CODE';
/** The length of the conversation after the payment. Its recording proves that the call was unmuted. */
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

const simulator = await startSimulator({ extensions: [EXTENSION], code: CODE });
/** A mute that takes longer is too late: the customer may have begun to say the card number. */
const MOST_EXPOSED_MS = 1000;
/** @type {string} */
let ivrid;
/** @type {{answered_at_ms: number}} */
let begin;
const lines = () => describe(simulator.recorded(ivrid), begin.answered_at_ms);
const crm = await serveCrm(lines);
const screenshots = path.join(ROOT, 'build/demo');

const test_browser = await TestBrowser.start({
  name,
  headless: options.headless,
  language: options.language,
  pinned: true,
  config: {
    voicenter: { mute_url: simulator.muteUrl, extension: EXTENSION,
      active_calls: { url: simulator.activeCallsUrl, code: CODE } },
    policy: { sites: ['http://127.0.0.1/*'] },
  },
});
try {
  await makeTestCall();
  ivrid = simulator.startCall({ extension: EXTENSION }).ivrid;
  begin = simulator.answer(ivrid);
  console.log(`\nA live call on extension ${EXTENSION} at a simulated Voicenter, and a CRM at ${crm.url}`);
  process.exitCode = options.headless ? await judge() : await leaveItToThePerson();
} finally {
  await test_browser.close();
  crm.close();
  await simulator.close();
}

/**
 * Makes the test call, as an administrator does once for each account: Voicenter's documents disagree on
 * which state mutes.
 */
async function makeTestCall() {
  const command = ['doctor', '--test-call', '--yes'];
  console.log(`\nThe test call, made once for each account (some 15 s): cardmute-host ${command.join(' ')}`);
  const call = simulator.startCall({ extension: EXTENSION });
  simulator.answer(call.ivrid);
  const said = await test_browser.runHost(...command);
  simulator.endCall(call.ivrid);
  console.log(`  ${said.split('\n').find((line) => line.startsWith('PROVEN'))}`);
}

async function leaveItToThePerson() {
  const [page] = await test_browser.browser.pages();
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

  const wrong = faults(simulator, ivrid, { opened_ms: opened.at_ms, acknowledged_ms: acknowledged.at_ms,
    closed_ms: closed.at_ms, unmuted_ms: unmuted.at_ms, ended_ms: ended.ended_at_ms }, MOST_EXPOSED_MS);
  console.log(wrong.length === 0 ? 'The recording is right.' : `WRONG: ${wrong.join('; ')}.`);
  return wrong.length === 0 ? 0 : 1;
}
