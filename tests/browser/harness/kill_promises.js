// Compares the simulated recording with the bounds in kill_bounds.js.

/**
 * Events are awaited for this many times their bound, so that the report can say by how much a bound was
 * missed.
 */
const patience = 2;

/** @typedef {import('../../simulator/simulator.js').SimulatorEvent} SimulatorEvent */
/** @typedef {{victim: string, since_ms: number, bound_ms: number}} Due bound_ms: counted from since_ms */

/** A broken promise. */
export class Broken extends Error {
  /** @param {string} promise @param {string} how */
  constructor(promise, how) {
    super(`BROKEN: ${promise}: ${how}`);
    this.promise = promise;
  }
}

/** @template T @param {string} kept @param {number} bound_ms @param {Promise<T>} event */
async function inTime(kept, bound_ms, event) {
  try {
    return await event;
  } catch {
    throw new Broken(kept, `not within ${patience * bound_ms} ms; promised: ${bound_ms} ms`);
  }
}

/** Checks no step. For cycles in which only the form of the other browser is tested. */
export const NOT_JUDGED = {
  stillRecorded() {},
  /** @param {SimulatorEvent} opening */
  async muted(opening) { return opening; },
  async renewed() {},
  silent() {},
  async settled() {},
};

export class Promises {
  #scene;
  #tally;
  /** @type {Due | null} when this call's last form ended, and when the mute must have ended */
  #end = null;

  /** @param {import('./scene.js').Scene} scene @param {import('./kill_tally.js').Tally} tally */
  constructor(scene, tally) {
    this.#scene = scene;
    this.#tally = tally;
  }

  /** Starts another call, so that the mutes of the last call are not judged again. */
  startAnew() {
    this.#scene.newCall();
    this.#end = null;
  }

  /**
   * @param {SimulatorEvent} opening
   * @param {Due} due
   * @returns {Promise<SimulatorEvent>} the acknowledgement
   */
  async muted(opening, due) {
    const { simulator } = this.#scene;
    const kept = 'a form that opens is muted in time';
    const received = await inTime(kept, due.bound_ms, simulator.waitFor({ type: 'request.received',
      command: 'mute' }, { after: opening.seq, timeout_ms: patience * due.bound_ms }));
    let acknowledged = await inTime(kept, due.bound_ms,
      this.#scene.muted(received, patience * due.bound_ms));
    while (this.#isOvertaken(acknowledged)) {
      acknowledged = await inTime(kept, due.bound_ms,
        this.#scene.muted(acknowledged, patience * due.bound_ms));
    }
    this.#judge(kept, 'muted', due, acknowledged.at_ms);
    return acknowledged;
  }

  /**
   * Whether an unmute has overtaken the mute, because another process sent it before it knew of the form. The
   * agent is told "muted" only when that unmute has been answered and the mute was sent again.
   * @param {SimulatorEvent} acknowledged of a mute
   */
  #isOvertaken({ at_ms }) {
    return this.#scene.simulator.requests.some((request) => request.command === 'unmute' &&
      request.at_ms < at_ms && (request.carried_out_at_ms ?? Infinity) > at_ms);
  }

  /**
   * Checks that a host that was started after the kill repeats the mute.
   * @param {number} connections how many had been opened before the kill
   * @param {Due} due
   */
  async renewed(connections, due) {
    const { simulator } = this.#scene;
    const kept = 'a new host takes over';
    const isNew = ({ type, command, http_status, request }) => type === 'request.answered' &&
      command === 'mute' && http_status === 200 && simulator.requests[request - 1].connection > connections;
    const renewed = await inTime(kept, due.bound_ms,
      simulator.waitFor(isNew, { timeout_ms: patience * due.bound_ms }));
    this.#judge(kept, 'taken over', due, renewed.at_ms);
  }

  /**
   * Checks that nothing was recorded between the two events.
   * @param {SimulatorEvent} acknowledged @param {SimulatorEvent} closing @param {string} victim
   */
  silent(acknowledged, closing, victim) {
    const { simulator, ivrid } = this.#scene;
    if (!simulator.wasRecordedBetween(ivrid, acknowledged.at_ms, closing.at_ms)) return;
    const gaps_ms = simulator.recorded(ivrid)
      .filter(({ kind }) => kind === 'recorded')
      .map(({ from_ms, to_ms }) =>
        Math.min(to_ms ?? Infinity, closing.at_ms) - Math.max(from_ms, acknowledged.at_ms))
      .filter((gap_ms) => gap_ms > 0);
    for (const gap_ms of gaps_ms) this.#tally.took(`recorded over a muted form, ${victim}`, gap_ms, 0);
    throw new Broken('nothing is recorded while a muted form is open',
      `recorded for ${gaps_ms.map((gap_ms) => `${gap_ms.toFixed(0)} ms`).join(', ')}`);
  }

  /** Checks that the recording goes on in time after the form has gone. @param {Due} due */
  async settled(due) {
    this.#end = due;
    const { simulator, ivrid } = this.#scene;
    const kept = 'when the form is gone the recording goes on in time';
    const isUnmuted = () => !simulator.mutedCalls().includes(ivrid);
    if (!isUnmuted()) {
      await inTime(kept, due.bound_ms, simulator.waitFor(isUnmuted,
        { after: simulator.events.length, timeout_ms: patience * due.bound_ms }));
    }
    this.#judge(kept, 'recorded again', due, simulator.recorded(ivrid).at(-1).from_ms);
  }

  /** Checks before the next form opens that no mute has outlived the last one. @param {number} now_ms */
  stillRecorded(now_ms) {
    if (this.#end === null) return;
    const { since_ms, bound_ms } = this.#end;
    const late = this.#scene.simulator.recorded(this.#scene.ivrid).filter(({ kind, from_ms, to_ms }) =>
      kind === 'muted' && from_ms < now_ms && (to_ms ?? now_ms) > since_ms + bound_ms);
    if (late.length > 0) throw new Broken('no mute without a form', JSON.stringify(late));
  }

  /** @param {string} kept @param {string} what @param {Due} due @param {number} at_ms */
  #judge(kept, what, { victim, since_ms, bound_ms }, at_ms) {
    const took_ms = Math.max(at_ms - since_ms, 0);
    this.#tally.took(`${what}, ${victim}`, took_ms, bound_ms);
    if (took_ms <= bound_ms) return;
    throw new Broken(kept, `after ${took_ms.toFixed(0)} ms; promised: ${bound_ms} ms`);
  }
}
