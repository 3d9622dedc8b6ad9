// Tests the links of every Markdown file.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { anchorsIn, linksIn } from './links.js';

const root = new URL('../', import.meta.url);
/** @param {URL} file */
const read = (file) => readFileSync(file, 'utf8');
const papers = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '--', '*.md'],
  { cwd: fileURLToPath(root), encoding: 'utf8' })
  .split('\n').filter((path) => path && existsSync(new URL(path, root)));

/**
 * Says why a link is broken. Web addresses are not checked.
 * @param {URL} paper that has the link
 * @param {string} target
 * @returns {string | undefined} undefined: the link is valid
 */
function flawOf(paper, target) {
  if (/^(https?|mailto):/.test(target)) return undefined;
  const [path, anchor] = target.split('#');
  const file = path === '' ? paper : new URL(path, paper);
  if (!existsSync(file)) return 'no such file';
  if (anchor !== undefined && !anchorsIn(read(file)).includes(anchor)) return 'no such heading';
  return undefined;
}

for (const path of papers) {
  test(`the links of ${path} are valid`, () => {
    const paper = new URL(path, root);
    const flaws = linksIn(read(paper)).map(({ target }) => ({ target, flaw: flawOf(paper, target) }))
      .filter(({ flaw }) => flaw);
    assert.deepEqual(flaws, []);
  });
}

test('a link to a missing file and one to a missing heading are flaws', () => {
  const paper = new URL('README.md', root);
  assert.equal(flawOf(paper, 'no-such-file.md'), 'no such file');
  assert.equal(flawOf(paper, '#no-such-heading'), 'no such heading');
  assert.equal(flawOf(paper, 'tests/guarantees.md#not-promised'), undefined);
});
