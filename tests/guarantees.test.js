// Checks tests/guarantees.md: each promise has a bound whose figures match the code, and names tests that
// exist.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { linksIn } from './links.js';

const COLUMNS = ['case', 'promise', 'bound', 'tests'];
const SOURCES = ['host', 'extension'];
const UNIT_ms = { ms: 1, s: 1000, min: 60_000, h: 3_600_000, days: 86_400_000 };
/** The units of settings and constants, by the last part of their names. */
const COUNTED_IN_ms = { ms: 1, minutes: 60_000, days: 86_400_000 };

const here = new URL('./', import.meta.url);
const root = new URL('../', import.meta.url);
/** @param {string} path @param {URL} [base] */
const read = (path, base = root) => readFileSync(new URL(path, base), 'utf8');

const [titles, , ...rows] = read('guarantees.md', here).split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) => line.slice(1, -1).split('|').map((cell) => cell.trim()));

/** Makes `IsOverAtOnce` and "is over at once" equal, because both name the same test. @param {string} name */
const plain = (name) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/**
 * The names of a file's tests and groups, without what a template inserts. For a file of the simulation: the
 * names of its invariants.
 * @param {string} path from this folder
 */
function namesIn(path) {
  const source = read(path, here);
  const names = path.endsWith('.js')
    ? [...source.matchAll(/\b(?:test|it|describe)\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g)]
      .map(([, , name]) => name.replace(/\$\{[^}]*\}/g, ''))
    : [...source.matchAll(/\bTEST(?:_F|_P)?\(\w+,\s*(\w+)\)|\bBroken\("(I\d+)"/g)]
      .map(([, name, invariant]) => name ?? invariant);
  return new Set(names.map(plain));
}

const schema = JSON.parse(read('manifests/config/config.schema.json')).properties;
const settings = { ...schema.voicenter.properties, ...schema.policy.properties };
const sources = SOURCES.flatMap((folder) => readdirSync(new URL(folder, root), { recursive: true })
  .map((name) => `${folder}/${name}`))
  .filter((path) => /\.([ch]pp|js)$/.test(path))
  .map((path) => read(path));

/**
 * @param {string} name
 * @returns {number} the default of a setting, or the value of a constant; NaN if there is no such constant or
 *   its definitions differ
 */
function valueOf(name) {
  if (name in settings) return settings[name].default;
  const definition = new RegExp(`\\b${name} = ([\\d'_ *]+);`, 'g');
  const found = sources.flatMap((source) => [...source.matchAll(definition)]);
  const values = new Set(found.map(([, product]) =>
    product.replace(/['_]/g, '').split('*').reduce((all, factor) => all * Number(factor), 1)));
  return values.size === 1 ? [...values][0] : NaN;
}

/** @param {string} bound */
const figuresOf = (bound) => [...bound.matchAll(/(\d+(?:\.\d+)?) (ms|s|min|h|days)\b(?: \(`(\w+)`\))?/g)];

test('the table has the expected columns, and rows', () => {
  assert.deepEqual(titles, COLUMNS);
  assert.ok(rows.length > 0);
});

for (const [title, promise, bound, tests, ...rest] of rows) {
  describe(`promised: ${title}`, () => {
    test('every column is filled', () => {
      assert.ok([title, promise, bound, tests].every(Boolean));
      assert.deepEqual(rest, []);
    });

    test('the bound\'s figures are those of the code', () => {
      const figures = figuresOf(bound);
      assert.ok(figures.length > 0, 'no figure');
      for (const [text, figure, unit, name] of figures) {
        assert.ok(name, `${text} does not say where it comes from`);
        const counted_in_ms = COUNTED_IN_ms[name.slice(name.lastIndexOf('_') + 1)];
        assert.equal(valueOf(name) * counted_in_ms, Number(figure) * UNIT_ms[unit], text);
      }
    });

    test('the tests that it names exist', () => {
      const links = linksIn(tests);
      assert.ok(links.length > 0, 'no test');
      for (const { text, target } of links) {
        assert.match(target, /^[a-z][\w/-]*(\.test\.js|_test\.cpp|simulation\/\w+\.cpp)$/,
          'a path from the folder tests/ to a file of tests');
        assert.ok(existsSync(new URL(target, here)), `tests/${target} does not exist`);
        assert.ok(namesIn(target).has(plain(text)), `tests/${target} has no test called "${text}"`);
      }
    });
  });
}
