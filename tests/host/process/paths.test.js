// Tests relative paths in environment variables, for the host and for its settler, which runs in another
// folder.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { scene } from './scene.js';

for (const [name, env] of /** @type {[string, Record<string, string>][]} */ ([
  ['CARDMUTE_CONFIG', { CARDMUTE_CONFIG: 'config.json' }],
  ['CARDMUTE_STATE_DIR', { CARDMUTE_STATE_DIR: './state' }],
  ['HOME', { HOME: '.', CARDMUTE_STATE_DIR: '', XDG_STATE_HOME: '' }],
])) {
  test(`${name} is relative: the mute is ended after the browser has gone, in the same folder`, async (t) => {
    const { host: first, another, directory, simulator } = await scene(t, { policy: { grace_ms: 100 } });
    await first.kill();
    const host = another({ env, cwd: directory });
    assert.equal((await host.open()).status.state, 'muted');
    await host.end();
    await simulator.waitFor(() => simulator.mutedCalls().length === 0);
    assert.equal(existsSync(join('/', basename(env.CARDMUTE_STATE_DIR || '.local'), 'cardmute.db')), false);
  });
}
