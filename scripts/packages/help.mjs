// Reads the program's help, so that manual page and completion cannot differ from it.
import { tool } from './run.mjs';

/**
 * @typedef {{flags: string[], value: string, text: string}} Option `value`: the value's name; empty for a
 *   flag
 */
/** @typedef {{name: string, text: string, options: Option[], operand: string}} Command */

/** A line of the help: what to type, then after at least two spaces, or on the next line, what it does. */
const ENTRY = /^ {2}(\S.*?)(?: {2,}(\S.*)|)$/;

/**
 * @param {string} help @param {string} heading "Options"
 * @returns {{what: string, text: string}[]} the entries below the heading
 */
function entriesOf(help, heading) {
  const [, section = ''] = new RegExp(`^${heading}:\\n((?: .*\\n)*)`, 'm').exec(help) ?? [];
  /** @type {{what: string, text: string}[]} */
  const entries = [];
  for (const line of section.split('\n').filter(Boolean)) {
    const [, what, text = ''] = ENTRY.exec(line) ?? [];
    const last = entries.at(-1);
    if (what !== undefined) entries.push({ what, text });
    else if (last) last.text = `${last.text} ${line.trim()}`.trim();
  }
  return entries;
}

/** @param {{what: string, text: string}} entry @returns {Option} */
function optionOf({ what, text }) {
  const [names, ...rest] = what.replace(/ (Excludes|Needs): .*$/, '').split(' ');
  return { flags: names.split(','), value: rest.filter((word) => word !== 'REQUIRED').join(' '), text };
}

/** @typedef {{about: string, options: Option[], commands: Command[]}} Help */

/** @param {string} program the built host @returns {Promise<Help>} */
export async function readHelp(program) {
  const help = await tool(program, ['help']);
  const commands = await Promise.all(entriesOf(help, 'Subcommands').map(async ({ what: name, text }) => {
    const own = await tool(program, ['help', name]);
    const [operand] = entriesOf(own, 'Positionals');
    return { name, text, options: entriesOf(own, 'Options').map(optionOf), operand: operand?.what ?? '' };
  }));
  return { about: help.split('\n')[0], options: entriesOf(help, 'Options').map(optionOf), commands };
}
