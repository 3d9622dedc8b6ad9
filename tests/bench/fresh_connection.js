// Measures the same mute over an open connection and over a new one, for comparison with the extension's
// times. It uses a bare socket and the simulator.
import net from 'node:net';
import { once } from 'node:events';
import { startSimulator } from '../simulator/simulator.js';

const BODY = '{"extension":"API1API","state":"1"}';

/** @param {string} url */
function request(url) {
  const { pathname, host } = new URL(url);
  return `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n` +
    `Content-Length: ${BODY.length}\r\n\r\n${BODY}`;
}

/** @param {string} url */
async function connect(url) {
  const { hostname, port } = new URL(url);
  const socket = net.connect(Number(port), hostname).setNoDelay();
  await once(socket, 'connect');
  return socket;
}

/** @param {net.Socket} socket @param {string} url */
async function post(socket, url) {
  socket.write(request(url));
  let text = '';
  while (!text.includes('}')) text += (await once(socket, 'data'))[0];
}

/**
 * @param {number} times
 * @param {number} round_trip_ms
 * @returns {Promise<{warm_ms: number[], fresh_ms: number[]}>}
 */
export async function measureConnections(times, round_trip_ms) {
  const simulator = await startSimulator({ round_trip_ms });
  const { muteUrl } = simulator;
  /** @param {() => Promise<void>} work */
  const time = async (work) => {
    const begun_at = performance.now();
    await work();
    return performance.now() - begun_at;
  };
  const kept = await connect(muteUrl);
  await post(kept, muteUrl);
  const warm_ms = [];
  const fresh_ms = [];
  for (let i = 0; i < times; i += 1) {
    warm_ms.push(await time(() => post(kept, muteUrl)));
    fresh_ms.push(await time(async () => {
      const socket = await connect(muteUrl);
      await post(socket, muteUrl);
      socket.destroy();
    }));
  }
  kept.destroy();
  await simulator.close();
  return { warm_ms, fresh_ms };
}
