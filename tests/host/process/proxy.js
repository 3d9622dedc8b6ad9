// A web proxy that tunnels (CONNECT) and forwards, and records the requests.
import { once } from 'node:events';
import { createServer, request as ask } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';

/**
 * @param {import('node:test').TestContext} t at whose end the proxy is closed
 * @param {{ refuse?: boolean }} [options] refuse: answer 403 to everything
 */
export async function startProxy(t, { refuse = false } = {}) {
  /** @type {{ method: string, target: string, authorization: string | undefined }[]} */
  const requests = [];
  const note = (/** @type {import('node:http').IncomingMessage} */ { method = '', url = '', headers }) =>
    requests.push({ method, target: url, authorization: headers['proxy-authorization'] });

  const server = createServer((request, response) => {
    note(request);
    if (refuse) {
      response.writeHead(403).end();
      return;
    }
    const { method, headers } = request;
    const onward = ask(request.url ?? '', { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.on('connect', (request, client) => {
    note(request);
    client.on('error', () => {});
    if (refuse) {
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const { hostname, port } = new URL(`tunnel://${request.url}`);
    const onward = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(onward).pipe(client);
    });
    onward.on('error', () => client.destroy());
    client.on('close', () => onward.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}`, requests };
}

/**
 * Starts a SOCKS5 proxy (RFC 1928) that chooses `method`: 0 is no log-in, 1 is Kerberos, which the host
 * cannot do.
 * @param {import('node:test').TestContext} t at whose end the proxy is closed
 * @param {number} method
 */
export async function startSocksProxy(t, method) {
  /** @type {number[][]} */
  const offered = [];
  const server = createTcpServer((client) => {
    client.on('error', () => {});
    client.once('data', (greeting) => {
      offered.push([...greeting.subarray(2)]);
      client.write(Uint8Array.of(5, method));
      client.once('data', (request) => {
        if (method !== 0) return;
        const onward = connect(request.readUInt16BE(8), [...request.subarray(4, 8)].join('.'), () => {
          client.write(Uint8Array.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0));
          client.pipe(onward).pipe(client);
        });
        onward.on('error', () => client.destroy());
        client.on('close', () => onward.destroy());
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { url: `socks5://127.0.0.1:${port}`, offered };
}
