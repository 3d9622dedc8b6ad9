// Makes the rows of the table from the samples: what was measured, the budget, and whether it is met.
import { BUDGET, verdict } from './budgets.js';
import { median, p99 } from './statistics.js';
import { HOPS } from './trace.js';

/** @typedef {import('./hosts.js').Hosts} Hosts */
/** @typedef {import('./main.js').Raw} Raw */

const ms = (/** @type {number} */ number) => `${number.toFixed(number < 10 ? 3 : 1)} ms`;
const percent = (/** @type {number} */ share) => `${(share * 100).toFixed(2)} %`;
/** Empty if what the ratio compares with took less time than the clock can measure. */
const times = (/** @type {number} */ ratio) => (Number.isFinite(ratio) ? `${ratio.toFixed(1)} x` : '');
const KiB = 1024;

/** @param {{python: string, node: string}} versions @returns {Record<keyof Hosts, string>} */
const namesOf = (versions) => ({
  bare: '  bare keep-alive socket, C++',
  cardmute: "  CardMute's host",
  python: `  minimal host, Python ${versions.python}`,
  recording: '    the same, which records each request in SQLite first',
  node: `  minimal host, Node.js ${versions.node}`,
});

/**
 * @param {Hosts} hosts
 * @param {Record<keyof Hosts, string>} names
 * @param {'paced_ms' | 'back_to_back_ms'} pace
 */
function muteRows(hosts, names, pace) {
  const medianOf = (/** @type {keyof Hosts} */ name) => median(hosts[name][pace]);
  const ratioOf = (/** @type {keyof Hosts} */ name) => medianOf(name) / medianOf('bare');
  const ahead = medianOf('cardmute') <= medianOf('python') * BUDGET.mute_python_ratio;
  const holds = ratioOf('cardmute') <= BUDGET.mute_ratio && ahead;
  return (/** @type {(keyof Hosts)[]} */ (Object.keys(names))).map((name) => [
    names[name], ms(medianOf(name)), ms(p99(hosts[name][pace])), times(ratioOf(name)),
    ...name === 'cardmute'
      ? [`${BUDGET.mute_ratio} x, ${BUDGET.mute_python_ratio} x Python`, verdict(holds)] : ['', ''],
  ]);
}

/** @param {Hosts} hosts @param {Record<keyof Hosts, string>} names */
function startRows(hosts, names) {
  const own_ms = median(hosts.cardmute.start_ms);
  return (/** @type {const} */ (['cardmute', 'python', 'node'])).map((name) => [
    names[name], ms(median(hosts[name].start_ms)), ms(p99(hosts[name].start_ms)),
    times(median(hosts[name].start_ms) / own_ms),
    ...name === 'cardmute' ? [`${BUDGET.start_ms} ms`, verdict(own_ms <= BUDGET.start_ms)] : ['', ''],
  ]);
}

/** What a host's resident memory consists of. @param {import('./hosts.js').HostSamples} host */
function partRows({ resident_KiB, private_KiB, anonymous_KiB }) {
  const row = (/** @type {string} */ name, /** @type {number} */ size_KiB) =>
    [`    ${name}`, `${(size_KiB / KiB).toFixed(1)} MiB`, '', '', '', ''];
  return [
    row('private: heap, stacks, relocated data', anonymous_KiB),
    row('pages of files that no other program has mapped', private_KiB - anonymous_KiB),
    row('pages of files shared with other programs', resident_KiB - private_KiB),
  ];
}

/** @param {Hosts} hosts @param {Record<keyof Hosts, string>} names */
function memoryRows(hosts, names) {
  const MiB = (/** @type {'cardmute' | 'python' | 'node'} */ name) => hosts[name].resident_KiB / KiB;
  const [own, ...others] = (/** @type {const} */ (['cardmute', 'python', 'node'])).map((name) => [
    names[name], `${MiB(name).toFixed(1)} MiB`, '', times(MiB(name) / MiB('cardmute')),
    ...name === 'cardmute'
      ? [`${BUDGET.resident_MiB} MiB`, verdict(MiB(name) <= BUDGET.resident_MiB)] : ['', ''],
  ]);
  return [own, ...partRows(hosts.cardmute), ...others];
}

