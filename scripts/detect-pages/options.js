// The command line of scripts/detect.
import { parseArgs } from 'node:util';

export const USAGE = `scripts/detect FILE|DIR... [--labels FILE] [--config FILE] [--browser chromium|firefox]
Shows saved pages to the built extension in a real browser, with their scripts and the network off, and prints
for each "file<TAB>payment|none<TAB>why". Of a folder, every .html and .htm in it. Needs scripts/build once.
  --labels FILE   lines of "file<TAB>payment|none<TAB>language<TAB>tags", file as below the labels' folder:
                  prints hits and misses by language and tag, and the pages that are wrong
  --config FILE   an administrator's configuration, of which the policy counts; the pages are at
                  http://*.pages.localhost/, which a rule's "match" has to cover, as http://*/* does
  --browser NAME  chromium (the default) or firefox
Exit code 0 when every page was read, 1 when not, 64 for wrong usage.`;

/** @typedef {{paths: string[], labels?: string, config?: string, browser: 'chromium' | 'firefox'}} Options */

/**
 * @param {string[]} words
 * @returns {Options | string | null} a text: what is wrong; null: help is wanted
 */
export function parseOptions(words) {
  let parsed;
  try {
    parsed = parseArgs({ args: words, allowPositionals: true, options: {
      labels: { type: 'string' }, config: { type: 'string' }, help: { type: 'boolean' },
      browser: { type: 'string', default: 'chromium' },
    } });
  } catch (error) {
    return /** @type {Error} */ (error).message;
  }
  const { values: { help, browser, ...files }, positionals: paths } = parsed;
  if (help) return null;
  if (browser !== 'chromium' && browser !== 'firefox') {
    return `--browser is "${browser}". Expected: chromium or firefox.`;
  }
  return paths.length > 0 ? { paths, browser, ...files } : 'no page. Expected: files or folders.';
}
