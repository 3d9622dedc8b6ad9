// A person who works at a throw-away machine. The browser is neither prepared nor automated.
import { once } from 'node:events';
import http from 'node:http';

/** How each browser is started. No argument is about extensions. */
const COMMANDS = {
  chromium: ['chromium', '--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run',
    '--disable-sync', '--disable-component-update', '--disable-search-engine-choice-screen'],
  firefox: ['firefox-esr', '--headless', '--new-instance'],
};
const PAGE = `<!doctype html><title>CRM</title>
<form><label>Card number <input autocomplete="cc-number"></label>
<label>Security code <input autocomplete="cc-csc"></label></form>`;

/**
 * Serves a page with an open payment form, and files.
 * @param {Record<string, () => Promise<Buffer | string>>} [files] by their path
 * @returns {Promise<{origin: string, count: () => number, close: () => void}>} `count`: of loads so far
 */
export async function serveForm(files = {}) {
  let count = 0;
  const server = http.createServer(async (request, response) => {
    const file = files[new URL(request.url ?? '/', 'http://localhost').pathname];
    if (!file) count += 1;
    if (!file) response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(file ? await file() : PAGE);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    origin: `http://127.0.0.1:${port}`,
    count: () => count,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/**
 * @param {import('./machine.js').Machine} machine
 * @param {string} user @param {'chromium' | 'firefox'} browser @param {string} url
 * @param {string[]} [args] further arguments of the browser
 * @returns {Promise<{quit: () => Promise<void>}>}
 */
export async function openBrowser(machine, user, browser, url, args = []) {
  // Without this argument a headless Chromium has a new profile at each start.
  const profile = browser === 'chromium' ? [`--user-data-dir=/home/${user}/.config/chromium`] : [];
  const words = ['sh', '-c', 'echo $$; exec "$@"', 'sh', ...COMMANDS[browser], ...profile, ...args, url];
  const { child, end } = machine.spawn(words, { user, folder: `/home/${user}` });
  const [line] = await once(/** @type {any} */ (child.stdout), 'data');
  const pid = String(parseInt(line, 10)); // its ID within the machine
  return {
    quit: async () => {
      await machine.must(['kill', '-TERM', pid]);
      await end;
    },
  };
}
