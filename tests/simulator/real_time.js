// Voicenter's Real-time API, on the real server of socket.io 2: the log-in, AllExtensionsStatus, and an
// ExtensionEvent for each change of a simulator's call. A test can make events late or lose them.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import socketIo from 'socket.io';

/** @typedef {import('./simulator.js').Simulator} Simulator */
/** @typedef {import('./event_log.js').SimulatorEvent} SimulatorEvent */
/** @typedef {import('./calls.js').Call} Call */

export const EMAIL = 'dana@example.com';
export const PIN = 'S3cretPin';
export const USER_TOKEN = 'S3cretUserToken';
/** What the host may never pass on from an event. */
export const CUSTOMER = Object.freeze({ name: 'Customer Name', number: '0501234567' });

/** @type {Record<string, string>} */
const REASONS = {
  'call.started': 'NEWCALL', 'call.answered': 'ANSWER', 'call.held': 'HOLD', 'call.unheld': 'UNHOLD',
  'call.ended': 'HANGUP', 'call.transferred': 'HANGUP',
};

const seconds = (/** @type {number} */ at_ms) => Math.floor(at_ms / 1000);

/**
 * @typedef {object} Options
 * @property {number} [lag_ms] the delay between a change and its event
 * @property {number} [lost] this many of the next events are not sent
 * @property {number} [extensions] how many other extensions AllExtensionsStatus names
 * @property {boolean} [has_status] whether AllExtensionsStatus is sent
 * @property {'middleware' | 'http' | null} [refuses] how tokens are refused
 * @property {number} [login_status] the HTTP status of the log-in
 * @property {number} [token_lasts_ms]
 * @property {boolean} [talks_at_once] calls begin as "Talking", and no event says that they are answered
 * @property {number} [clock_ahead_s] how far the server's clock is ahead
 * @property {boolean} [hangs] the log-in is never answered
 * @property {string[]} [dead_hosts] monitor hosts that the log-in names before this server
 */

export class RealTime {
  /** @type {Required<Options>} */
  settings;
  /** @type {string[]} the paths of the log-ins, in order */
  logins = [];
  #simulator;
  #http;
  #io;
  /** @type {Set<string>} */
  #tokens = new Set();
  #stopListening;
  /** @type {Set<import('node:net').Socket>} */
  #sockets = new Set();
  /** @type {Map<string, string | null>} the extension that has each call */
  #places = new Map();
  /** @type {object[]} the events that were sent, in order */
  #sent = [];

