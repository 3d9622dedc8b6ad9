// One request from its arrival to its answer: latency, fault, execution, record.
import { answerActiveCalls } from './active_calls_api.js';
import { bend } from './bad_answers.js';
import { nowMs, pauseUntil } from './clock.js';
import { Exchange } from './exchange.js';
import { answerMute, readMuteCommand } from './mute_api.js';
import { readParameters } from './parameters.js';
import { send } from './sending.js';

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */
/** @typedef {import('node:http').ServerResponse} ServerResponse */
/** @typedef {import('./listener.js').Connection} Connection */

/**
 * @typedef {object} RequestRecord
 * @property {number} request 1, 2, 3…
 * @property {number} at_ms when it had arrived
 * @property {number} connection
 * @property {string} http_version
 * @property {string} method
 * @property {string} path without the query
 * @property {string} query
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {string} body
 * @property {'mute' | 'active_calls' | 'other'} endpoint
 * @property {'mute' | 'unmute' | null} command null: the request is no valid command
 * @property {'extension' | 'ivrid' | null} by
 * @property {string | null} value
 * @property {string | null} fault the name of the fault that the request got
 * @property {boolean} too_soon Active Calls was requested sooner than it allows
 * @property {number | null} carried_out_at_ms
 * @property {string[]} ivrids the calls that it covered
 * @property {number | null} answered_at_ms
 * @property {number | null} http_status
 */

/**
 * @typedef {object} FlowParts
 * @property {import('./event_log.js').EventLog} log
 * @property {import('./calls.js').Calls} calls
 * @property {import('./faults.js').Faults} faults
 * @property {import('./options.js').Settings} settings
 * @property {AbortSignal} signal
 */

/**
 * @typedef {object} Received
 * @property {RequestRecord} record
 * @property {Record<string, unknown> | null} parameters
 * @property {import('./mute_api.js').MuteCommand | null} mute_command
 */

const LONGEST_BODY_BYTES = 64 * 1024;

/** A client that polls every 5 s by a timer is sometimes a little early. */
const ALLOWED_JITTER_MS = 50;

/** @type {Record<string, RequestRecord['endpoint']>} */
const ENDPOINTS = {
  '/comet/api/muteunmutecalls': 'mute',
  '/api/muteunmutecalls': 'mute',
  '/comet/api/getextensionscalls': 'active_calls',
  '/api/getextensionscalls': 'active_calls',
};

