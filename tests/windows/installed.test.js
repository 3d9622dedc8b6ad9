// Tests the MSI on a real Windows, for .github/workflows/windows.yml: what Wine cannot show and no person has
// to try. Run the test as an administrator, with the packages in build/packages.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const PACKAGES = fileURLToPath(new URL('../../build/packages', import.meta.url));
const skip = process.platform !== 'win32' && 'only on Windows; msi.test.js runs under Wine';

/** @param {string} program @param {...string} args @returns {string} */
const said = (program, ...args) => execFileSync(program, args, { encoding: 'utf8' });
/** @param {...string} args */
const msiexec = (...args) => spawnSync('msiexec.exe', [...args, '/qn'], { stdio: 'inherit' }).status;

describe('an installation on Windows', { skip }, () => {
  const packages = existsSync(PACKAGES) ? readdirSync(PACKAGES) : [];
  const found = packages.find((file) => file.endsWith('.msi'));
  const msi = path.join(PACKAGES, found ?? 'missing.msi');
  const data = path.join(process.env.ProgramData ?? '', 'CardMute');
  const programs = path.join(process.env.ProgramFiles ?? '', 'CardMute');

  test('needs no restart', () => {
    assert.equal(msiexec('/i', msi), 0);
  });

  test('lets nobody but administrators and the system write the folder of the configuration', () => {
    const rights = said('icacls', data);
    assert.match(rights, /BUILTIN\\Users:\(OI\)\(CI\)\(RX\)/);
    assert.doesNotMatch(rights, /\(I\)|Everyone|Authenticated Users/);
  });

  test('schedules settle for the group Users', () => {
    const task = said('schtasks', '/Query', '/TN', 'CardMute Settle', '/XML');
    assert.match(task, /S-1-5-32-545/);
    assert.match(task, /cardmute-hostw\.exe/);
    said('schtasks', '/Run', '/TN', 'CardMute Settle');
  });

  test('has a host that runs, whose doctor finds the manifests of the machine', () => {
    const program = path.join(programs, readdirSync(programs)[0] ?? '', 'cardmute-host.exe');
    assert.match(said(program, 'version'), /^cardmute-host \d/);
    const { stdout } = spawnSync(program, ['doctor', '--json'], { encoding: 'utf8' });
    const manifests = JSON.parse(stdout).checks
      .filter((/** @type {{check: string}} */ { check }) => check.includes('every user'));
    assert.ok(manifests.length > 0);
    assert.ok(manifests.every((/** @type {{result: string}} */ { result }) => result === 'ok'), stdout);
  });

  test('is removed completely', () => {
    assert.equal(msiexec('/x', msi), 0);
    assert.equal(existsSync(programs), false);
    assert.equal(spawnSync('schtasks', ['/Query', '/TN', 'CardMute Settle']).status, 1);
  });
});
