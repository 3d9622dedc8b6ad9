// Tests that the scripts work from any folder, since a person may call them by a relative path, and what
// .ci/run makes of the test commands that it runs.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const SCRIPTS = fileURLToPath(new URL('../scripts', import.meta.url));
const WITH_HELP = ['bench', 'build-windows', 'demo', 'detect', 'kills', 'package', 'rollout', 'setup', 'test',
  'test-windows', 'windows-libraries'];

describe('a script that is called from another folder', () => {
  for (const name of WITH_HELP) {
    test(`${name} prints its help`, () => {
      const cwd = os.tmpdir();
      const script = path.join(path.relative(cwd, SCRIPTS), name);
      const { status, stdout, stderr } = spawnSync(script, ['--help'], { cwd, encoding: 'utf8' });
      assert.equal(stderr, '');
      assert.equal(status, 0);
      assert.match(stdout, /scripts\//);
    });
  }
});

describe('.ci/run', () => {
  const DONE = "echo 'Results of the test runners:'; echo";
  const good = `${DONE} '2 passed, 0 failed'`;
  const bad = `${DONE} '6 passed, 1 failed'; exit 1`;
  for (const [what, linux, windows, last] of [
    ['counts both commands', good, good, '4 passed, 0 failed'],
    ['fails if the first fails', bad, good, '8 passed, 1 failed'],
    ['fails if the second fails', good, bad, '8 passed, 1 failed'],
    ['counts a command that ends without a number', 'exit 1', good, '2 passed, 1 failed'],
    ['counts a command that claims success and fails', `${good}; exit 1`, good, '4 passed, 1 failed'],
  ]) {
    test(what, (t) => {
      const folder = mkdtempSync(path.join(os.tmpdir(), 'cardmute-ci-'));
      t.after(() => rmSync(folder, { recursive: true }));
      cpSync(path.join(SCRIPTS, '../.ci'), path.join(folder, '.ci'), { recursive: true });
      mkdirSync(path.join(folder, 'scripts'));
      writeFileSync(path.join(folder, 'scripts/test'),
        `#!/bin/sh\ncase "$*" in '--windows --short') ${windows} ;; '') ${linux} ;; esac\n`, { mode: 0o755 });
      const { status, stdout } = spawnSync(path.join(folder, '.ci/run'), { encoding: 'utf8' });
      assert.equal(stdout.trim().split('\n').at(-1), last);
      assert.equal(status, last.endsWith(' 0 failed') ? 0 : 1);
    });
  }
});
