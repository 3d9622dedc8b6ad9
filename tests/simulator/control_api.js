// The simulator's remote control, for other languages and curl: JSON over HTTP on a separate port.
import { createServer } from 'node:http';
import { InputError, NotFoundError } from './check.js';
import { ROUTES } from './control_routes.js';
import { WaitTimeout } from './event_log.js';
import { LOOPBACK } from './listener.js';

/** @typedef {{ url: string, close: () => Promise<void> }} ControlApi */

const LONGEST_BODY_BYTES = 64 * 1024;

/** @param {import('node:http').IncomingMessage} request */
async function readJson(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > LONGEST_BODY_BYTES) throw new InputError('the body is longer than 64 KiB');
  }
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError('the body is not JSON');
  }
}

/**
 * @param {string} method
 * @param {string} path
 */
function findRoute(method, path) {
  for (const [pattern, act] of Object.entries(ROUTES)) {
    const [route_method, route_path] = pattern.split(' ');
    const names = route_path.split('/');
    const parts = path.split('/');
    const fits =
      names.length === parts.length && names.every((name, i) => name === parts[i] || name === ':ivrid');
    if (fits && route_method === method)
      return { act, ivrid: decodeURIComponent(parts[names.indexOf(':ivrid')] ?? '') };
  }
  throw new NotFoundError(`no ${method} ${path} here, expected one of: ${Object.keys(ROUTES).join(', ')}`);
}

/** @param {unknown} error */
function httpStatusOf(error) {
  if (error instanceof NotFoundError) return 404;
  if (error instanceof InputError || error instanceof URIError) return 400;
  return error instanceof WaitTimeout ? 504 : 500;
}

/**
 * @param {import('./simulator.js').Simulator} simulator
 * @param {number} port
 * @returns {Promise<ControlApi>}
 */
export async function startControlApi(simulator, port) {
  const server = createServer(async (request, response) => {
    const left = new AbortController();
    response.on('close', () => left.abort());
    let http_status = 200;
    let result;
    try {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://control');
      const { act, ivrid } = findRoute(request.method ?? '', pathname);
      const query = Object.fromEntries(searchParams);
      result = await act(simulator, { ivrid, query, body: await readJson(request), signal: left.signal });
    } catch (error) {
      http_status = httpStatusOf(error);
      result = { error: error instanceof Error ? error.message : String(error) };
    }
    response.writeHead(http_status, { 'content-type': 'application/json; charset=utf-8' });
    response.end(`${JSON.stringify(result ?? { ok: true })}\n`);
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: LOOPBACK, port }, () => resolve(server.off('error', reject)));
  });
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  const close = () =>
    new Promise((/** @type {(_: void) => void} */ resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://${LOOPBACK}:${address.port}/control`, close };
}
