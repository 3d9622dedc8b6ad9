// Plays an agent's day in minutes: measures what grows, and what a host does while nothing happens.
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { scene } from '../host/process/scene.js';
import { table } from './table.js';

const HELP = `An agent's day of eight hours at a payment desk, in about five minutes: 64 forms, each muted
38 times as in 75 s.

  scripts/soak [options]

  --forms N    how many forms (default: 64)
  --idle N     for how many seconds wake-ups are counted while no form is open (default: 30)
  --help       print this help

Exits with 1 if a bound is missed.
`;

const MUTES_OF_A_FORM = 38;
const REASSERT_MS = 100; // the host's default is 2000
const DAY_s = 8 * 3600;
const FORM_s = 75;
const BOUND = { grown_KiB: 512, descriptors: 0, store_MiB: 4, wake_ups_per_s: 0.5, cpu_s_per_hour: 15 };
const TICKS_PER_s = 100; // the ticks in /proc are the same on every Linux

/** @param {number} pid @param {string} state_directory */
async function measure(pid, state_directory) {
  const proc = (/** @type {string} */ name) => readFile(`/proc/${pid}/${name}`, 'utf8');
  const number = (/** @type {string} */ text, /** @type {RegExp} */ of) => Number(of.exec(text)?.[1] ?? NaN);
  const status = await proc('status');
  let wake_ups = 0;
  for (const task of await readdir(`/proc/${pid}/task`)) {
    wake_ups += number(await proc(`task/${task}/status`), /^voluntary_ctxt_switches:\s+(\d+)/m);
  }
  const fields = (await proc('stat')).replace(/^.*\) /, '').split(' ');
  const sizes = await Promise.all(['', '-wal', '-shm'].map(async (end) =>
    (await stat(path.join(state_directory, `cardmute.db${end}`))).size));
  return {
    resident_KiB: number(status, /^VmRSS:\s+(\d+)/m),
    descriptors: (await readdir(`/proc/${pid}/fd`)).length,
    store_MiB: sizes.reduce((sum, size) => sum + size) / 1024 ** 2,
    wake_ups,
    cpu_s: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_s,
  };
}

/** @param {Awaited<ReturnType<typeof scene>>} parts @param {string} surface */
async function takePayment({ host, simulator }, surface) {
  const asked = () => simulator.requests.length;
  const before = asked();
  await host.open(surface);
  await simulator.waitFor(() => asked() - before >= MUTES_OF_A_FORM);
  await host.close(surface);
}

const { values } = parseArgs({ options: {
  forms: { type: 'string', default: '64' },
  idle: { type: 'string', default: '30' },
  help: { type: 'boolean', default: false },
} });
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const [forms, idle_s] = [Number(values.forms), Number(values.idle)];
if (!(forms >= 8) || !(idle_s >= 4)) throw new Error('--forms: at least 8; --idle: at least 4');

/** @type {(() => unknown)[]} */
const endings = [];
const context = { after: (/** @type {() => unknown} */ end) => endings.push(end) };
const parts = await scene(/** @type {any} */ (context), { voicenter: { reassert_ms: REASSERT_MS } });
try {
  const { host, state_directory } = parts;
  const look = () => measure(host.pid, state_directory);
  await host.hello();
  // The first quarter of the forms only fills caches.
  for (let i = 0; i < forms / 4; ++i) await takePayment(parts, `form-${i}`);
  const early = await look();
  for (let i = Math.ceil(forms / 4); i < forms; ++i) await takePayment(parts, `form-${i}`);
  await pause(3000); // so that the work after the last form is done
  const late = await look();
  await pause(idle_s * 1000);
  const rest = await look();
  const wake_ups_per_s = (rest.wake_ups - late.wake_ups) / idle_s;
  const idle_cpu_s = (rest.cpu_s - late.cpu_s) / idle_s * (DAY_s - forms * FORM_s);
  const cpu_s_per_hour = (late.cpu_s + idle_cpu_s) / (DAY_s / 3600);
  const rows = [
    ['memory grown after the first quarter, KiB', late.resident_KiB - early.resident_KiB,
      BOUND.grown_KiB],
    ['descriptors more than after the first quarter', rest.descriptors - early.descriptors,
      BOUND.descriptors],
    ['store with its log, MiB', rest.store_MiB, BOUND.store_MiB],
    ['wake-ups per second while no form is open', wake_ups_per_s, BOUND.wake_ups_per_s],
    ['processor seconds per hour of the day', cpu_s_per_hour, BOUND.cpu_s_per_hour],
  ];
  console.log(table([[`${forms} forms, ${forms * MUTES_OF_A_FORM} mutes`, '', 'bound', ''],
    ['resident memory, KiB', String(late.resident_KiB), '', ''],
    ...rows.map(([name, value, bound]) => [String(name), Number(value).toFixed(2), String(bound),
      value <= bound ? 'met' : 'MISSED'])]));
  if (rows.some(([, value, bound]) => value > bound)) process.exitCode = 1;
} finally {
  for (const end of endings.reverse()) await end();
}
