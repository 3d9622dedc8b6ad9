// The program of scripts/detect: prints which saved pages have a payment form according to the extension.
import path from 'node:path';
import process from 'node:process';
import { openDetector } from './detector.js';
import { findPages } from './files.js';
import { compare, readLabels } from './labels.js';
import { parseOptions, USAGE } from './options.js';
import { readPolicy } from './policy.js';

const wrong_usage = 64;

/** How many pages are open at the same time, so that one can load while another is laid out. */
const tabs = 4;

/** @typedef {import('./labels.js').Judged} Judged */

/**
 * @param {import('./options.js').Options} options
 * @param {string[]} files
 * @param {Map<string, import('./labels.js').Label>} labels
 */
async function lookAtAll({ browser = 'chromium', config, why: explains }, files, labels) {
  const policy = config === undefined ? {} : await readPolicy(config);
  const detector = await openDetector(browser, Math.min(tabs, files.length), policy, explains);
  /** @type {Judged[]} */
  const judged = [];
  let unread = 0;

  /** @param {string} file */
  async function lookAt(file) {
    try {
      const { reason, lines } = await detector.look(file);
      const verdict = reason === null ? 'none' : 'payment';
      console.log([`${file}\t${verdict}\t${reason ?? ''}`, ...lines].join('\n'));
      judged.push({ file, verdict, why: reason ?? '', label: labels.get(path.resolve(file)) });
    } catch (error) {
      unread += 1;
      console.error(`scripts/detect: not read: ${file}: ${/** @type {Error} */ (error).message}`);
    }
  }

  const left = [...files];
  const oneByOne = async () => {
    for (let file = left.shift(); file !== undefined; file = left.shift()) await lookAt(file);
  };
  try {
    await Promise.all(Array.from({ length: tabs }, oneByOne));
  } finally {
    await detector.close();
  }
  return { judged, unread };
}

async function main() {
  const options = parseOptions(process.argv.slice(2));
  if (options === null) {
    console.log(USAGE);
    return 0;
  }
  if (typeof options === 'string') {
    console.error(`scripts/detect: ${options}\n${USAGE}`);
    return wrong_usage;
  }
  if (options.live) {
    // Imported only here, because only the live corpus needs the modules for tests of the host.
    const { runLive } = await import('./live/main.js');
    return runLive(options.browser, options.only);
  }
  const labels = options.labels === undefined ? new Map() : await readLabels(options.labels);
  const files = await findPages(options.paths);
  if (files.length === 0) throw new Error(`no page in ${options.paths.join(', ')}. Expected: .html files.`);
  const started = performance.now();
  const { judged, unread } = await lookAtAll(options, files, labels);
  const seconds = (performance.now() - started) / 1000;
  if (options.labels !== undefined) console.log(['', ...compare(judged)].join('\n'));
  console.error(`${judged.length} pages in ${seconds.toFixed(1)} s, ${unread} not read`);
  return unread === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`scripts/detect: ${/** @type {Error} */ (error).message}`);
  process.exitCode = 1;
}
