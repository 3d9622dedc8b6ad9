// Tests that neither the host nor its settler writes a core dump, whatever the system's limits
// are. A core dump would keep the organisation's code and a log-in's secrets in a file. Neither process is
// "dumpable" (prctl(2)), so no dump goes through a pipe either, and no other process of the user can read
// their memory.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { test } from 'node:test';
import { until } from '../../browser/harness/until.js';
import { asUser } from './another_user.js';
import { scene } from './scene.js';
import { settlersOf } from './settlers.js';

/** @param {number | string} pid @returns {string[]} the soft and the hard limit of a core dump, in bytes */
function coreLimits(pid) {
  const [, ...limits] = /^Max core file size +(\S+) +(\S+)/m
    .exec(readFileSync(`/proc/${pid}/limits`, 'utf8')) ?? [];
  return limits;
}

/** Lets the processes that this one starts write core dumps. @returns {boolean} whether they now may */
function allowCoreDumps() {
  try {
    execFileSync('prlimit', ['--pid', String(process.pid), '--core=unlimited:unlimited'],
      { stdio: 'ignore' });
  } catch {
    // Only root may raise the hard limit.
  }
  return coreLimits('self')[0] !== '0';
}

const skip = process.platform !== 'linux' ? 'limits are read from /proc'
  : !allowCoreDumps() && 'no core dumps here, whatever the host does';

test('host and settler write no core dumps', { skip }, async (t) => {
  const { host, simulator, ivrid, state_directory } = await scene(t, { policy: { grace_ms: 6000 } });
  await host.open();
  await host.waitForStatus(({ state }) => state === 'muted');
  assert.deepEqual(coreLimits(host.pid), ['0', '0']);
  await host.end();
  await until('a settler runs', async () => settlersOf(state_directory).length === 1);
  assert.deepEqual(coreLimits(settlersOf(state_directory)[0]), ['0', '0']);
  await simulator.waitFor({ type: 'call.unmuted', ivrid });
});

// If a process is not dumpable, its files in /proc belong to root (proc(5)). Those of root's processes always
// do, so for root this test runs the host as nobody.
const NOBODY = 65534;
const AS_NOBODY = `cp "$0" "$HOME/host" && chown -R ${NOBODY}:${NOBODY} "$HOME" &&
  exec ${asUser(NOBODY).join(' ')} "$HOME/host" "$@"`;
const is_root = process.getuid?.() === 0;

const no_proc = process.platform !== 'linux' && 'owners are read from /proc';

test('host and settler are not dumpable', { skip: no_proc }, async (t) => {
  const under = is_root ? ['/bin/sh', '-c', AS_NOBODY] : [];
  const { host, simulator, ivrid, state_directory } = await scene(t, { under, policy: { grace_ms: 6000 } });
  await host.open();
  await host.waitForStatus(({ state }) => state === 'muted');
  const user = is_root ? NOBODY : process.getuid?.();
  const ownersOf = (/** @type {number} */ pid) => ({
    process: Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]),
    its_files: statSync(`/proc/${pid}/maps`).uid,
  });
  assert.deepEqual(ownersOf(host.pid), { process: user, its_files: 0 });
  await host.end();
  await until('a settler runs', async () => settlersOf(state_directory).length === 1);
  const [settler] = settlersOf(state_directory);
  // A process becomes dumpable when it starts a program. The settler changes that first of all.
  await until('the settler is not dumpable', async () => ownersOf(settler).its_files === 0);
  assert.equal(ownersOf(settler).process, user);
  await simulator.waitFor({ type: 'call.unmuted', ivrid });
});
