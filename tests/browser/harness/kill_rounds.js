// Runs the cycles of the kill tests: opens and closes payment forms, kills parts of CardMute at planned
// moments, and checks every step against the promises.
import assert from 'node:assert/strict';
import * as bounds from './kill_bounds.js';
import { DESKS } from './kill_desks.js';
import { uncovered } from './interlock.js';
import { kPastGrace_ms, Neighbour } from './kill_neighbour.js';
import { losesBrowser, losesPage, planOf, ROUND_cycles, tell } from './kill_plans.js';
import { Broken, NOT_JUDGED, Promises } from './kill_promises.js';
import { Tab } from './kill_tab.js';
import { Tally } from './kill_tally.js';
import { hostLogSince, listRequestedTooSoon, stateNow, timelineSince } from './kill_timeline.js';
import { allGone, killAll, processesOf } from './processes.js';
import { workerRegistered } from './privileged.js';
import { Scene } from './scene.js';
import { KILL } from './victims.js';
import { STABLE_ms } from '../../../extension/background/host/native-port.js';

/** @typedef {import('./kill_plans.js').Plan} Plan */
/** @typedef {Pick<Promises, keyof typeof NOT_JUDGED>} Judge */
/** @typedef {import('../../simulator/simulator.js').SimulatorEvent} SimulatorEvent */
/** @typedef {import('./processes.js').Process} Process */
/**
 * @typedef {{at_ms: number, connections: number, gone: Process[]}} Kill
 *   connections: how many the simulator had accepted before the kill. gone: the processes that must soon have
 *   ended
 */

/** @param {number} delay_ms */
const pause = (delay_ms) => new Promise((resolve) => { setTimeout(resolve, delay_ms); });

export class KillRounds {
  tally = new Tally();
  /** @type {number[]} */
  #groups = [];
  /** How many hosts the current worker has lost in quick succession; its back-off grows with them. */
  #losses = 0;
  /** When the last host was killed. */
  #lost_at_ms = -Infinity;
  /** How many processes the browser and its hosts had when the first page was open. */
  #first_processes = 0;
  /** @type {Neighbour | null} */
  #neighbour = null;

  /**
   * @param {'chromium' | 'firefox'} name
   * @param {string} seed
   * @param {keyof typeof DESKS} desk
   */
  static async start(name, seed, desk) {
    const rounds = new KillRounds();
    rounds.name = name;
    rounds.seed = seed;
    rounds.desk_name = desk;
    rounds.desk = DESKS[desk];
    const { policy, voicenter, neighbour } = rounds.desk;
    // The early mute is off, because an early mute without a form would count as a broken promise.
    rounds.scene = await Scene.start(name, { new_profile: true, protocol_timeout_ms: bounds.kProtocol_ms,
      policy: { sites: ['http://127.0.0.1/*', 'http://localhost/*'], grace_ms: bounds.kGrace_ms,
        premute: false, ...policy },
      voicenter: (simulator) => ({ reassert_ms: bounds.kReassert_ms, ...voicenter?.(simulator) }) });
    await workerRegistered(rounds.test_browser);
    if (neighbour) rounds.#neighbour = await Neighbour.start(rounds.scene);
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
    return processesOf(this.test_browser.config_file, this.#groups);
  }

  /** @param {number} cycle @returns {Plan} */
  plan(cycle) {
    return planOf(`${this.seed} ${this.desk_name}`, this.name, cycle);
  }

  /** @param {Iterable<number>} cycles */
  async run(cycles) {
    for (const cycle of cycles) {
      if (cycle % ROUND_cycles === 0) this.promises.startAnew();
      await this.#judged(this.plan(cycle));
    }
  }

  /**
   * Runs a cycle. A broken promise is recorded for the report, and the cycles go on.
   * @param {Plan} plan
   */
  async #judged(plan) {
    const { simulator } = this.scene;
    const start = simulator.mark(`cycle ${plan.cycle}`);
    const began = new Date();
    this.tally.cycles += 1;
    if (plan.victim) this.tally.kills += 1;
    try {
      await this.#cycle(plan);
    } catch (error) {
      const { promise = 'the test can go on', message, stack } = /** @type {any} */ (error);
      const text = [`seed ${this.seed}, ${this.name}, ${this.desk_name}, cycle ${plan.cycle}: ${tell(plan)}`,
        error instanceof Broken ? message : stack, timelineSince(simulator, this.scene.ivrid, start),
        await hostLogSince(this.test_browser.state_directory, began),
        await stateNow(this.test_browser, await this.processes())];
      this.tally.failures.push({ promise, victim: plan.victim ?? 'no kill', text: text.join('\n') });
      await this.#recover();
    }
  }

