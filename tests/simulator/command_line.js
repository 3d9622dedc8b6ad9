// Reads the arguments of main.js.
import { parseArgs } from 'node:util';
import { InputError } from './check.js';

export const HELP = `A simulated Voicenter on 127.0.0.1.

  node tests/simulator/main.js [options]

  --port N               the port of the API (default: any free port)
  --control-port N       the port of the control API (default: any free port)
  --extension SIP_ID     an extension of the account; may be given several times (default: API1API)
  --call                 start with an answered call on the first extension
  --mute-state 1|0       the state that mutes (default: 1)
  --code CODE            the code that Active Calls requires (default: SIMULATED-CODE)
  --round-trip-ms N      the simulated latency (default: 0)
  --idle-timeout-ms N    close a connection after it has been idle for this long (default: 120000)
  --tls                  use HTTPS, with a throw-away authority whose file is printed as ca_file
  --http2                offer HTTP/2 in addition to HTTP/1.1; needs --tls
  --fault JSON           start with a fault; may be given several times: '{"fault":"hang","times":1}'
  --quiet                print the first line only, not the events
  --help                 print this help

The first line is a JSON object with mute_url, active_calls_url, control_url, ivrids and ca_file.
Each further line is an event. How to control the simulator: tests/simulator/README.md.
`;

const OPTIONS = /** @type {const} */ ({
  port: { type: 'string' },
  'control-port': { type: 'string' },
  extension: { type: 'string', multiple: true },
  call: { type: 'boolean' },
  'mute-state': { type: 'string' },
  code: { type: 'string' },
  'round-trip-ms': { type: 'string' },
  'idle-timeout-ms': { type: 'string' },
  tls: { type: 'boolean' },
  http2: { type: 'boolean' },
  fault: { type: 'string', multiple: true },
  quiet: { type: 'boolean' },
  help: { type: 'boolean' },
});

/**
 * @param {string} name
 * @param {string | undefined} given
 */
function numberOf(name, given) {
  if (given === undefined) return undefined;
  if (/^\d+$/.test(given)) return Number(given);
  throw new InputError(`--${name}: expected a whole number, got "${given}"`);
}

/** @param {string} given */
function faultOf(given) {
  try {
    return JSON.parse(given);
  } catch {
    throw new InputError(`--fault: expected JSON, got "${given}"`);
  }
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch (error) {
    throw new InputError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * @param {string[]} args
 * @throws {InputError} with what was expected
 */
export function readCommandLine(args) {
  const given = parse(args);
  const options = {
    port: numberOf('port', given.port),
    control_port: numberOf('control-port', given['control-port']),
    extensions: given.extension,
    mute_state: given['mute-state'],
    code: given.code,
    round_trip_ms: numberOf('round-trip-ms', given['round-trip-ms']),
    idle_timeout_ms: numberOf('idle-timeout-ms', given['idle-timeout-ms']),
    http2: given.http2,
  };
  const { call = false, tls = false, quiet = false, help = false, fault = [] } = given;
  return { options, call, tls, quiet, help, faults: fault.map(faultOf) };
}
