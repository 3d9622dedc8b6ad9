// HTTP/1.1, HTTPS or HTTP/2 on connections that listener.js has accepted.
import { createServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createTlsServer } from 'node:https';

/** @typedef {import('node:net').Socket} Socket */

/**
 * @typedef {import('node:http').RequestListener} RequestListener also for HTTP/2, of which only the common
 *   parts are used
 */

/**
 * @typedef {object} Handlers
 * @property {(...args: Parameters<RequestListener>) => void} onRequest
 * @property {(reason: string) => void} onTlsFailure
 */

/**
 * @param {{ tls: { key: string, cert: string } | null, http2: boolean }} options
 * @param {Handlers} handlers
 */
function createAnyServer({ tls, http2 }, { onRequest }) {
  if (!tls) return createServer({ keepAliveTimeout: 0 }, onRequest);
  if (!http2) return createTlsServer({ ...tls, keepAliveTimeout: 0 }, onRequest);
  return createSecureServer({ ...tls, allowHTTP1: true }, /** @type {any} */ (onRequest));
}

/**
 * @param {{ tls: { key: string, cert: string } | null, http2: boolean }} options
 * @param {Handlers} handlers
 * @returns {(socket: Socket) => void} serves an accepted connection; the caller must close it when it is idle
 */
export function createWebServer(options, handlers) {
  const server = createAnyServer(options, handlers);
  server.on('tlsClientError', (error) => handlers.onTlsFailure(error.message));
  return (socket) => {
    server.emit('connection', socket);
  };
}
