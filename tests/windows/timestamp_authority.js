// A timestamp authority (RFC 3161), by openssl.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import os from 'node:os';
import path from 'node:path';

const CONFIGURATION = `
[tsa]
default_tsa = authority
[authority]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
`;

/** @param {import('node:test').TestContext} t at whose end the authority ends */
export async function startTimestampAuthority(t) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cardmute-timestamp-'));
  const openssl = (/** @type {string[]} */ ...args) =>
    execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'key.pem', '-out', 'certificate.pem',
    '-days', '365', '-subj', '/CN=Time', '-addext', 'extendedKeyUsage=critical,timeStamping');
  writeFileSync(path.join(folder, 'openssl.cnf'), CONFIGURATION);
  writeFileSync(path.join(folder, 'serial'), '01');
  const authority = { url: '', certificate: path.join(folder, 'certificate.pem'), requests: 0 };
  const server = createServer(async (request, response) => {
    /** @type {Buffer[]} */ const pieces = [];
    for await (const piece of request) pieces.push(piece);
    writeFileSync(path.join(folder, 'query'), Buffer.concat(pieces));
    openssl('ts', '-reply', '-config', 'openssl.cnf', '-queryfile', 'query', '-signer', 'certificate.pem',
      '-inkey', 'key.pem', '-out', 'reply');
    authority.requests += 1;
    response.writeHead(200, { 'content-type': 'application/timestamp-reply' });
    response.end(readFileSync(path.join(folder, 'reply')));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  authority.url = `http://127.0.0.1:${port}`;
  return authority;
}