  /** @param {Simulator} simulator @param {Options} options */
  constructor(simulator, options) {
    this.#simulator = simulator;
    this.settings = {
      lag_ms: 0, lost: 0, extensions: 0, has_status: true, refuses: null, login_status: 200,
      token_lasts_ms: 3_600_000, talks_at_once: false, clock_ahead_s: 0,
      hangs: false, dead_hosts: [], ...options,
    };
    this.#http = createServer((request, response) => this.#logIn(request, response));
    this.#http.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    this.#io = socketIo(this.#http, {
      transports: ['websocket'], serveClient: false, pingInterval: 25_000, pingTimeout: 20_000,
      allowRequest: (request, answer) => {
        const refused = this.settings.refuses === 'http';
        answer(/** @type {any} */ (refused ? 'token expired' : null), !refused);
      },
    });
    this.#io.use((socket, next) => {
      const known = this.#tokens.has(socket.handshake.query.token) && this.settings.refuses === null;
      next(known ? undefined : new Error('Authentication error'));
    });
    this.#io.on('connection', (socket) => this.#welcome(socket));
    this.#stopListening = simulator.log.listen((event) => this.#follow(event));
  }

  async listen() {
    this.#http.listen(0, '127.0.0.1');
    await once(this.#http, 'listening');
  }

  get #port() {
    return /** @type {import('node:net').AddressInfo} */ (this.#http.address()).port;
  }

  /** The part `voicenter.realtime` of a configuration. */
  get config() {
    return { login_url: `http://127.0.0.1:${this.#port}/monitorAPI/Login`, email: EMAIL, pin: PIN };
  }

  /** How many clients are connected. */
  get clients() {
    return Object.keys(this.#io.sockets.connected).length;
  }

  /** Ends all connections without a closing message, as a crash does. */
  kill() {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Keeps the connections open, but reads and answers nothing any more. */
  freeze() {
    for (const socket of this.#sockets) socket.pause();
    this.#simulator.log.add('real_time.frozen');
  }

  /** Disconnects all clients in the regular way; with `closing`, also closes their connections. */
  putOut({ closing = false } = {}) {
    for (const socket of Object.values(this.#io.sockets.connected)) socket.disconnect(closing);
  }

  /**
   * Ends the server, by a crash or in order with the server's own close(), and starts it again. It knows none
   * of its earlier tokens any more.
   */
  async restart({ in_order = false } = {}) {
    const port = this.#port;
    this.expireTokens();
    if (!in_order) this.kill();
    await new Promise((resolve) => {
      if (in_order) this.#io.close(() => resolve(undefined));
      else this.#http.close(resolve);
    });
    this.#http.listen(port, '127.0.0.1');
    await once(this.#http, 'listening');
  }

  /** Sends this many of the last events once more, the oldest first. @param {number} count */
  replay(count) {
    for (const event of this.#sent.slice(-count)) this.#io.emit('ExtensionEvent', event);
  }

  #serverTime() {
    return seconds(Date.now()) + this.settings.clock_ahead_s;
  }

  /** Makes all tokens invalid. */
  expireTokens() {
    this.#tokens.clear();
  }

  async close() {
    this.#stopListening();
    this.kill();
    await new Promise((resolve) => { this.#io.close(() => resolve(undefined)); });
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  #logIn(request, response) {
    let text = '';
    request.on('data', (part) => { text += part; });
    request.on('end', () => {
      const name = String(request.url).replace('/monitorAPI/Login/', '');
      this.logins.push(name);
      this.#simulator.log.add('real_time.login', { path: name });
      if (this.settings.hangs) return;
      const body = text === '' ? {} : JSON.parse(text);
      const refresh = request.headers.authorization === 'Bearer refresh';
      const known = { User: body.email === EMAIL && body.pin === PIN, Token: body.token === USER_TOKEN,
        RefreshIdentityToken: refresh }[name] === true;
      const status = known ? this.settings.login_status : 401;
      response.writeHead(status, { 'content-type': 'application/json' });
      const answer = status === 200 ? this.#session() : { StatusCode: status, Status: 'Denied' };
      response.end(JSON.stringify(answer));
    });
  }

  #session() {
    const token = randomBytes(8).toString('hex');
    this.#tokens.add(token);
    const expiry = new Date(Date.now() + this.settings.token_lasts_ms).toISOString();
    const url = `http://127.0.0.1:${this.#port}`;
    return { StatusCode: 200, Status: 'OK', Data: { Socket: {
      Token: token, TokenExpiry: expiry,
      RefreshToken: 'refresh', RefreshTokenExpiry: '2099-01-01T00:00:00.000Z',
      URLList: [...this.settings.dead_hosts, url], Version: '2.0',
    } } };
  }

  /** @param {import('socket.io').Socket} socket */
  #welcome(socket) {
    socket.emit('loginStatus', { errorCode: 0 });
    if (!this.settings.has_status) return;
    const others = Array.from({ length: this.settings.extensions }, (_, i) => this.#extension(`OTHER${i}`));
    socket.emit('AllExtensionsStatus', {
      errorCode: 0, errorDesc: 'OK', servertime: this.#serverTime(), servertimeoffset: 0,
      extensions: [...others, ...[...new Set(this.#extensions())].map((name) => this.#extension(name))],
    });
    this.#simulator.log.add('real_time.joined');
  }

  #extensions() {
    return ['API1API', ...this.#simulator.calls.map(({ extension }) => extension ?? '')].filter(Boolean);
  }

  /** @param {string} name */
  #extension(name) {
    const calls = this.#simulator.calls
      .filter(({ extension, status }) => extension === name && status !== 'Ended');
    return { extenUser: name, representative: 'Dana Levi', calls: calls.map((call) => this.#call(call)) };
  }

  /** @param {Call} call */
  #call({ ivrid, status, direction, started_at_ms, answered_at_ms }) {
    return {
      ivrid, callstatus: status, direction,
      answered: answered_at_ms === null || this.settings.talks_at_once ? 0 : 1,
      callStarted: seconds(started_at_ms), callAnswered: seconds(answered_at_ms ?? 0),
      callername: CUSTOMER.name, callerphone: CUSTOMER.number, did: '', customdata: {},
      // Voicenter's events have 0 here even while the call is muted.
      recording: { IsMuted: 0, Filename: `${ivrid}.mp3` },
    };
  }

  /** @param {SimulatorEvent} event */
  #follow({ type, ivrid = '', extension = null }) {
    const reason = REASONS[type];
    if (reason === undefined || (reason === 'ANSWER' && this.settings.talks_at_once)) return;
    const before = this.#places.get(ivrid) ?? extension;
    this.#places.set(ivrid, extension);
    this.#tell(reason, ivrid, before);
    // A call that was transferred from another extension is a new call for this extension.
    if (type === 'call.transferred' && extension !== null) this.#tell('NEWCALL', ivrid, extension);
  }

  /** @param {string} reason @param {string} ivrid @param {string | null} extension */
  #tell(reason, ivrid, extension) {
    if (extension === null) return;
    if (this.settings.lost > 0) {
      this.settings.lost -= 1;
      return;
    }
    const send = () => {
      const ended = reason === 'HANGUP' ? { ivruniqueid: ivrid } : {};
      this.#simulator.log.add('real_time.event', { kind: reason, ivrid, extension });
      const event = {
        eventName: 'extension', reason, servertime: this.#serverTime(), ...ended,
        callerID: CUSTOMER.number, data: this.#extension(extension),
      };
      this.#sent.push(event);
      this.#io.emit('ExtensionEvent', event);
    };
    // Sent by a timer even without a delay, so that the caller has finished the change by then.
    setTimeout(send, this.settings.lag_ms);
  }
}

/**
 * @param {Simulator} simulator whose calls the events are about
 * @param {Options} [options]
 */
export async function startRealTime(simulator, options = {}) {
  const realTime = new RealTime(simulator, options);
  await realTime.listen();
  return realTime;
}
