// Serves saved pages to scripts/detect, each at its own origin, by which a report of the extension identifies
// the page. Scripts, frames and everything from other origins are blocked.
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';

const POLICY = "default-src 'self' data: 'unsafe-inline'; script-src 'none'; frame-src 'none'";
const TYPES = { '.css': 'text/css', '.svg': 'image/svg+xml', '.png': 'image/png', '.jpg': 'image/jpeg',
  '.gif': 'image/gif', '.webp': 'image/webp', '.woff2': 'font/woff2' };

/** Every browser resolves such a name to this machine, without a DNS query. */
const DOMAIN = 'pages.localhost';

/** @param {Buffer} bytes @returns {string | null} null: the bytes are not UTF-8 */
function asUtf8(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * @typedef {{origin: string, url: string, text: string}} Shown text: the page's source, to search for words
 */

export async function servePages() {
  /** @type {Map<string, {folder: string | null, bytes: Buffer, type: string}>} */
  const pages = new Map();

  const server = http.createServer(async (request, response) => {
    const page = pages.get((request.headers.host ?? '').replace(/\..*$/, ''));
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const headers = { 'content-security-policy': POLICY, 'cache-control': 'no-store' };
    if (page && pathname === '/') {
      response.writeHead(200, { ...headers, 'content-type': page.type }).end(page.bytes);
      return;
    }
    try {
      if (!page?.folder) throw new Error('no folder');
      // Files that a browser saves with a page: style sheets and pictures.
      const file = path.join(page.folder, path.normalize(decodeURIComponent(pathname)));
      if (!(await stat(file)).isFile()) throw new Error('no file');
      const extension = /** @type {keyof typeof TYPES} */ (path.extname(file));
      const type = TYPES[extension] ?? 'application/octet-stream';
      response.writeHead(200, { ...headers, 'content-type': type });
      createReadStream(file).on('error', () => response.destroy()).pipe(response);
    } catch {
      response.writeHead(404, headers).end();
    }
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', () => resolve(undefined)); });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

  /**
   * @param {Buffer} bytes
   * @param {string | null} folder
   * @returns {Shown}
   */
  function show(bytes, folder) {
    const text = asUtf8(bytes);
    const type = text === null ? 'text/html' : 'text/html; charset=utf-8';
    const name = `page-${pages.size}`;
    pages.set(name, { folder, bytes, type });
    const origin = `http://${name}.${DOMAIN}:${port}`;
    return { origin, url: `${origin}/`, text: text ?? bytes.toString('latin1') };
  }

  return {
    site: `http://*.${DOMAIN}:${port}/*`,

    /** @param {string} file */
    add: async (file) => show(await readFile(file), path.dirname(path.resolve(file))),

    /** @param {string} html without other files */
    addText: (html) => show(Buffer.from(html), null),

    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
