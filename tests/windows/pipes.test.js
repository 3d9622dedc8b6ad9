// Tests the host at Windows' pipes, in each way that a browser starts it. The process tests use Unix' pipes.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { frame } from '../host/process/frames.js';
import { CHROMIUM_CALLER, HostProcess } from '../host/process/host_process.js';
import { inWine, ROOT, WINE } from './wine.js';

const BROWSER = `${ROOT}build/windows/tests/host/played-browser.exe`;
const HOST = inWine(`${ROOT}build/windows/host/cardmute-host.exe`);
const REQUESTS = 5000;

for (const mode of ['cmd', 'direct', 'job', 'closed-job']) {
  test(`${mode}: of a burst of requests in one write every one is answered`, async (t) => {
    const work = mkdtempSync(path.join(os.tmpdir(), 'cardmute-pipes-'));
    t.after(() => rmSync(work, { recursive: true, force: true }));
    const config = path.join(work, 'config.json');
    writeFileSync(config, '{ "voicenter": { "extension": "API1API" } }\n');
    const env = /** @type {Record<string, string>} */ ({ ...process.env, CARDMUTE_CONFIG: inWine(config),
      CARDMUTE_STATE_DIR: inWine(path.join(work, 'state')) });
    const browser = new HostProcess({ program: WINE, args: [BROWSER, mode, CHROMIUM_CALLER, HOST], env,
      redirection: '2>/dev/null' });
    await browser.hello();
    const ids = Array.from({ length: REQUESTS }, (_, index) => 100_000 + index);
    void browser.sendBytes(Buffer.concat(ids.map((id) => frame({ id, type: 'status' }))));
    await browser.waitFor(({ id }) => id === ids.at(-1));
    const answered = new Set(browser.messages.map(({ id }) => id));
    assert.ok(ids.every((id) => answered.has(id)));
    assert.equal((await browser.end()).code, 0);
  });
}
