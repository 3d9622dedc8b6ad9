// Starts the simulator for a person or for a script in another language. For its options:
//   node tests/simulator/main.js --help
import { makeCertificates } from './certificates.js';
import { InputError } from './check.js';
import { HELP, readCommandLine } from './command_line.js';
import { startSimulator } from './simulator.js';

const EXIT_USAGE = 64;

/** @param {import('./event_log.js').SimulatorEvent} event */
function readable({ at_ms, type, ...fields }) {
  const clock = new Date(at_ms).toISOString().slice(11, 23);
  const details = Object.entries(fields)
    .filter(([key, value]) => key !== 'seq' && value !== null && value !== undefined)
    .map(([key, value]) => `${key}=${value}`);
  return `${clock}  ${type.padEnd(20)} ${details.join(' ')}`.trimEnd();
}

/**
 * @param {ReturnType<typeof readCommandLine>} wanted
 * @param {import('./certificates.js').Certificates | null} certificates
 */
async function run({ options, call, quiet, faults }, certificates) {
  const simulator = await startSimulator(/** @type {any} */ ({ ...options, tls: certificates?.tls }));
  const stop = async () => {
    await simulator.close();
    await certificates?.remove();
    process.exit(0);
  };
  for (const fault of faults) simulator.setFault(fault);
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.stdout.on('error', stop); // whoever read the output has gone
  const ivrids = call ? [simulator.startCall({ answered: true }).ivrid] : [];

  const urls = {
    mute_url: simulator.muteUrl,
    active_calls_url: simulator.activeCallsUrl,
    control_url: simulator.controlUrl,
  };
  console.log(JSON.stringify({ ...urls, ivrids, ca_file: certificates?.ca_file ?? null }));
  if (quiet) return;
  for (const event of simulator.events) console.log(readable(event));
  simulator.log.listen((event) => console.log(readable(event)));
}

/** @param {string[]} args */
async function main(args) {
  const wanted = readCommandLine(args);
  if (wanted.help) {
    process.stdout.write(HELP);
    return;
  }
  const certificates = wanted.tls ? await makeCertificates() : null;
  try {
    await run(wanted, certificates);
  } catch (error) {
    await certificates?.remove();
    throw error;
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message}\n${error instanceof InputError ? 'Try --help.\n' : ''}`);
  process.exit(error instanceof InputError ? EXIT_USAGE : 1);
}
