// The command line of scripts/detect.
import { parseArgs } from 'node:util';

export const USAGE = `scripts/detect FILE|DIR... [--labels FILE] [--config FILE] [--browser NAME] [--why]
scripts/detect --live [--browser NAME] [--only PART]
Opens saved pages in a real browser with the built extension, without their scripts and the network, and
prints "file<TAB>payment|none<TAB>why" for each. A folder stands for all .html and .htm files in it. Needs
scripts/build once.
  --labels FILE   compare with labels: lines of "file<TAB>payment|none<TAB>language<TAB>tags", with paths
                  relative to the folder of FILE. Prints hits and misses by language and tag, and the pages
                  that are wrong
  --config FILE   apply the policy of an administrator's configuration. The pages are at
                  http://*.pages.localhost/, which a rule's "match" must cover, as http://*/* does
  --browser NAME  chromium (the default) or firefox
  --why           say for each page which words decided: what each field was taken for and by which of its
                  words, what spoke against it, and what the form is short of. Never what a person typed
  --live          drive the packages of tests/live instead, in both browsers unless one is named: open the
                  form, type, close, open again, with a simulated Voicenter's recording as the judge. Installs
                  the packages below build/live the first time
  --only PART     of --live, only the packages with PART in their names
The exit code is 0 if every page was read, and with --live if all are right that are not listed as wrong;
otherwise 1; 64 for wrong usage.`;

/**
 * @typedef {{paths: string[], labels?: string, config?: string, browser?: 'chromium' | 'firefox',
 *   why: boolean, live: boolean, only?: string}} Options
 */

/**
 * @param {string[]} words
 * @returns {Options | string | null} a string: what is wrong; null: --help was given
 */
export function parseOptions(words) {
  let parsed;
  try {
    parsed = parseArgs({ args: words, allowPositionals: true, options: {
      labels: { type: 'string' }, config: { type: 'string' }, help: { type: 'boolean' },
      why: { type: 'boolean', default: false }, browser: { type: 'string' },
      live: { type: 'boolean', default: false }, only: { type: 'string' },
    } });
  } catch (error) {
    return /** @type {Error} */ (error).message;
  }
  const { values: { help, browser, ...files }, positionals: paths } = parsed;
  if (help) return null;
  if (browser !== undefined && browser !== 'chromium' && browser !== 'firefox') {
    return `--browser is "${browser}". Expected: chromium or firefox.`;
  }
  const { live, only } = files;
  if (live && paths.length > 0) return '--live takes no page. Expected: --only with a part of a name.';
  if (!live && only !== undefined) return '--only is for --live.';
  return live || paths.length > 0 ? { paths, browser, ...files } : 'no page. Expected: files or folders.';
}
