// Reads the arguments of main.js.
import { parseArgs } from 'node:util';
import { InputError } from './check.js';

export const HELP = `A simulated Voicenter on 127.0.0.1.

  node tests/simulator/main.js [options]

  --port N               of the API (default: any free one)
  --control-port N       of the control API (default: any free one)
  --extension SIP_ID     exists in the account; may be given several times (default: API1API)
  --call                 start with an answered call on the first extension
  --mute-state 1|0       which state mutes (default: 1)
  --code CODE            what Active Calls must be asked with (default: SIMULATED-CODE)
  --round-trip-ms N      simulated latency (default: 0)
  --idle-timeout-ms N    after which an idle connection is closed (default: 120000)
  --tls                  HTTPS with a throw-away authority, whose file is printed as ca_file
  --http2                HTTP/2 beside HTTP/1.1; needs --tls
  --fault JSON           a fault from the start, may be given several times: '{"fault":"hang","times":1}'
  --quiet                only the line with the URLs, no line an event
  --help

The first line is one JSON object with mute_url, active_calls_url, control_url, ivrids and ca_file.
Then comes a line an event. How to control it: tests/simulator/README.md.
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
