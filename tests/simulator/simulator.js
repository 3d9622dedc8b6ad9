// A simulated Voicenter. It behaves as documented, and has faults on demand.
import { Calls } from './calls.js';
import { startControlApi } from './control_api.js';
import { EventLog } from './event_log.js';
import { Faults } from './faults.js';
import { Listener, LOOPBACK } from './listener.js';
import { readOptions, readSettings } from './options.js';
import { RequestFlow } from './request_flow.js';
import { createWebServer } from './web_server.js';

/** @typedef {import('./event_log.js').SimulatorEvent} SimulatorEvent */

/**
 * Starts a simulator, and resolves when it listens.
 * @param {Partial<import('./options.js').Options>} [options]
 * @returns {Promise<Simulator>}
 */
export async function startSimulator(options = {}) {
  const { start, settings } = readOptions(options);
  const simulator = new Simulator(start, settings);
  try {
    await simulator.listen(start);
  } catch (error) {
    await simulator.close();
    throw error;
  }
  return simulator;
}

export class Simulator {
  log = new EventLog();
  #calls;
  #faults = new Faults();
  #settings;
  #flow;
  #listener;
  #origin = '';
  /** @type {import('./control_api.js').ControlApi | null} */
  #control = null;
  #closing = new AbortController();

  /**
   * @param {import('./options.js').StartOptions} start
   * @param {import('./options.js').Settings} settings
   */
  constructor(start, settings) {
    const { log } = this;
    const { signal } = this.#closing;
    this.#settings = settings;
    this.#calls = new Calls(start.extensions, log);
    this.#flow = new RequestFlow({ log, calls: this.#calls, faults: this.#faults, settings, signal });
    const serve = createWebServer(start, {
      onRequest: (request, response) => {
        const connection = this.#listener.connectionOf(request.socket);
        if (connection) void this.#flow.serve(request, response, connection);
      },
      onTlsFailure: (reason) => log.add('tls.failed', { reason }),
    });
    const { idle_timeout_ms } = start;
    const handshakes = start.tls ? 2 : 1;
    this.#listener = new Listener({ log, settings, idle_timeout_ms, handshakes, serve, signal });
  }

  /** @param {import('./options.js').StartOptions} start */
  async listen({ port, control_port, tls }) {
    await this.#listener.listen(port);
    this.#origin = `${tls ? 'https' : 'http'}://${LOOPBACK}:${this.#listener.port}`;
    this.#control = await startControlApi(this, control_port);
  }

  get muteUrl() {
    return `${this.#origin}/Comet/API/MuteUnmuteCalls`;
  }

  get activeCallsUrl() {
    return `${this.#origin}/comet/API/GetExtensionsCalls`;
  }

  get controlUrl() {
    return this.#control?.url ?? '';
  }

  /** @param {import('./calls.js').NewCall} [wanted] */
  startCall(wanted) {
    return this.#calls.start(wanted);
  }

  /** @param {string} ivrid */
  answer(ivrid) {
    return this.#calls.answer(ivrid);
  }

  /** @param {string} ivrid */
  hold(ivrid) {
    return this.#calls.hold(ivrid);
  }

  /** @param {string} ivrid */
  unhold(ivrid) {
    return this.#calls.unhold(ivrid);
  }

  /**
   * @param {string} ivrid
   * @param {import('./calls.js').Transfer} [wanted]
   */
  transfer(ivrid, wanted) {
    return this.#calls.transfer(ivrid, wanted);
  }

  /** @param {string} ivrid @param {string} by an extension of the same group */
  answerElsewhere(ivrid, by) {
    return this.#calls.answerElsewhere(ivrid, by);
  }

  /** @param {string} ivrid */
  endCall(ivrid) {
    return this.#calls.end(ivrid);
  }

  /** All calls, including those that have ended. */
  get calls() {
    return this.#calls.all();
  }

  /**
   * The ivrids of the active calls that are muted, of one extension or of all.
   * @param {string} [extension]
   */
  mutedCalls(extension) {
    return this.#calls
      .active()
      .filter((call) => call.is_muted && (extension === undefined || call.extension === extension))
      .map((call) => call.ivrid);
  }

  /** @param {string} ivrid */
  recorded(ivrid) {
    return this.#calls.recording(ivrid).spans();
  }

  /**
   * Whether any moment between the two times can be heard in the call's recording.
   * @param {string} ivrid
   * @param {number} from_ms
   * @param {number} [to_ms] by default now
   */
  wasRecordedBetween(ivrid, from_ms, to_ms) {
    return this.#calls.recording(ivrid).hasSoundBetween(from_ms, to_ms);
  }

  /** @param {import('./faults.js').Fault} fault */
  setFault(fault) {
    const set = this.#faults.set(fault);
    this.log.add('fault.set', { fault: set.fault });
    return set;
  }

  clearFaults() {
    this.#faults.clear();
    this.log.add('fault.cleared');
  }

  get faults() {
    return this.#faults.all();
  }

  /** @param {Partial<import('./options.js').Settings>} changes */
  changeSettings(changes) {
    return { ...Object.assign(this.#settings, readSettings(changes)) };
  }

  get settings() {
    return { ...this.#settings };
  }

  /** Stops listening and closes every connection. */
  async refuseConnections() {
    await this.#listener.refuse();
    this.log.add('network.refusing');
  }

  /** Listens again, on the same port. */
  async acceptConnections() {
    await this.#listener.listen();
    this.log.add('network.accepting');
  }

  /** Closes every connection and keeps listening. */
  closeConnections() {
    this.#listener.closeAll();
  }

  /**
   * Adds an event that names this moment.
   * @param {string} name
   */
  mark(name) {
    return this.log.add('mark', { name });
  }

  get events() {
    return this.log.events;
  }

  /** @type {EventLog['waitFor']} */
  waitFor(wanted, limits) {
    return this.log.waitFor(wanted, limits);
  }

  get requests() {
    return this.#flow.requests;
  }

  get connections() {
    return this.#listener.connections.map(({ connection, opened_at_ms, closed_at_ms, requests }) => {
      return { connection, opened_at_ms, closed_at_ms, requests };
    });
  }

  /** How often Active Calls was requested sooner than it allows. */
  get violations() {
    return this.requests.filter((request) => request.too_soon).length;
  }

  /** All calls with their recordings, and all events. */
  timeline() {
    return {
      calls: this.calls.map((call) => ({ ...call, spans: this.recorded(call.ivrid) })),
      events: [...this.events],
    };
  }

  async close() {
    this.#closing.abort();
    this.log.close();
    await Promise.all([this.#listener.refuse(), this.#control?.close()]);
  }
}
