// Tests that the states of a mute in host/README.md, both in the diagram and in the table, match the code.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

/** @param {string} path */
const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const table = read('host/engine/mute_state.hpp');
const code = read('host/engine/mute_state.cpp');
const paper = read('host/README.md');

const transitions = [...table.matchAll(/\{MuteState::(\w+), MuteEvent::(\w+), MuteState::(\w+)\}/g)]
  .map(([, from, event, to]) => `${from} --> ${to}: ${event}`);
const states = /enum class MuteState \{([^}]*)\}/.exec(table)?.[1].match(/^ {2}\w+/gm)
  ?.map((name) => name.trim()) ?? [];
const events = /enum class MuteEvent \{([^}]*)\}/.exec(table)?.[1].match(/^ {2}\w+/gm)
  ?.map((name) => name.trim()) ?? [];

test('the diagram has exactly the transitions of the code', () => {
  const drawn = [...paper.matchAll(/^ {2}(\w+) --> (\w+): (.+)$/gm)]
    .flatMap(([, from, to, names]) => names.split(', ').map((event) => `${from} --> ${to}: ${event}`));
  assert.ok(drawn.length > 0);
  assert.deepEqual(drawn.sort(), transitions.sort());
});

test('each state and event has a transition, and an event leads from a state to one state only', () => {
  const froms = transitions.map((line) => line.replace(/ --> \w+:/, ':'));
  assert.equal(new Set(froms).size, froms.length);
  assert.deepEqual(states.filter((state) => !froms.some((from) => from.startsWith(`${state}:`))), []);
  assert.deepEqual(events.filter((event) => !froms.some((from) => from.endsWith(`: ${event}`))), []);
});

test('host/README.md says for each state what the browser is told', () => {
  const coded = [...code.matchAll(/case MuteState::(\w+):\s+return State::(\w+);/g)]
    .map(([, state, told]) => `${state}: ${told}`);
  const written = [...paper.matchAll(/^\| `(\w+)` \| [^|]* \| `(\w+)` \|$/gm)]
    .map(([, state, told]) => `${state}: ${told}`);
  assert.deepEqual(coded.sort(), written.sort());
  assert.deepEqual(written.map((line) => line.split(':')[0]).sort(), [...states].sort());
});
