// Compares the host's parsers with the extension's. Both must find the same error, or none, in a request. The
// extension must accept every match pattern that the host accepts, and match addresses as the equivalent
// regular expression does. It must read the host's messages and policies as the host means them.
//   node tests/fuzz/differential.js READERS --corpus | --seconds N [--seed N]
// A finding is kept in build/fuzz/findings, and the exit code is 1.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { matches } from '../../extension/common/match-pattern.js';
import {
  ERROR_CODES, MAX_NOTICES, readHostMessage, readPolicy,
} from '../../extension/common/protocol.js';
import { Chance } from './chance.js';
import { HostReaders } from './host_readers.js';
import { expressionOf } from './pattern_expression.js';
import { faultOfBytes } from './wire_fault.js';

const HERE = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const LONGEST_bytes = 4096;
const MOST_CHANGES = 4;

const ADDRESSES = ['https://crm.example.com/', 'https://crm.example.com/pay?card=1', 'http://a.crm.example.com/x',
  'https://crm.example.com:8443/pay/', 'http://127.0.0.1:8080/', 'https://example.com/%2Fpay/*', 'http://[::1]/'];

/** @param {number | null} ms */
const utc = (ms) => (ms === null ? null : new Date(ms).toJSON());

/** What the extension must read from a message of the host (see made_message.hpp). @param {any} meant */
function expectedOf({ status, policy, ...rest }) {
  const { call, last, notices } = status;
  return {
    ...rest,
    policy: policy && readPolicy(policy),
    status: {
      ...status, since: utc(status.since), notices: notices.slice(0, MAX_NOTICES),
      call: call && { ...call, since: utc(call.since) }, last: last && { ...last, at: utc(last.at) },
    },
  };
}

/** @typedef {{kind: 'r' | 'p' | 'c' | 'm', check: (bytes: Buffer, said: any) => string | null}} Target */

/** @type {Record<string, Target>} */
const TARGETS = {
  wire: {
    kind: 'r',
    check: (bytes, said) => {
      const own = faultOfBytes(bytes);
      return own === said ? null : `the host says ${said}, the extension ${own}`;
    },
  },
  messages: {
    kind: 'm',
    check: (_bytes, { text, meant }) => {
      const own = readHostMessage(JSON.parse(text));
      if (!isDeepStrictEqual(own, expectedOf(meant))) return `the extension reads ${JSON.stringify(own)}`;
      const problems = [meant.error, meant.status.problem].filter((one) => Boolean(one));
      const unknown = problems.find(({ code }) => !ERROR_CODES.includes(code));
      return unknown === undefined ? null : `the extension does not know ${unknown.code}`;
    },
  },
  patterns: {
    kind: 'p',
    check: (bytes, said) => {
      const pattern = bytes.toString();
      if (!said) return null;
      const expression = expressionOf(pattern);
      if (expression === null) return 'the host accepts it, the extension does not';
      const other = ADDRESSES.find((address) => matches(pattern, address) !== expression.test(address));
      return other === undefined ? null : `the extension and a regular expression differ for ${other}`;
    },
  },
  rules: {
    kind: 'c',
    check: (bytes, said) => {
      if (said === null) return null;
      const own = readPolicy(said);
      if (own === null) return 'the host sends it, the extension does not accept it';
      const differs = Object.entries(own).find(([key, value]) => !isDeepStrictEqual(value, said[key]));
      return differs === undefined ? null : `the extension reads another ${differs[0]}`;
    },
  },
};

const PIECES = ['null', '0', '-0', '1', '1.0', '1e0', '-1', '1e400', '9007199254740991', '9007199254740992',
  '18446744073709551615', '86400000', '86400001', '0.5', 'true', '""', '"x"', '[]', '{}', '"\\ud83d"',
  '"\\ud83d\\ude00"', '"\\\\ud83d"', '"😀"', `"${'a'.repeat(64)}"`, `"${'😀'.repeat(64)}"`,
  `"${'😀'.repeat(65)}"`,
  '"id"', '"type"', '"hello"', '"__proto__"', '"client"', '"installation"', '"card_frames_date"',
  '"2026-02-29"', '"a/b://c"', '"a://u@"', '"://x"',
  '\ufeff', ' ', ',', ':', '*', '://', '.', '/', '[::1]', ':443', ':*', '//comment\n'];

