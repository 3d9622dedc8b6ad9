// A web server with the same response to every request, for responses that the simulator cannot send.
import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * @param {import('node:test').TestContext} t at whose end the server is closed
 * @param {number} http_status
 * @param {string} body
 * @returns {Promise<{ url: string, answer: (status: number, body: string) => void }>} answer: sets another
 *   response
 */
export async function answeringServer(t, http_status, body) {
  let current = { http_status, body };
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(current.http_status, { 'content-type': 'application/json' }).end(current.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/Comet/API/MuteUnmuteCalls`,
    answer: (status, text) => (current = { http_status: status, body: text }),
  };
}
