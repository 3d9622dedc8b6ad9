// Keeps README.md's table of promises true: each row has a bound whose figures are those of the code, and
// names tests that there are. Nobody else uses it.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';

const HEADING = '## What is promised, and by which test';
const COLUMNS = ['case', 'promise', 'bound', 'tests'];
const SOURCES = ['host', 'extension'];
const UNIT_ms = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 };
/** What a setting or a constant counts in, by the end of its name. */
const COUNTED_IN_ms = { ms: 1, minutes: 60_000 };

const root = new URL('../', import.meta.url);
/** @param {string} path */
const read = (path) => readFileSync(new URL(path, root), 'utf8');
const readme = read('README.md');

/** @param {string} text @returns {{text: string, path: string}[]} */
const linksOf = (text) => [...text.matchAll(/\[([^\][]+)\]\(([^)\s]+)\)/g)]
  .map(([, words, path]) => ({ text: words, path }));

function rowsOf() {
  const start = readme.indexOf(`\n${HEADING}\n`);
  assert.notEqual(start, -1, `README.md has no heading "${HEADING}"`);
  const [section] = readme.slice(start + HEADING.length + 2).split('\n## ');
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  return lines.map((line) => line.slice(1, -1).split('|').map((cell) => cell.trim()));
}

const [titles, , ...rows] = rowsOf();

/** In words: `IsOverAtOnce` and "is over at once" are the same. @param {string} name */
const plain = (name) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/**
 * Tests and groups, without what a template puts in; of the simulation its invariants.
 * @param {string} path
 */
function namesIn(path) {
  const source = read(path);
  const names = path.endsWith('.js')
    ? [...source.matchAll(/\b(?:test|it|describe)\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g)]
      .map(([, , name]) => name.replace(/\$\{[^}]*\}/g, ''))
    : [...source.matchAll(/\bTEST(?:_F|_P)?\(\w+,\s*(\w+)\)|\bBroken\("(I\d+)"/g)]
      .map(([, name, invariant]) => name ?? invariant);
  return new Set(names.map(plain));
}

const schema = JSON.parse(read('manifests/config/config.schema.json')).properties;
const settings = { ...schema.voicenter.properties, ...schema.policy.properties };
const sources = SOURCES.flatMap((room) => readdirSync(new URL(room, root), { recursive: true })
  .map((name) => `${room}/${name}`))
  .filter((path) => /\.([ch]pp|js)$/.test(path))
  .map(read);

/** A setting's default, or the one value that a constant has; NaN: there is none. @param {string} name */
function valueOf(name) {
  if (name in settings) return settings[name].default;
  const definition = new RegExp(`\\b${name} = ([\\d'_ *]+);`, 'g');
  const found = sources.flatMap((source) => [...source.matchAll(definition)]);
  const values = new Set(found.map(([, product]) =>
    product.replace(/['_]/g, '').split('*').reduce((all, factor) => all * Number(factor), 1)));
  return values.size === 1 ? [...values][0] : NaN;
}

/** @param {string} bound */
const figuresOf = (bound) => [...bound.matchAll(/(\d+(?:\.\d+)?) (ms|s|min|h)\b(?: \(`(\w+)`\))?/g)];

test('the table has rows, and these columns', () => {
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

    test('its tests are there', () => {
      const links = linksOf(tests);
      assert.ok(links.length > 0, 'no test');
      for (const { text, path } of links) {
        assert.match(path, /^tests\/.*(\.test\.js|_test\.cpp|simulation\/\w+\.cpp)$/);
        assert.ok(existsSync(new URL(path, root)), `${path} does not exist`);
        assert.ok(namesIn(path).has(plain(text)), `${path} has no test called "${text}"`);
      }
    });
  });
}

test('every other link leads somewhere too', () => {
  const inside = linksOf(readme).map(({ path }) => path).filter((path) => !/^https?:/.test(path));
  const headings = [...readme.matchAll(/^#+ (.*)$/gm)].map(([, words]) =>
    `#${words.toLowerCase().replace(/[^\w -]/g, '').replaceAll(' ', '-')}`);
  for (const path of inside) {
    assert.ok(path.startsWith('#') ? headings.includes(path) : existsSync(new URL(path, root)), path);
  }
});