/** @param {Hosts} hosts @param {Raw['versions']} versions @returns {string[][]} */
export function hostRows(hosts, versions) {
  const names = namesOf(versions);
  const count = hosts.cardmute.paced_ms.length;
  return [
    [`Frame in to reply out, loopback; ${count} mutes, each after a pause, as in practice (ratio to bare)`],
    ...muteRows(hosts, names, 'paced_ms'),
    [`The same without pauses, so that work after a reply, such as writing, counts as well; ${count} mutes`],
    ...muteRows(hosts, names, 'back_to_back_ms'),
    [`Process start to acknowledged mute; ${hosts.cardmute.start_ms.length} starts (ratio to CardMute)`],
    ...startRows(hosts, names),
    [`Resident memory after ${hosts.cardmute.mutes_before_memory} mutes (ratio to CardMute)`],
    ...memoryRows(hosts, names),
  ];
}

/** @param {import('./new_call.js').NewCalls} calls @returns {string[][]} */
export function newCallRows({ unmuted_ms, reassert_ms, round_trip_ms, has_events }) {
  const longest_ms = Math.max(...unmuted_ms);
  const bound_ms = has_events ? BUDGET.event_to_muted_ms : reassert_ms + round_trip_ms;
  const holds = longest_ms <= bound_ms + BUDGET.new_call_slack_ms;
  const how = has_events ? 'from its Real-time event' : `re-asserted every ${reassert_ms} ms`;
  return [
    [`A new call that starts while a form is open, to muted; ${how}, ` +
      `${round_trip_ms} ms round trip; ${unmuted_ms.length} calls`],
    ["  CardMute's host", ms(median(unmuted_ms)), ms(p99(unmuted_ms)), '', '', ''],
    ['    the longest', ms(longest_ms), '', '', `${bound_ms} ms + ${BUDGET.new_call_slack_ms} to measure`,
      verdict(holds)],
  ];
}

/**
 * @param {string} name
 * @param {number[]} samples
 * @param {{median_ms: number, p99_ms?: number}} budget
 */
function shownRow(name, samples, budget) {
  const measured = { median_ms: median(samples), p99_ms: p99(samples) };
  const numbers = [`  ${name}`, ms(measured.median_ms), ms(measured.p99_ms), ''];
  const { median_ms, p99_ms = Infinity } = budget;
  const words = p99_ms === Infinity ? `${median_ms} ms` : `${median_ms} ms, 99 %: ${p99_ms} ms`;
  return [...numbers, words, verdict(measured.median_ms <= median_ms && measured.p99_ms <= p99_ms)];
}

/** @typedef {Raw['browsers']} Browsers */

/** @param {string} name @param {number[]} samples */
const plainRow = (name, samples) => [name, ms(median(samples)), ms(p99(samples)), '', '', ''];

/** @param {NonNullable<Browsers['forms']>} forms @param {number} round_trip_ms */
function formRows({ versions, loopback, far }, round_trip_ms) {
  const farBudget = { median_ms: round_trip_ms + BUDGET.shown_over_round_trip_ms };
  return [
    [`Payment form inserted to green banner in the page, loopback; ${loopback.chromium.length} forms`],
    shownRow(versions.chromium, loopback.chromium, BUDGET.shown.chromium),
    shownRow(versions.firefox, loopback.firefox, BUDGET.shown.firefox),
    [`The same, ${round_trip_ms} ms round trip to the server; ${far.length} forms`],
    shownRow(versions.chromium, far, farBudget),
  ];
}

/** @param {NonNullable<Browsers['connections']>} connections @param {number} round_trip_ms */
const connectionRows = (connections, round_trip_ms) => [
  [`The mute alone, bare socket, ${round_trip_ms} ms round trip`],
  plainRow('  on an open connection', connections.warm_ms),
  plainRow('  on a new connection', connections.fresh_ms),
];

