// Tests that a policy key in the configuration's schema is in each other place that reads, writes or
// explains keys, and that the extension reads the key with the same bounds.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { readPolicy } from '../extension/common/protocol.js';

const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

const { properties } = JSON.parse(read('manifests/config/config.schema.json')).properties.policy;
const KEYS = Object.keys(properties).sort();

/** Only the host acts on these keys; the extension reads all others. */
const HOST_ONLY = ['grace_ms', 'on_browser_gone'];

/** @param {string} text @param {RegExp} pattern with one group @returns {string[]} sorted, each once */
const named = (text, pattern) => [...new Set([...text.matchAll(pattern)].map(([, name]) => name))].sort();

/** Returns the text from `from` up to `to`. @param {string} text @param {string} from @param {string} to */
function part(text, from, to) {
  const start = text.indexOf(from);
  const end = text.indexOf(to, start + from.length);
  assert.ok(start >= 0 && end >= 0, `${from} … ${to}`);
  return text.slice(start, end);
}

/** The places that must name every key, and how to find the keys named there. */
const PLACES = {
  'what the host reads of a configuration': () =>
    named(part(read('host/config/policy_keys.cpp'), 'kKeys', 'return kKeys'), /^ +\{"(\w+)",/gm),
  'what the host sends to the extension': () =>
    named(part(read('host/config/config.cpp'), 'to_json(const Policy& policy)', '\n}'), /\{"(\w+)",/g),
  'the protocol\'s example of a hello': () => {
    const text = read('tests/contract/protocol.md');
    const [, policy] = /"protocol": 1, "policy": (\{.*?\}), "status"/.exec(text);
    return Object.keys(JSON.parse(policy)).sort();
  },
  'the example of a configuration': () =>
    named(part(read('manifests/config/config.example.jsonc'), '"policy": {', '\n  }'), /^ {4}"(\w+)":/gm),
  'the guide for administrators': () => named(read('manifests/README.md')
    .replaceAll(/`policy\.\w+`, `(\w+)`/g, (both, second) => `${both} \`policy.${second}\``),
  /`policy\.(\w+)`/g),
};

describe('every policy key, and no other, is in', () => {
  for (const [place, keysThere] of Object.entries(PLACES)) {
    test(place, () => assert.deepEqual(keysThere(), KEYS));
  }

  test('what the extension reads', () => assert.deepEqual(
    [...Object.keys(readPolicy({ sites: [] })), ...HOST_ONLY].sort(), KEYS));
});

/** Returns what the extension reads for a key that has this value in a policy. */
const readWith = (key, it) => readPolicy({ sites: [], [key]: it })[key];

describe('the extension reads a policy key as the schema defines it:', () => {
  for (const [key, { default: usual, enum: choices, type, minimum, maximum }] of Object.entries(properties)) {
    if (HOST_ONLY.includes(key)) continue;
    test(key, () => {
      for (const wrong of [undefined, null, {}, 'no such', -1, 0.5]) {
        if (key !== 'sites') assert.deepEqual(readWith(key, wrong), usual, String(wrong));
      }
      const bounds = type === 'integer' ? [minimum, maximum] : [];
      const right = choices ?? (type === 'boolean' ? [true, false] : bounds);
      for (const it of right) assert.equal(readWith(key, it), it);
      if (type !== 'integer') return;
      for (const it of [minimum - 1, maximum + 1]) assert.equal(readWith(key, it), usual, String(it));
    });
  }
});