/** @param {Chance} chance @param {Buffer[]} seeds @returns {Buffer} */
function mutated(chance, seeds) {
  let bytes = chance.of(seeds);
  for (let left = 1 + chance.below(MOST_CHANGES); left > 0; left -= 1) {
    const at = chance.below(bytes.length + 1);
    const rest = chance.below(2) === 0 ? at : Math.min(bytes.length, at + 1 + chance.below(8));
    const other = chance.of(seeds);
    const from = chance.below(other.length + 1);
    const put = [
      Buffer.from(chance.of(PIECES)), Buffer.of(chance.below(256)), Buffer.alloc(0),
      other.subarray(from, from + 1 + chance.below(40)),
    ];
    bytes = Buffer.concat([bytes.subarray(0, at), chance.of(put), bytes.subarray(rest)]);
    if (chance.below(3) === 0) bytes = withAnotherValue(chance, bytes);
  }
  return bytes.subarray(0, LONGEST_bytes);
}

/**
 * Replaces the value of one key of a JSON text. Most of the new values keep the text valid JSON.
 * @param {Chance} chance @param {Buffer} bytes
 */
function withAnotherValue(chance, bytes) {
  const text = bytes.toString('latin1');
  const values = [...text.matchAll(/:\s*("(?:[^"\\]|\\.)*"|[-\w.+]+)/g)];
  if (values.length === 0) return bytes;
  const { index, 0: whole } = chance.of(values);
  const piece = Buffer.from(`:${chance.of(PIECES)}`).toString('latin1');
  return Buffer.from(text.slice(0, index) + piece + text.slice(index + whole.length), 'latin1');
}

/** @param {string} target @returns {Buffer[]} */
function seedsOf(target) {
  const folder = HERE(`corpus/${target}/`);
  const own = readdirSync(folder).map((name) => readFileSync(folder + name));
  if (target !== 'wire') return own;
  const contract = readFileSync(HERE('../contract/protocol.md'), 'utf8');
  const examples = [...contract.matchAll(/```json (?:request|refused \w+)\n(.*?)\n```/gs)];
  return [...own, ...examples.map(([, text]) => Buffer.from(text))];
}

/** @param {HostReaders} readers @param {string} target @param {Buffer} bytes */
async function tryOne(readers, target, bytes) {
  const { kind, check } = TARGETS[target];
  const flaw = check(bytes, await readers.ask(kind, bytes));
  if (flaw === null) return;
  mkdirSync('build/fuzz/findings', { recursive: true });
  const file = `build/fuzz/findings/${target}-${Date.now()}`;
  writeFileSync(file, bytes);
  throw new Error(`${target}: ${flaw}; the input is in ${file}: ${JSON.stringify(bytes.toString())}`);
}

/** @param {string[]} args */
async function main([program, mode, seconds = '0', , seed_text]) {
  const readers = new HostReaders(program);
  const seed = seed_text === undefined ? Date.now() % 2 ** 32 : Number(seed_text);
  for (const target of Object.keys(TARGETS)) {
    const seeds = seedsOf(target);
    for (const bytes of seeds) await tryOne(readers, target, bytes);
    let runs = seeds.length;
    const until_ms = mode === '--corpus' ? 0 : performance.now() + Number(seconds) * 1000;
    for (const chance = new Chance(seed); performance.now() < until_ms; runs += 1) {
      await tryOne(readers, target, mutated(chance, seeds));
    }
    console.log(`${target}: ${runs} runs, no finding${mode === '--corpus' ? '' : `, seed ${seed}`}`);
  }
  readers.end();
}

await main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
