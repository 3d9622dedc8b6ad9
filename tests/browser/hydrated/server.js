// Serves the page like a streaming server: the form first, the rest later.
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { Page } from './page.js';

const CLIENT = path.join(path.dirname(fileURLToPath(import.meta.url)), 'client.js');

/** How long after the form the rest of the page is sent. */
const rest_after_ms = 700;

/** @returns {Promise<{origin: string, close: () => Promise<void>}>} */
export async function serveHydrated() {
  const { outputFiles: [client] } = await build({
    entryPoints: [CLIENT], bundle: true, write: false, logLevel: 'warning',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const [start, rest] = renderToString(createElement(Page)).split('<p>');
  const server = createServer(({ url }, response) => {
    if (url === '/client.js') {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(client.contents);
      return;
    }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.write(`<!doctype html>${start}`);
    setTimeout(() => response.end(`<p>${rest}`), rest_after_ms);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}
