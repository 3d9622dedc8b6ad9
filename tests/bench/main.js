// The benchmark: measures every budget, and prints a table that says which are met.
import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { measureBrowsers } from './browsers.js';
import { measureHosts, versions } from './hosts.js';
import { measureNewCalls } from './new_call.js';
import { browserRows, hostRows, newCallRows } from './rows.js';
import { table } from './table.js';

const HELP = `Measures CardMute's budgets side by side with minimal hosts and a bare socket.

  scripts/bench [options]

  --part NAME    measure only hosts, calls, forms, trace, connections, early or main-thread; may be
                 repeated
  --rounds N     how many rounds (default: 2, some 5.5 minutes for all parts; 20 for a stable 99 %)
  --calls N      how many calls start while a form is open (default: 20)
  --json FILE    write all samples to a file
  --help         print this help
`;

/**
 * @typedef {object} Raw
 * @property {{processors: number, model: string, load_before: number, load_after: number}} machine
 * @property {{python: string, node: string}} versions
 * @property {import('./hosts.js').Hosts | null} hosts
 * @property {import('./new_call.js').NewCalls[]} new_calls
 * @property {Awaited<ReturnType<typeof measureBrowsers>>} browsers
 */

/** @param {string[]} args */
function readArguments(args) {
  const { values } = parseArgs({
    args,
    options: {
      part: { type: 'string', multiple: true },
      rounds: { type: 'string', default: '2' },
      calls: { type: 'string', default: '20' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds: expected a whole number from 1');
  const calls = Number(values.calls);
  if (!Number.isInteger(calls) || calls < 1) throw new Error('--calls: expected a whole number from 1');
  const parts = new Set(values.part ?? PARTS);
  for (const part of parts) {
    if (!PARTS.includes(part)) throw new Error(`--part ${part}: expected one of ${PARTS.join(', ')}`);
  }
  return { rounds, calls, parts, json: values.json, help: values.help };
}

/** @param {{rounds: number, calls: number, parts: Set<string>}} wanted @returns {Promise<Raw>} */
async function measure({ rounds, calls, parts }) {
  const [processor] = os.cpus();
  const load_before = os.loadavg()[0];
  const hosts = parts.has('hosts') ? await measureHosts(rounds) : null;
  const new_calls = [];
  for (const has_events of parts.has('calls') ? [false, true] : []) {
    new_calls.push(await measureNewCalls(calls, has_events));
  }
  const browsers = await measureBrowsers(rounds, parts);
  const machine = { processors: os.cpus().length, model: processor.model, load_before,
    load_after: os.loadavg()[0] };
  return { machine, versions: await versions(), hosts, new_calls, browsers };
}

const PARTS = ['hosts', 'calls', 'forms', 'trace', 'connections', 'early', 'main-thread'];
const HEAD = ['', 'median', '99 %', 'ratio', 'budget', ''];

/** @param {Raw} raw */
function print(raw) {
  const { processors, model, load_before, load_after } = raw.machine;
  const rows = [HEAD];
  if (raw.hosts) rows.push(...hostRows(raw.hosts, raw.versions));
  rows.push(...raw.new_calls.flatMap(newCallRows));
  rows.push(...browserRows(raw.browsers));
  console.log(table(rows));
  console.log(`\n${processors} processors (${model}); load ${load_before.toFixed(1)} before, ` +
    `${load_after.toFixed(1)} after. A load above ${processors} means that other work affects the numbers.`);
}

try {
  const wanted = readArguments(process.argv.slice(2));
  if (wanted.help) {
    console.log(HELP);
  } else {
    const raw = await measure(wanted);
    print(raw);
    if (wanted.json) await writeFile(wanted.json, `${JSON.stringify(raw)}\n`);
  }
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
