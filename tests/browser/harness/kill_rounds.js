// The kill tests' agent: opens and closes payment forms while parts of CardMute are killed, and has every
// step judged. tests/browser/kills.test.js runs it.
import assert from 'node:assert/strict';
import * as bounds from './kill_bounds.js';
import { DECK, planOf, tell } from './kill_plans.js';
import { Broken, Promises } from './kill_promises.js';
import { Tab } from './kill_tab.js';
import { Tally } from './kill_tally.js';
import { timelineSince } from './kill_timeline.js';
import { allGone, processesOf } from './processes.js';
import { Scene } from './scene.js';
import { KILL, killAll } from './victims.js';
import { STABLE_ms } from '../../../extension/background/native-port.js';

/** @typedef {import('./kill_plans.js').Plan} Plan */
/** @typedef {import('../../simulator/simulator.js').SimulatorEvent} SimulatorEvent */
/** @typedef {import('./processes.js').Process} Process */
/** @typedef {{at_ms: number, connections: number, gone: Process[]}} Kill gone: what must be so soon */

/** @param {number} delay_ms */
const pause = (delay_ms) => new Promise((resolve) => { setTimeout(resolve, delay_ms); });

export class KillRounds {
  tally = new Tally();
  /** @type {number[]} */
  #groups = [];
  /** How many hosts the present worker has lost, one soon after the other, and when the last. */
  #losses = 0;
  #lost_at_ms = -Infinity;
  /** How many processes the browser had when its first page was there. */
  #first_processes = 0;

  /**
   * @param {'chromium' | 'firefox'} name
   * @param {string} seed
   */
  static async start(name, seed) {
    const rounds = new KillRounds();
    rounds.name = name;
    rounds.seed = seed;
    // Without the early mute, whose lapse would be taken for a mute that does not end.
    rounds.scene = await Scene.start(name, { policy: { grace_ms: bounds.kGrace_ms, premute: false },
      protocol_timeout_ms: bounds.kProtocol_ms, voicenter: { reassert_ms: bounds.kReassert_ms } });
    rounds.scene.simulator.changeSettings({ round_trip_ms: bounds.kRoundTrip_ms });
    rounds.tab = new Tab(rounds.scene);
    rounds.promises = new Promises(rounds.scene, rounds.tally);
    rounds.#groups.push(rounds.test_browser.browser.process().pid);
    return rounds;
  }

  get test_browser() {
    return this.scene.test_browser;
  }

  processes() {
    return processesOf(this.test_browser.state_directory, this.#groups);
  }

  async hosts() {
    return (await this.processes()).filter(({ is_host }) => is_host).map(({ pid }) => pid);
  }

  /** @param {number} until_ms by performance.now() @param {number} first cycle */
  async run(until_ms, first) {
    for (let cycle = first; performance.now() < until_ms; cycle += 1) {
      if (cycle % DECK.length === 0) this.promises.startAnew();
      await this.#judged(planOf(this.seed, this.name, cycle));
    }
  }

  /**
   * A broken promise is kept for the report, and the cycles go on.
   * @param {Plan} plan
   */
  async #judged(plan) {
    const { simulator } = this.scene;
    const start = simulator.mark(`cycle ${plan.cycle}`);
    this.tally.cycles += 1;
    if (plan.victim) this.tally.kills += 1;
    try {
      await this.#cycle(plan);
    } catch (error) {
      const { promise = 'the test can go on', message, stack, name } = /** @type {any} */ (error);
      // The automation can lose a tab that it has just opened, mostly when renderers were killed before.
      if (name === 'ProtocolError' && /timed out/.test(message) && this.tally.hung < bounds.kMostHangs) {
        this.tally.hung += 1;
        await this.#recover();
        return;
      }
      const text = [`seed ${this.seed}, ${this.name}, cycle ${plan.cycle}: ${tell(plan)}`,
        error instanceof Broken ? message : stack, timelineSince(simulator, this.scene.ivrid, start)];
      this.tally.failures.push({ promise, victim: plan.victim ?? 'no kill', text: text.join('\n') });
      await this.#recover();
    }
  }