/** @param {NonNullable<Browsers['early']>} early */
const earlyRows = (early) => [
  [`Payment form visible to mute acknowledged, its control pressed before; ${early.premute.length} forms`],
  ['  with the early mute', ms(median(early.premute)), ms(p99(early.premute)), '',
    `${BUDGET.early_median_ms} ms or less`, verdict(median(early.premute) <= BUDGET.early_median_ms)],
  ['  without it', ms(median(early.without)), ms(p99(early.without)), '', '', ''],
];

/** @param {NonNullable<Browsers['main_thread']>} main_thread @param {number} content_bytes */
function mainThreadRows(main_thread, content_bytes) {
  const size_KiB = content_bytes / KiB;
  const shares = main_thread.watched.map(({ script_share }) => script_share);
  const busy = (/** @type {'watched' | 'unwatched'} */ page) =>
    main_thread[page].map(({ busy_share }) => busy_share);
  const mutations_per_s = median(main_thread.watched.map((share) => share.mutations_per_s));
  return [
    ['Content script'],
    ['  size', `${size_KiB.toFixed(1)} KiB`, '', '', `${BUDGET.content_script_KiB} KiB`,
      verdict(size_KiB <= BUDGET.content_script_KiB)],
    [`  of the main thread; ${main_thread.watched[0].nodes} nodes, ` +
      `${Math.round(mutations_per_s)} mutations a second`,
    percent(median(shares)), percent(p99(shares)), '', `under ${percent(BUDGET.main_thread_share)}`,
    verdict(median(shares) < BUDGET.main_thread_share)],
    ['  all work of the thread, watched', percent(median(busy('watched'))), percent(p99(busy('watched'))),
      '', '', ''],
    ['  all work of the thread, not watched', percent(median(busy('unwatched'))),
      percent(p99(busy('unwatched'))), '', '', ''],
    ...growthRows(main_thread),
  ];
}

/** @param {NonNullable<Browsers['trace']>} trace @returns {string[][]} */
const traceRows = (trace) => (/** @type {const} */ (['chromium', 'firefox'])).flatMap((name) => {
  const { own, bare } = trace[name];
  return [
    [`The hops of it, ${name}; ${own[0].length} forms (ratio to an extension with bare hops, its median)`],
    ...[...HOPS.map(([hop]) => hop), 'all'].map((hop, at) => {
      const [own_ms, bare_ms] = [own, bare].map((times_ms) => median(times_ms[at]));
      return [`  ${hop}`, ms(own_ms), ms(p99(own[at])), times(own_ms / bare_ms), ms(bare_ms), ''];
    }),
  ];
});

/** @param {Browsers} browsers @returns {string[][]} */
export function browserRows({ round_trip_ms, forms, trace, connections, early, content, main_thread }) {
  return [
    ...forms ? formRows(forms, round_trip_ms) : [],
    ...trace ? traceRows(trace) : [],
    ...connections ? connectionRows(connections, round_trip_ms) : [],
    ...early ? earlyRows(early) : [],
    ...main_thread ? mainThreadRows(main_thread, content.bytes) : [],
  ];
}

/** @param {import('./main_thread.js').Share} share */
const perMutation_us = ({ script_share, mutations_per_s }) => script_share / mutations_per_s * 1e6;

/** @param {Awaited<ReturnType<typeof import('./main_thread.js').measureMainThread>>} mainThread */
function growthRows({ sizes, rival }) {
  const costs_us = sizes.map(perMutation_us);
  const growth = Math.max(...costs_us) / costs_us[0];
  const row = (/** @type {string} */ name, /** @type {number} */ cost_us, /** @type {number} */ ratio) =>
    [name, `${cost_us.toFixed(1)} us`, '', times(ratio), '', ''];
  return [
    ['Cost of a mutation by page size (ratio to the smallest page; of selector-observer to CardMute)'],
    ...sizes.map(({ nodes }, i) => row(`  ${nodes} nodes`, costs_us[i], costs_us[i] / costs_us[0])),
    ['    the worst', '', '', times(growth), `${BUDGET.growth_ratio} x`,
      verdict(growth <= BUDGET.growth_ratio)],
    ...rival.map((share, i) => row(`  selector-observer, ${share.nodes} nodes`, perMutation_us(share),
      perMutation_us(share) / costs_us[i])),
  ];
}
