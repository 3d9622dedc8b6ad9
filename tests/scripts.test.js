// Tests that the scripts work from any folder, since a person may call them by a relative path.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const SCRIPTS = fileURLToPath(new URL('../scripts', import.meta.url));
const WITH_HELP = ['bench', 'build-windows', 'demo', 'detect', 'kills', 'package', 'rollout', 'setup', 'test',
  'windows-libraries'];

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