  /** @param {Plan} plan */
  async #cycle(plan) {
    await this.tab.ready(plan);
    this.#first_processes ||= (await this.processes()).length;
    if (plan.victim === 'renderer' || plan.victim === 'browser') await this.#losingThePage(plan, plan.victim);
    else await this.#keepingThePage(plan);
  }

  /** @param {Plan} plan */
  async #keepingThePage(plan) {
    const { simulator } = this.scene;
    const { moment, delay_ms } = plan;
    const victim = plan.victim ?? 'no kill';
    const losses = this.#countLoss(plan.victim);
    /** @type {Kill | null} */
    let killed = null;
    const killAt = async (/** @type {Plan['moment']} */ now) => {
      if (!plan.victim || moment !== now) return;
      if (now !== 'before') await pause(delay_ms);
      killed = await this.#kill(plan.victim);
      if (now === 'before') await pause(delay_ms);
    };
    const since = (/** @type {SimulatorEvent} */ { at_ms }) => Math.max(at_ms, killed?.at_ms ?? 0);

    await killAt('before');
    const opening = simulator.mark('the form opens');
    this.promises.stillRecorded(opening.at_ms);
    await Promise.all([this.tab.openForm(plan), killAt('opening')]);
    const before = moment === 'before' || moment === 'opening' ? plan.victim : null;
    const acknowledged = await this.promises.muted(opening,
      { victim, since_ms: since(opening), bound_ms: bounds.kMuted_ms(before, losses) });
    await killAt('open');
    if (killed && plan.patient) {
      await this.promises.renewed(killed.connections,
        { victim, since_ms: since(opening), bound_ms: bounds.kRenewed_ms(plan.victim, losses) });
    } else {
      await pause(plan.hold_ms);
    }
    const closing = simulator.mark('the form closes');
    await this.tab.closeForm(plan);
    await killAt('closing');
    this.promises.silent(acknowledged, closing, victim);
    await this.promises.settled(
      { victim, since_ms: since(closing), bound_ms: bounds.kSettled_ms(plan.victim, losses) });
  }

  /** @param {Plan} plan @param {'renderer' | 'browser'} victim */
  async #losingThePage(plan, victim) {
    const { simulator } = this.scene;
    const { moment, delay_ms } = plan;
    const opening = simulator.mark('the form opens');
    this.promises.stillRecorded(opening.at_ms);
    const opened = this.tab.openForm(plan);
    opened.catch(() => {}); // its page may be killed under it
    if (moment !== 'opening') {
      await opened;
      const acknowledged = await this.promises.muted(opening,
        { victim, since_ms: opening.at_ms, bound_ms: bounds.kMuted_ms(null, 0) });
      if (moment === 'open') await pause(delay_ms);
      const closing = simulator.mark('the form closes');
      if (moment === 'closing') await this.tab.closeForm(plan);
      this.promises.silent(acknowledged, closing, victim);
    }
    if (moment !== 'open') await pause(delay_ms);
    const killed = await this.#kill(victim);
    let since_ms = killed.at_ms;
    if (victim === 'renderer' && moment === 'opening') {
      // The form may yet come, in another renderer.
      await this.tab.reload();
      since_ms = simulator.mark('loaded again').at_ms;
    }
    const due = { victim, since_ms, bound_ms: bounds.kSettled_ms(victim, this.#countLoss(victim)) };
    await this.promises.settled(due);
    if (victim === 'renderer') {
      if (moment !== 'opening') await this.tab.reload();
      return;
    }
    await this.#nothingIsLeftOf(killed.gone);
    await this.#relaunch();
  }

  /** @param {NonNullable<Plan['victim']>} victim @returns {Promise<Kill>} */
  async #kill(victim) {
    const { simulator } = this.scene;
    const gone = victim === 'browser' ? await this.processes() : [];
    simulator.mark(`kill: ${victim}`);
    const connections = simulator.connections.length;
    const what = await KILL[victim](this);
    return { at_ms: simulator.mark(`killed: ${what}`).at_ms, connections, gone };
  }

  /** Back-off grows with hosts that were lost soon after their start. @param {Plan['victim']} victim */
  #countLoss(victim) {
    const now_ms = performance.now();
    // A new background begins anew; so does one whose host has lived.
    if (now_ms - this.#lost_at_ms > 2 * STABLE_ms) this.#losses = 0;
    if (victim === 'worker' || victim === 'reload' || victim === 'browser') this.#losses = 0;
    if (victim !== 'host') return this.#losses;
    this.#lost_at_ms = now_ms;
    this.#losses += 1;
    return this.#losses - 1;
  }

  /** @param {Process[]} old */
  async #nothingIsLeftOf(old) {
    const pids = new Set(old.map(({ pid }) => pid));
    const left = async () => (await this.processes()).filter(({ pid }) => pids.has(pid));
    await allGone('processes of the killed browser', left, bounds.kGone_ms)
      .catch(({ message }) => { throw new Broken('no process is left over', message); });
  }

  /** After the last cycle: one host, of modest size, and no more processes than there were. */
  async nothingGrew() {
    const isHost = (/** @type {Process} */ { is_host }) => is_host;
    await allGone('hosts beside the one in use', async () => (await this.processes()).filter(isHost).slice(1),
      bounds.kGrace_ms + bounds.kGone_ms);
    const processes = await this.processes();
    for (const { memory_kib } of processes.filter(isHost)) {
      assert.ok(memory_kib <= bounds.kHostMemory_kib, `the host takes ${memory_kib} KiB`);
    }
    const most = this.#first_processes + bounds.kSpareProcesses;
    assert.ok(processes.length <= most, `${processes.length} processes; promised: ${most}`);
  }

  async #relaunch() {
    this.tab.forget();
    this.#losses = 0;
    await this.test_browser.launch();
    this.#groups.push(this.test_browser.browser.process().pid);
  }

  /** After a broken promise all begins anew, so that nothing of it is held against the next cycle. */
  async #recover() {
    killAll((await this.processes()).map(({ pid }) => pid));
    await allGone('processes of the last browser', () => this.processes(), bounds.kGone_ms);
    await this.#relaunch();
    this.promises.startAnew();
  }

  async close() {
    await this.scene.close();
  }
}
