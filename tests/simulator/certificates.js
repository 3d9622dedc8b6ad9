// Makes a throw-away certificate authority, and a server certificate that it signs, with openssl.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
const DAYS = ['-days', '2'];

// Replaces the system's configuration, whose extensions depend on the version of openssl.
const configuration = (/** @type {string[]} */ names) => `
[req]
distinguished_name = name
prompt = no
[name]
CN = Simulated Voicenter
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[server]
basicConstraints = critical, CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = ${names.join(', ')}
`;

/**
 * @typedef {object} Certificates
 * @property {{ key: string, cert: string }} tls for the simulator's option `tls`
 * @property {string} ca_file PEM, for the client
 * @property {() => Promise<void>} remove deletes the files
 */

/**
 * @param {{ names?: string[] }} [options] names: the hosts of the certificate, as in a subjectAltName of
 *   openssl
 * @returns {Promise<Certificates>}
 */
export async function makeCertificates({ names = ['IP:127.0.0.1', 'DNS:localhost'] } = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'cardmute-certificates-'));
  const remove = () => rm(directory, { recursive: true, force: true });
  const openssl = (/** @type {string[]} */ ...args) => run('openssl', args, { cwd: directory });
  try {
    await writeFile(join(directory, 'openssl.cnf'), configuration(names));
    const config = ['-config', 'openssl.cnf', '-sha256'];
    const authority = ['-x509', '-extensions', 'authority', '-subj', '/CN=Simulated authority', ...DAYS];
    await openssl('req', ...config, ...KEY, ...authority, '-keyout', 'ca.key', '-out', 'ca.pem');
    await openssl('req', ...config, ...KEY, '-keyout', 'server.key', '-out', 'server.csr');
    const signer = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-sha256', ...DAYS];
    const extensions = ['-extfile', 'openssl.cnf', '-extensions', 'server'];
    await openssl('x509', '-req', '-in', 'server.csr', ...signer, ...extensions, '-out', 'server.pem');
    const read = (/** @type {string} */ name) => readFile(join(directory, name), 'utf8');
    const tls = { key: await read('server.key'), cert: await read('server.pem') };
    return { tls, ca_file: join(directory, 'ca.pem'), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
