// Tests which part uses which. The host's includes must match the links in host/CMakeLists.txt, and the
// extension's imports must match a table.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/**
 * For each folder of the extension: the folders that it imports from, and the folders that only the types in
 * its comments name. Each folder may also use its own files.
 */
const EXTENSION = {
  'common': { imports: [], types: [] },
  'dom': { imports: ['common'], types: [] },
  'detect': { imports: ['common', 'dom'], types: [] },
  'rules': { imports: ['common', 'dom', 'selector'], types: ['content'] },
  'overlay': { imports: ['common', 'dom'], types: ['content'] },
  'content': { imports: ['common', 'dom', 'detect'], types: ['rules', 'overlay'] },
  'popup': { imports: ['common'], types: [] },
  'why': { imports: ['common', 'detect', 'dom'], types: [] },
  'selector': { imports: ['dom'], types: [] },
  'picker': { imports: ['common', 'dom', 'selector'], types: [] },
  'background/host': { imports: ['common'], types: [] },
  'background/pages': { imports: ['common'], types: ['background/host', 'background/ui'] },
  'background/policy': {
    imports: ['common', 'background/pages'], types: ['background/host', 'background/ui'],
  },
  'background/ui': { imports: ['common'], types: ['background/host', 'background/policy'] },
  'background': {
    imports: ['common', 'background/host', 'background/pages', 'background/policy', 'background/ui'],
    types: [],
  },
};

const IMPORT = /^(?:import|export)\b[^;']*'(\.[^']+)'/gm;
const TYPE = /import\('(\.[^']+)'\)/g;

/** @param {string} source */
const comments = (source) => (source.match(/\/\*\*[\s\S]*?\*\//g) ?? []).join('\n');

/** @param {string} source */
const code = (source) => source.replace(/\/\*\*[\s\S]*?\*\//g, '');

/**
 * @param {string} file below the extension's folder
 * @param {Iterable<RegExpMatchArray>} found
 * @returns {string[]} the folders of other parts
 */
function foldersOf(file, found) {
  const own = path.posix.dirname(file);
  return [...found].map(([, to]) => path.posix.dirname(path.posix.join(own, to)))
    .filter((folder) => folder !== own);
}

const files = readdirSync(`${ROOT}extension`, { recursive: true }).map(String)
  .map((file) => file.replaceAll(path.sep, '/')).filter((file) => file.endsWith('.js'));

test('the table names every folder of the extension that has sources', () => {
  const folders = new Set(files.map((file) => path.posix.dirname(file)));
  assert.deepEqual([...folders].sort(), Object.keys(EXTENSION).sort());
});

for (const [folder, { imports, types }] of Object.entries(EXTENSION)) {
  const here = files.filter((file) => path.posix.dirname(file) === folder);
  const sources = here.map((file) => [file, readFileSync(`${ROOT}extension/${file}`, 'utf8')]);

  test(`extension/${folder} imports from exactly the folders that the table says`, () => {
    const found = sources.flatMap(([file, source]) => foldersOf(file, code(source).matchAll(IMPORT)));
    assert.deepEqual([...new Set(found)].sort(), [...imports].sort());
  });

  test(`extension/${folder} names types only of folders that the table says`, () => {
    const found = sources.flatMap(([file, source]) => foldersOf(file, comments(source).matchAll(TYPE)));
    assert.deepEqual(found.filter((other) => ![...imports, ...types].includes(other)), []);
  });
}

test('no folder of the extension uses one that uses it', () => {
  /**
   * @param {string} from
   * @param {string[]} way the folders through which `from` was reached
   * @returns {string[] | null} a cycle, if any
   */
  const cycle = (from, way) => {
    if (way.includes(from)) return [...way, from];
    return EXTENSION[from].imports.map((to) => cycle(to, [...way, from])).find(Boolean) ?? null;
  };
  for (const folder of Object.keys(EXTENSION)) assert.equal(cycle(folder, []), null);
});

const CMAKE = readFileSync(`${ROOT}host/CMakeLists.txt`, 'utf8');

/** For each module of the host: the modules that it links. */
const MODULES = Object.fromEntries([...CMAKE
  .matchAll(/^cardmute_module\((\w+)([^)]*)\)/gm)]
  .map(([, name, links]) => [name, [...links.matchAll(/\bcardmute_(\w+)/g)].map(([, link]) => link)]));
/** The telephone providers, and the modules that they link. All providers link the same modules. */
const PROVIDERS = /^set\(CARDMUTE_PROVIDERS ([\w ]+?) CACHE/m.exec(CMAKE)?.[1].split(' ') ?? [];
const [, ALLOWED = ''] = /cardmute_module\(\$\{provider\}([^)]*)\)/.exec(CMAKE) ?? [];
const PROVIDER_LINKS = [...ALLOWED.matchAll(/\bcardmute_(\w+)/g)].map(([, link]) => link);
const INCLUDE = /^#include "(\w+)\//gm;

test('every folder of the host with sources is a module', () => {
  const folders = readdirSync(`${ROOT}host`, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  assert.deepEqual(folders.map(({ name }) => name).sort(), [...Object.keys(MODULES), ...PROVIDERS].sort());
});

/** @param {string} folder @returns {string[]} the modules that its sources include, itself left out */
function includedFrom(folder) {
  const found = readdirSync(`${ROOT}${folder}`, { recursive: true }).map(String)
    .filter((file) => /\.[ch]pp$/.test(file))
    .flatMap((file) => [...readFileSync(`${ROOT}${folder}/${file}`, 'utf8').matchAll(INCLUDE)])
    .map(([, to]) => to).filter((to) => to !== path.basename(folder));
  return [...new Set(found)].sort();
}

for (const folder of [...PROVIDERS.map((name) => `host/${name}`), 'tests/host/second_provider/parley']) {
  test(`${folder} includes what a telephone provider may use`, () => {
    assert.deepEqual(includedFrom(folder).filter((to) => !PROVIDER_LINKS.includes(to)), []);
    assert.deepEqual(PROVIDER_LINKS.filter((link) => !(link in MODULES)), []);
  });
}

for (const [module, links] of Object.entries(MODULES)) {
  test(`host/${module} includes exactly the modules that it links, and none includes it back`, () => {
    assert.deepEqual(includedFrom(`host/${module}`), [...links].sort());
    // A module is declared after the modules that it links, so there is no cycle.
    const order = Object.keys(MODULES);
    assert.deepEqual(links.filter((link) => order.indexOf(link) > order.indexOf(module)), []);
  });
}

test('only files of the host named posix_* or windows_* include headers of the operating system', () => {
  const SYSTEM =
    /^#include <(?:(?:sys|linux|mach-o|uuid)\/.*|unistd|fcntl|signal|poll|pwd|spawn|windows)\.h>/m;
  const found = readdirSync(`${ROOT}host`, { recursive: true }).map(String)
    .filter((file) => /\.[ch]pp$/.test(file) && SYSTEM.test(readFileSync(`${ROOT}host/${file}`, 'utf8')));
  assert.ok(found.length > 0);
  assert.deepEqual(found.filter((file) => !/^(?:posix|windows)_/.test(path.basename(file))), []);
});