  /** @param {Plan} plan */
  async #cycle(plan) {
    if (plan.profile === 'updated') await KILL.reload(this);
    // The browser of the first cycle has just been started with a new profile.
    if (plan.profile === 'fresh' && this.tally.cycles > 1) {
      await this.test_browser.renewProfile();
      await this.#relaunch();
    }
    await this.tab.ready(plan);
    await pause(plan.wait_ms);
    this.#first_processes ||= (await this.processes()).length;
    await this.#neighbour?.quiet(this.scene.simulator);
    if (this.#neighbour && plan.beside) await this.#besideAForm(plan, this.#neighbour);
    else await this.#play(plan, this.promises);
  }

  /** @param {Plan} plan @param {Judge} judge */
  async #play(plan, judge) {
    if (losesPage(plan.victim)) await this.#losingThePage(plan, plan.victim, judge);
    else await this.#keepingThePage(plan, judge);
  }

  /**
   * Judges the form in the other browser, not the one in this browser, where the kill happens.
   * @param {Plan} plan
   * @param {Neighbour} neighbour
   */
  async #besideAForm(plan, neighbour) {
    const { simulator } = this.scene;
    const victim = `${plan.victim ?? 'nothing'} beside another browser's form`;
    const opening = simulator.mark('the form opens in the other browser');
    this.promises.stillRecorded(opening.at_ms);
    await neighbour.openForm();
    const acknowledged = await this.promises.muted(opening,
      this.#due(victim, opening.at_ms, bounds.kMuted_ms(null, 0)));
    await this.#play(plan, NOT_JUDGED);
    if (plan.victim) await pause(kPastGrace_ms);
    const closing = simulator.mark('the form closes in the other browser');
    await neighbour.closeForm();
    this.promises.silent(acknowledged, closing, victim);
    await this.promises.settled(
      this.#due(victim, closing.at_ms, bounds.kSettled_ms(plan.victim, this.#losses)));
  }

  /** @param {string} victim @param {number} since_ms @param {number} bound_ms at the plain workstation */
  #due(victim, since_ms, bound_ms) {
    return { victim, since_ms, bound_ms: bound_ms + (this.desk.later_ms ?? 0) };
  }

  /** @param {Plan} plan @param {Judge} judge */
  async #keepingThePage(plan, judge) {
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
    judge.stillRecorded(opening.at_ms);
    await Promise.all([this.tab.openForm(plan), killAt('opening')]);
    const before = moment === 'before' || moment === 'opening' ? plan.victim : null;
    const acknowledged = await judge.muted(opening,
      this.#due(victim, since(opening), bounds.kMuted_ms(before, losses)));
    if (this.desk.held) await uncovered(this.tab.page);
    await killAt('open');
    // If there is a second browser, its host may repeat the mute instead, so nothing can be checked.
    if (killed && plan.patient && !this.#neighbour) {
      await judge.renewed(killed.connections,
        this.#due(victim, since(opening), bounds.kRenewed_ms(plan.victim, losses)));
    } else {
      await pause(plan.hold_ms);
    }
    const closing = simulator.mark('the form closes');
    await this.tab.closeForm(plan);
    await killAt('closing');
    judge.silent(acknowledged, closing, victim);
    await judge.settled(this.#due(victim, since(closing), bounds.kSettled_ms(plan.victim, losses)));
  }

  /** @param {Plan} plan @param {NonNullable<Plan['victim']>} victim @param {Judge} judge */
  async #losingThePage(plan, victim, judge) {
    const { simulator } = this.scene;
    const { moment, delay_ms } = plan;
    const opening = simulator.mark('the form opens');
    judge.stillRecorded(opening.at_ms);
    const opened = this.tab.openForm(plan);
    opened.catch(() => {}); // its page may be killed meanwhile
    if (moment !== 'opening') {
      await opened;
      const acknowledged = await judge.muted(opening,
        this.#due(victim, opening.at_ms, bounds.kMuted_ms(null, 0)));
      if (moment === 'open') await pause(delay_ms);
      const closing = simulator.mark('the form closes');
      if (moment === 'closing') await this.tab.closeForm(plan);
      judge.silent(acknowledged, closing, victim);
    }
    if (moment !== 'open') await pause(delay_ms);
    if (moment === 'opening') await this.tab.isThere();
    const killed = await this.#kill(victim);
    let since_ms = killed.at_ms;
    if (victim === 'renderer' && moment === 'opening') {
      // The navigation may go on in another renderer and still open the form.
      await this.tab.reload();
      since_ms = simulator.mark('loaded again').at_ms;
    }
    const nobody_left = victim === 'settler' || victim === 'machine';
    if (nobody_left) {
      await this.#relaunch();
      since_ms = simulator.mark('launched again').at_ms;
    }
    await judge.settled(this.#due(victim, since_ms, bounds.kSettled_ms(victim, this.#countLoss(victim))));
    if (victim === 'renderer') {
      if (moment !== 'opening') await this.tab.reload();
    } else if (!nobody_left) {
      await this.#nothingIsLeftOf(killed.gone);
      await this.#relaunch();
    }
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

  /** @param {Plan['victim']} victim @returns {number} how many hosts were lost in quick succession before */
  #countLoss(victim) {
    const now_ms = performance.now();
    // The back-off starts again after a host has run for a while, and in a new background.
    if (now_ms - this.#lost_at_ms > 2 * STABLE_ms) this.#losses = 0;
    if (victim === 'worker' || victim === 'reload' || losesBrowser(victim)) this.#losses = 0;
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

  /**
   * Checks after the last cycle that at most one host runs, within its memory bound, that there are at most
   * kSpareProcesses more processes than at first, and that the list of calls was never requested too soon.
   */
  async nothingGrew() {
    const { simulator } = this.scene;
    if (simulator.violations > 0) {
      assert.fail(await listRequestedTooSoon(simulator, this.test_browser.state_directory));
    }
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
    await workerRegistered(this.test_browser);
    this.#groups.push(this.test_browser.browser.process().pid);
  }

  /**
   * After a failed check: kills all processes and restarts the browser, so that the next cycle is not
   * affected.
   */
  async #recover() {
    killAll((await this.processes()).map(({ pid }) => pid));
    await allGone('processes of the last browser', () => this.processes(), bounds.kGone_ms);
    await this.#relaunch();
    await this.#neighbour?.forget();
    this.promises.startAnew();
  }

  /**
   * To be called last. The state folder and the simulator stay until all processes have ended: a settler
   * needs both.
   */
  async close() {
    await this.#neighbour?.test_browser.quit();
    await this.test_browser.quit();
    const settled_ms = bounds.kGrace_ms + bounds.kGone_ms;
    await allGone('processes of the closed browser', () => this.processes(), settled_ms)
      .catch(({ message }) => this.tally.failures.push(
        { promise: 'no process is left over', victim: 'at its end', text: message }));
    await this.#neighbour?.test_browser.close();
    await this.scene.close();
  }
}
