// The account's extensions, their calls, and the mutes of the calls.
import { randomBytes } from 'node:crypto';
import { check, flag, InputError, NotFoundError, oneOf, text } from './check.js';
import { Recording } from './recording.js';

/** @typedef {'Ringing' | 'Dialing' | 'Talking' | 'Hold' | 'Ended'} CallStatus */

/**
 * @typedef {object} Call
 * @property {string} ivrid
 * @property {string | null} extension null: transferred out of the account
 * @property {CallStatus} status
 * @property {'Incoming' | 'Outgoing'} direction
 * @property {number} started_at_ms
 * @property {number | null} answered_at_ms
 * @property {boolean} is_muted
 */

/** @typedef {{ call: Call, recording: Recording }} Line */
/** @typedef {{ extension?: string, ivrid?: string, direction?: string, answered?: boolean }} NewCall */
/** @typedef {{ kind?: string, to?: string }} Transfer */

const NEW_CALL_RULES = {
  extension: text,
  ivrid: text,
  direction: oneOf('Incoming', 'Outgoing'),
  answered: flag,
};
const TRANSFER_RULES = { kind: oneOf('blind', 'attended'), to: text };

/** A new ivrid in the documented format: the date, then ten hexadecimal digits. */
function freshIvrid() {
  return new Date().toISOString().slice(0, 10).replaceAll('-', '') + randomBytes(5).toString('hex');
}

/** @param {Call} call */
const isAnswered = (call) => call.status === 'Talking' || call.status === 'Hold';

export class Calls {
  /** @type {Map<string, Line>} */
  #lines = new Map();
  /** @type {Set<string>} */
  #extensions;
  #log;

  /**
   * @param {string[]} extensions
   * @param {import('./event_log.js').EventLog} log
   */
  constructor(extensions, log) {
    this.#extensions = new Set(extensions);
    this.#log = log;
  }

  /**
   * Starts a call. It rings, or is `answered` at once, as many real calls are when they first appear. An
   * unknown extension is added to the account. If the ivrid of an ended call is used again, its recording
   * continues.
   * @param {NewCall} [wanted]
   * @returns {Call}
   */
  start(wanted = {}) {
    const { answered = false, ...given } = check('call', wanted, NEW_CALL_RULES);
    const { extension = this.extensions()[0], ivrid = freshIvrid(), direction = 'Incoming' } = given;
    const before = this.#lines.get(ivrid);
    if (before && before.call.status !== 'Ended') throw new InputError(`call ${ivrid} is active already`);

    this.#extensions.add(extension);
    /** @type {CallStatus} */
    const status = direction === 'Incoming' ? 'Ringing' : 'Dialing';
    const { at_ms } = this.#log.add('call.started', { ivrid, extension, status });
    const call = {
      ...{ ivrid, extension, status, direction },
      ...{ started_at_ms: at_ms, answered_at_ms: null, is_muted: false },
    };
    this.#lines.delete(ivrid);
    this.#lines.set(ivrid, { call, recording: before?.recording ?? new Recording() });
    return answered ? this.answer(ivrid) : { ...call };
  }

  /** @param {string} ivrid */
  answer(ivrid) {
    return this.#change(this.#lineWith(ivrid, 'Ringing', 'Dialing'), 'call.answered', { status: 'Talking' });
  }

  /** @param {string} ivrid */
  hold(ivrid) {
    return this.#change(this.#lineWith(ivrid, 'Talking'), 'call.held', { status: 'Hold' });
  }

  /** @param {string} ivrid */
  unhold(ivrid) {
    return this.#change(this.#lineWith(ivrid, 'Hold'), 'call.unheld', { status: 'Talking' });
  }

  /** @param {string} ivrid */
  end(ivrid) {
    const line = this.#lineWith(ivrid, 'Ringing', 'Dialing', 'Talking', 'Hold');
    return this.#change(line, 'call.ended', { status: 'Ended', is_muted: false });
  }

  /**
   * The call leaves its extension, for another one (`to`) or for somebody outside. It keeps its ivrid, its
   * mute and its recording.
   * @param {string} ivrid
   * @param {Transfer} [wanted]
   */
  transfer(ivrid, wanted = {}) {
    const { kind = 'blind', to = null } = check('transfer', wanted, TRANSFER_RULES);
    const line = this.#lineWith(ivrid, 'Talking', 'Hold');
    if (to !== null) this.#extensions.add(to);
    return this.#change(line, 'call.transferred', { status: 'Talking', extension: to }, { kind });
  }

  /**
   * Another extension of a group answers a call that rings at all extensions of the group.
   * @param {string} ivrid
   * @param {string} by
   */
  answerElsewhere(ivrid, by) {
    const line = this.#lineWith(ivrid, 'Ringing');
    this.#extensions.add(by);
    const changes = /** @type {const} */ ({ status: 'Talking', extension: by });
    return this.#change(line, 'call.transferred', changes, { kind: 'answered_elsewhere' });
  }

  /**
   * Mutes or unmutes these calls at this moment.
   * @param {Call[]} calls
   * @param {boolean} muted
   */
  setMuted(calls, muted) {
    for (const { ivrid } of calls.filter((call) => call.is_muted !== muted)) {
      this.#change(this.#line(ivrid), muted ? 'call.muted' : 'call.unmuted', { is_muted: muted });
    }
  }

  extensions() {
    return [...this.#extensions];
  }

  /** @returns {Call[]} all calls, including those that have ended, in the order of their start */
  all() {
    return [...this.#lines.values()].map(({ call }) => ({ ...call }));
  }

  /** @returns {Call[]} */
  active() {
    return this.all().filter((call) => call.status !== 'Ended');
  }

  /** @param {string} ivrid */
  recording(ivrid) {
    return this.#line(ivrid).recording;
  }

  /** @param {string} ivrid */
  #line(ivrid) {
    const line = this.#lines.get(ivrid);
    if (!line) throw new NotFoundError(`no call has the ivrid "${ivrid}"`);
    return line;
  }

  /**
   * @param {string} ivrid
   * @param {CallStatus[]} statuses
   */
  #lineWith(ivrid, ...statuses) {
    const line = this.#line(ivrid);
    if (statuses.includes(line.call.status)) return line;
    throw new InputError(`call ${ivrid} is ${line.call.status}, expected ${statuses.join(' or ')}`);
  }

  /**
   * @param {Line} line
   * @param {string} event_type
   * @param {Partial<Call>} changes
   * @param {{ kind?: string }} [details]
   */
  #change({ call, recording }, event_type, changes, details = {}) {
    Object.assign(call, changes);
    const { ivrid, extension, status } = call;
    const { at_ms } = this.#log.add(event_type, { ivrid, extension, status, ...details });
    if (isAnswered(call)) call.answered_at_ms ??= at_ms;
    // Uses the event's time, so that the list of events and the recording agree.
    recording.turn(isAnswered(call) ? (call.is_muted ? 'muted' : 'recorded') : null, at_ms);
    return { ...call };
  }
}
