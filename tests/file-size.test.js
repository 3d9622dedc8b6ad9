// Tests that no file of the host is long, so that each holds one idea. The length of functions is limited by
// clang-tidy (.clang-tidy).
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MAX_lines = 300;

test('no file of the host has more than 300 lines', () => {
  const files = execFileSync('git', ['ls-files', 'host'], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n');
  assert.ok(files.length > 100, 'the files of host/ are found');
  const long = files
    .map((file) => ({ file, lines: readFileSync(`${ROOT}/${file}`, 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > MAX_lines);
  assert.deepEqual(long, []);
});
