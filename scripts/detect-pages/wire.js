// Replaces the native messaging host: reports which payment forms the extension has found, and answers like a
// host that mutes at once. Nothing leaves this machine.

import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const RELAY = path.join(path.dirname(fileURLToPath(import.meta.url)), 'relay.js');
const length_bytes = 4;

const STATUS = {
  state: 'muted', verified: null, target: null, surfaces: 0, elsewhere: 0, override: 'auto',
  since: '2026-01-01T00:00:00.000Z', last: null, problem: null, notices: [],
};

/** @typedef {{id: number, type: string, origin?: string, reason?: string}} Request */

/** @param {object} message */
export function frameOf(message) {
  const body = Buffer.from(JSON.stringify(message));
  const length = Buffer.alloc(length_bytes);
  length.writeUInt32LE(body.length);
  return Buffer.concat([length, body]);
}

/**
 * @param {NodeJS.ReadableStream} stream
 * @param {(message: any) => void} onMessage
 */
export function readFrames(stream, onMessage) {
  let waiting = Buffer.alloc(0);
  stream.on('data', (part) => {
    waiting = Buffer.concat([waiting, part]);
    while (waiting.length >= length_bytes) {
      const end = length_bytes + waiting.readUInt32LE(0);
      if (waiting.length < end) return;
      const message = JSON.parse(waiting.subarray(length_bytes, end).toString('utf8'));
      waiting = waiting.subarray(end);
      onMessage(message);
    }
  });
}

/**
 * Registers relay.js in place of the host, and answers the extension.
 * @param {import('../../tests/browser/harness/browsers.js').TestBrowser} browser
 * @param {object} policy what the extension receives
 * @param {(origin: string, reason: string) => void} onOpen called for each payment form
 * @returns {Promise<() => void>} stops listening
 */
export async function listenAsHost(browser, policy, onOpen) {
  const address = path.join(browser.folder, 'host.socket');
  /** @type {Set<net.Socket>} */
  const lines = new Set();
  const server = net.createServer((socket) => {
    lines.add(socket);
    socket.on('error', () => {}).on('close', () => lines.delete(socket));
    readFrames(socket, (/** @type {Request} */ { id, type, origin = '', reason = '' }) => {
      const greeting = type === 'hello' ? { host_version: '1.0.0', protocol: 1, policy } : {};
      socket.write(frameOf({ id, type: 'reply', ok: true, ...greeting, status: STATUS }));
      if (type === 'surface.open') onOpen(origin, reason);
    });
  });
  await new Promise((resolve) => { server.listen(address, () => resolve(undefined)); });
  const program = path.join(browser.folder, 'relay');
  await writeFile(program, `#!/bin/sh\nexec '${process.execPath}' '${RELAY}' '${address}'\n`);
  await chmod(program, 0o755);
  await browser.installHost();
  for (const name of await readdir(browser.manifest_folder)) {
    const file = path.join(browser.manifest_folder, name);
    const manifest = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, JSON.stringify({ ...manifest, path: program }));
  }
  return () => {
    server.close();
    for (const line of lines) line.destroy();
  };
}
