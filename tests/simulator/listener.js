// The listening socket and its connections, which are numbered, closed when idle, and refused on demand.
import { createServer } from 'node:net';
import { nowMs, pauseUntil } from './clock.js';

/** @typedef {import('node:net').Socket} Socket */

/** The simulator listens on loopback only, because no other machine may reach it. */
export const LOOPBACK = '127.0.0.1';

/** One TCP connection, which may carry TLS. */
export class Connection {
  requests = 0;
  opened_at_ms = nowMs();
  /** @type {number | null} */
  closed_at_ms = null;
  #socket;
  #idle_timeout_ms;
  /** @type {Set<() => void>} for each open request, the function that ends it */
  #open_requests = new Set();
  /** @type {NodeJS.Timeout | undefined} */
  #idle_timer;

  /**
   * @param {number} connection its number
   * @param {Socket} socket
   * @param {number} idle_timeout_ms
   */
  constructor(connection, socket, idle_timeout_ms) {
    this.connection = connection;
    this.#socket = socket;
    this.#idle_timeout_ms = idle_timeout_ms;
    this.#startIdling();
    socket.on('close', () => {
      this.closed_at_ms = nowMs();
      clearTimeout(this.#idle_timer);
      for (const end of [...this.#open_requests]) end();
    });
  }

  /** @param {() => void} end called if the connection ends before the request */
  requestBegan(end) {
    this.requests += 1;
    this.#open_requests.add(end);
    clearTimeout(this.#idle_timer);
  }

  /** @param {() => void} end the function that requestBegan() was given */
  requestEnded(end) {
    this.#open_requests.delete(end);
    if (this.#open_requests.size === 0 && this.closed_at_ms === null) this.#startIdling();
  }

  /** Ends the connection normally, without a reset. */
  close() {
    this.#socket.destroy();
  }

  /** Ends the connection with a TCP reset. */
  reset() {
    this.#socket.resetAndDestroy();
  }

  #startIdling() {
    this.#idle_timer = setTimeout(() => this.close(), this.#idle_timeout_ms);
  }
}

export class Listener {
  /** @type {Connection[]} */
  connections = [];
  port = 0;
  /** @type {Map<number, Connection>} the open connections by the client's port */
  #living = new Map();
  // noDelay, as web servers set it: without it, the response after a TLS handshake waits 40 ms for an
  // acknowledgement.
  #server = createServer({ noDelay: true }, (socket) => this.#accept(socket));
  #parts;

  /**
   * @param {object} parts
   * @param {import('./event_log.js').EventLog} parts.log
   * @param {import('./options.js').Settings} parts.settings
   * @param {number} parts.idle_timeout_ms
   * @param {number} parts.handshakes round trips until a connection can be used: one for TCP, one for TLS
   * @param {(socket: Socket) => void} parts.serve
   * @param {AbortSignal} parts.signal
   */
  constructor(parts) {
    this.#parts = parts;
  }

  /** @param {number} [port] by default the port of the last time */
  async listen(port = this.port) {
    if (this.#server.listening) return;
    await new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host: LOOPBACK, port }, () => resolve(this.#server.off('error', reject)));
    });
    this.port = /** @type {import('node:net').AddressInfo} */ (this.#server.address()).port;
  }

  /** Stops listening and closes every connection. */
  async refuse() {
    if (!this.#server.listening) return;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.closeAll();
    await closed;
  }

  closeAll() {
    for (const connection of this.#living.values()) connection.close();
  }

  /**
   * @param {Socket} socket the socket of TCP, TLS or HTTP/2
   * @returns {Connection | undefined} undefined: the connection has been closed already
   */
  connectionOf(socket) {
    return this.#living.get(socket.remotePort ?? 0);
  }

  /** @param {Socket} socket */
  async #accept(socket) {
    const { log, settings, idle_timeout_ms, handshakes, serve, signal } = this.#parts;
    const client_port = socket.remotePort ?? 0;
    const connection = new Connection(this.connections.length + 1, socket, idle_timeout_ms);
    this.connections.push(connection);
    this.#living.set(client_port, connection);
    log.add('connection.opened', { connection: connection.connection });
    socket.on('close', () => {
      this.#living.delete(client_port);
      log.add('connection.closed', { connection: connection.connection });
    });
    socket.on('error', () => {}); // a reset by the client ends in 'close' like any other end
    try {
      await pauseUntil(connection.opened_at_ms + handshakes * settings.round_trip_ms, signal);
    } catch {
      return; // the simulator is closing
    }
    if (!socket.destroyed) serve(socket);
  }
}
