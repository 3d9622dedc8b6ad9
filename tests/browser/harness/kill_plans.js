// Plans the cycles of the kill tests at random. A plan depends only on seed, browser and cycle, so that a run
// can be replayed.

/** @typedef {import('./victims.js').Victim} Victim */
/** @typedef {'fresh' | 'updated'} Profile */
/**
 * @typedef {object} Plan
 * @property {number} cycle
 * @property {Profile | null} profile the browser's profile at the beginning: new, or with an extension that
 *   has just been updated; null: as the last cycle has left it
 * @property {number} wait_ms with a `profile`: how long the browser runs before the form opens
 * @property {'draw' | 'navigate' | 'tab' | 'frame'} way how the form opens: the page draws it, the tab
 *   navigates to it, a new tab opens with it, or a frame of another origin has it
 * @property {Victim | null} victim
 * @property {'before' | 'opening' | 'open' | 'closing'} moment of the kill: before the form opens, after it
 *   has begun to open, after it is muted, or after it has closed
 * @property {number} delay_ms between that moment and the kill; with 'before', between kill and opening
 * @property {number} hold_ms how long the form stays open once it is muted
 * @property {boolean} patient after a kill that leaves the page open, the form stays until a new host has
 *   renewed the mute; without effect if the agent has another browser
 * @property {boolean} beside if the agent has another browser, a form is open there during the cycle
 */

const LONGEST_DELAY_ms = 400;
const LONGEST_HOLD_ms = 60;
/**
 * How long the browser may run before the form of a first cycle opens. It has registered all scripts and
 * started its host after about a second, and an alarm wakes the background after 30 s. Long waits are only in
 * later rounds, which scripts/test does not reach.
 */
const LONGEST_USUAL_WAIT_ms = 2000;
const LONGEST_RARE_WAIT_ms = 60_000;

/**
 * The victims of one round after its first cycles, in random order; null: nothing is killed. Victims that
 * require a new start of the browser are few, because a start takes as long as dozens of cycles.
 */
const DECK = /** @type {(Victim | null)[]} */ ([
  'browser', 'settler', 'machine', ...Array(2).fill('reload'), ...Array(3).fill('renderer'),
  ...Array(5).fill('worker'), ...Array(6).fill('host'), ...Array(41).fill(null)]);

/**
 * The first cycles of each round. In the first minute of a new profile and of an updated extension nothing
 * is known yet, no script is registered and no port is open. So each part that may end then is killed on
 * purpose.
 */
export const FIRST = /** @type {const} */ ([
  ['fresh', 'worker'], ['fresh', 'host'], ['fresh', 'browser'],
  ['updated', 'worker'], ['updated', 'host'], ['updated', 'browser'],
]);

export const ROUND_cycles = FIRST.length + DECK.length;

export const WAYS = /** @type {const} */ (['draw', 'navigate', 'frame', 'tab']);

/** The random number generator mulberry32, seeded with the FNV hash of a text. @param {string} text */
function randomFrom(text) {
  let state = 0x811C9DC5;
  for (const letter of text) state = Math.imul(state ^ letter.charCodeAt(0), 0x01000193);
  return () => {
    state = (state + 0x6D2B79F5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @template T @param {() => number} random @param {readonly T[]} list */
const oneOf = (random, list) => list[Math.floor(random() * list.length)];

/** @template T @param {() => number} random @param {readonly T[]} list */
function shuffled(random, list) {
  const cards = [...list];
  for (let at = cards.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [cards[at], cards[other]] = [cards[other], cards[at]];
  }
  return cards;
}

const MOMENTS = /** @type {const} */ (['before', 'opening', 'open', 'open', 'closing']);

/** Whether killing the victim also ends the page with the form. @param {Victim | null} victim */
export const losesPage = (victim) => victim === 'renderer' || losesBrowser(victim);

/** @param {Victim | null} victim */
export const losesBrowser = (victim) => victim === 'browser' || victim === 'settler' || victim === 'machine';

/** @param {Profile | null} profile @param {Victim | null} victim */
function momentsOf(profile, victim) {
  // A form cannot open after its page or browser was killed, so those are not killed 'before'.
  const possible = losesPage(victim) ? MOMENTS.slice(1) : MOMENTS;
  const isEarly = (/** @type {Plan['moment']} */ moment) => moment === 'before' || moment === 'opening';
  return profile === null ? possible : possible.filter(isEarly);
}

/** @param {string} seed @param {string} browser @param {number} round from 0 */
const victimsOf = (seed, browser, round) => shuffled(randomFrom(`${seed} ${browser} round ${round}`), DECK);

/** @param {() => number} random @param {number} round */
function waitOf(random, round) {
  const kind = random();
  if (kind < 0.5) return 0;
  return Math.round(random() * (round > 0 && kind > 0.9 ? LONGEST_RARE_WAIT_ms : LONGEST_USUAL_WAIT_ms));
}

/** @param {string} seed */
const wayOfRound0 = (seed) => Math.floor(randomFrom(`${seed} way`)() * WAYS.length);

/**
 * @param {string} seed
 * @param {string} browser
 * @param {number} cycle from 0
 * @returns {Plan}
 */
export function planOf(seed, browser, cycle) {
  const round = Math.floor(cycle / ROUND_cycles);
  const place = cycle % ROUND_cycles;
  const random = randomFrom(`${seed} ${browser} cycle ${cycle}`);
  const first = FIRST[place];
  const [profile, victim] = first ?? [null, victimsOf(seed, browser, round)[place - FIRST.length]];
  return {
    cycle,
    profile,
    wait_ms: first ? waitOf(random, round) : 0,
    // Over as many rounds as there are ways, each of the first cycles uses each way once.
    way: first ? WAYS[(round + place + wayOfRound0(seed)) % WAYS.length] : oneOf(random, [...WAYS, 'draw']),
    victim,
    moment: oneOf(random, momentsOf(profile, victim)),
    delay_ms: Math.round(random() * LONGEST_DELAY_ms),
    hold_ms: Math.round(random() * LONGEST_HOLD_ms),
    patient: random() < 0.7,
    beside: random() < 0.4,
  };
}

/** @param {Plan} plan */
export function tell({ profile, wait_ms, way, victim, moment, delay_ms, hold_ms, patient, beside }) {
  const words = { before: 'before the form opens', opening: 'after the form opens',
    open: 'after it is muted', closing: 'after it closes' };
  const kill = victim === null ? 'nothing is killed' : `${victim} is killed ${delay_ms} ms ${words[moment]}`;
  const first = { fresh: `${wait_ms} ms after the first start of a new profile, `,
    updated: `${wait_ms} ms after an update of the extension, ` };
  const stays = patient && victim !== null ? 'until the mute is renewed' : `${hold_ms} ms`;
  const other = beside ? '; another may be open in the other browser' : '';
  return `${profile ? first[profile] : ''}${kill}; the form comes by "${way}" and stays ${stays}${other}`;
}