/** @param {IncomingMessage} request */
async function readBody(request) {
  const chunks = [];
  let size_bytes = 0;
  for await (const chunk of request) {
    size_bytes += chunk.length;
    if (size_bytes <= LONGEST_BODY_BYTES) chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** @param {RequestRecord} record */
const whatOf = ({ request, endpoint, command, fault }) => ({ request, endpoint, command, fault });

export class RequestFlow {
  /** @type {RequestRecord[]} */
  requests = [];
  #parts;
  #active_calls_asked_at_ms = -Infinity;

  /** @param {FlowParts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   * @param {Connection} connection
   */
  async serve(request, response, connection) {
    /** @type {Received | null} */
    let received = null;
    const exchange = new Exchange(response, connection, () => {
      if (received) this.#parts.log.add('request.cut_off', whatOf(received.record));
    });
    request.on('error', () => {}); // the exchange notices that the client has left
    response.on('error', () => {});
    const body = await readBody(request).catch(() => null);
    if (body === null) return;
    try {
      received = this.#receive(request, body, connection);
      await this.#answer(received, exchange);
    } catch (error) {
      if (!this.#parts.signal.aborted) throw error;
    }
  }

  /**
   * @param {IncomingMessage} request
   * @param {string} body
   * @param {Connection} connection
   */
  #receive(request, body, { connection }) {
    const { log, settings } = this.#parts;
    const at_ms = nowMs();
    const { method = '', headers, httpVersion: http_version } = request;
    const [path, query = ''] = (request.url ?? '').split(/\?(.*)/s);
    // A HEAD only keeps the connection warm, whatever its path.
    const endpoint = (method !== 'HEAD' && ENDPOINTS[path.toLowerCase()]) || 'other';
    const content_type = headers['content-type'] ?? '';
    const parameters = readParameters({ method, query, content_type, body });
    const mute_command = endpoint === 'mute' ? readMuteCommand(parameters, settings.mute_state) : null;
    const { command, by, value } = mute_command ?? { command: null, by: null, value: null };
    const too_soon = endpoint === 'active_calls' && this.#isTooSoon(at_ms);
    const request_number = this.requests.length + 1;
    const asked = {
      request: request_number,
      at_ms,
      connection,
      http_version,
      method,
      path,
      query,
      headers,
      body,
    };
    const outcome = {
      fault: null,
      carried_out_at_ms: null,
      ivrids: [],
      answered_at_ms: null,
      http_status: null,
    };
    /** @type {RequestRecord} */
    const record = { ...asked, endpoint, command, by, value, too_soon, ...outcome };
    this.requests.push(record);
    log.add('request.received', {
      ...{ request: request_number, connection, method, path, endpoint, command, by, value },
      ...(too_soon && { too_soon }),
    });
    return { record, parameters, mute_command };
  }

  /**
   * @param {Received} received
   * @param {Exchange} exchange
   */
  async #answer(received, exchange) {
    const { log, faults, settings, signal } = this.#parts;
    const { record } = received;
    const fault = faults.take(record.endpoint, record.command);
    record.fault = fault?.fault ?? null;

    const half_trip_ms = settings.round_trip_ms / 2;
    await pauseUntil(record.at_ms + half_trip_ms + (fault?.delay_ms ?? 0), signal);
    const due = this.#process(received, fault?.carried_out === false);
    await pauseUntil(nowMs() + (fault?.answer_delay_ms ?? 0) + half_trip_ms, signal);
    if (exchange.is_over) return;

    const answer = bend(due, fault);
    const { ending, http_status } = answer;
    const what = { ...whatOf(record), ending, carried_out: record.carried_out_at_ms !== null };
    if (ending === 'hang' || ending === 'reset') {
      log.add('request.unanswered', what);
    } else {
      const { at_ms } = log.add('request.answered', { ...what, http_status });
      Object.assign(record, { answered_at_ms: at_ms, http_status });
    }
    await send(exchange, answer, { interval_ms: fault?.interval_ms ?? 0, signal });
  }

  /** @param {number} at_ms */
  #isTooSoon(at_ms) {
    const since_ms = at_ms - this.#active_calls_asked_at_ms;
    this.#active_calls_asked_at_ms = at_ms;
    return since_ms < this.#parts.settings.active_calls_interval_ms - ALLOWED_JITTER_MS;
  }

  /**
   * @param {Received} received
   * @param {boolean} pretend
   * @returns {{ http_status: number, body: object | null }}
   */
  #process({ record, parameters, mute_command }, pretend) {
    const { log, calls, settings } = this.#parts;
    const { request, endpoint, method, command, by, value } = record;
    if (method === 'HEAD') return { http_status: 200, body: null };
    if (endpoint === 'other') return { http_status: 404, body: { Message: 'Not found' } };
    if (method !== 'GET' && method !== 'POST')
      return { http_status: 405, body: { Message: 'Method not allowed' } };
    if (endpoint === 'active_calls') return answerActiveCalls(calls, parameters, settings);

    const answer = answerMute(calls, mute_command, settings, { pretend });
    if (answer.ivrids) {
      const { at_ms } = log.add('request.carried_out', {
        request,
        command,
        by,
        value,
        ivrids: answer.ivrids,
      });
      Object.assign(record, { carried_out_at_ms: at_ms, ivrids: answer.ivrids });
    }
    return answer;
  }
}
