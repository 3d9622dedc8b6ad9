// Serves the demo's CRM, and the simulated recording that its last panel shows.
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { fileURLToPath } from 'node:url';

const PAGE = fileURLToPath(new URL('crm.html', import.meta.url));
const REFRESH_MS = 250;

/**
 * @param {() => string[]} recordingLines what the recording holds now, one line per span
 * @returns {Promise<{url: string, close: () => void}>}
 */
export async function serveCrm(recordingLines) {
  const server = http.createServer(async (request, response) => {
    if (request.url !== '/recording') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(await readFile(PAGE));
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const send = () => response.write(`data: ${JSON.stringify(recordingLines())}\n\n`);
    const timer = setInterval(send, REFRESH_MS);
    response.on('close', () => clearInterval(timer));
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', () => resolve(undefined)); });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
