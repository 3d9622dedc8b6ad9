// Compares the labels that people have given to pages with what the extension found.
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** @typedef {'payment' | 'none'} Verdict */
/** @typedef {{label: Verdict, language: string, tags: string[]}} Label */
/** @typedef {{file: string, verdict: Verdict, why: string, label?: Label}} Judged */

/** The tag of pages that are not scored, because people do not agree on them. */
const DISPUTED = 'disputed';
/** The tag of pages whose form is hidden when they load, so that "none" is right. */
const HIDDEN = 'hidden-at-load';
/**
 * The tag of pages whose card fields are in another frame and so not in the saved file. They are scored
 * separately.
 */
const ELSEWHERE = 'card-in-other-frame';

/**
 * @param {string} file
 * @returns {Promise<Map<string, Label>>} by the page's full path
 */
export async function readLabels(file) {
  const lines = (await readFile(file, 'utf8')).split(/\r?\n/).filter((line) => line !== '');
  /** @type {Map<string, Label>} */
  const labels = new Map();
  for (const [number, line] of lines.entries()) {
    const [page, label, language = 'und', tags = ''] = line.split('\t');
    if (number === 0 && page === 'file') continue;
    if (label !== 'payment' && label !== 'none') {
      throw new Error(`${file}:${number + 1}: the label is "${label}". Expected: payment or none.`);
    }
    labels.set(path.resolve(path.dirname(file), page),
      { label, language, tags: tags.split(',').filter((tag) => tag !== '' && tag !== '-') });
  }
  return labels;
}

/** @param {Label} label @returns {Verdict} */
const rightOf = ({ label, tags }) => tags.includes(HIDDEN) ? 'none' : label;

/**
 * @param {string} name
 * @param {Judged[]} pages
 */
function row(name, pages) {
  const wanted = pages.filter(({ label }) => label && rightOf(label) === 'payment');
  const others = pages.filter((page) => !wanted.includes(page));
  const found = wanted.filter(({ verdict }) => verdict === 'payment').length;
  const alarms = others.filter(({ verdict }) => verdict === 'payment').length;
  const share = wanted.length > 0 ? `${(100 * found / wanted.length).toFixed(1)} %` : '';
  return [name, String(wanted.length), String(found), share, String(others.length), String(alarms)];
}

/** @param {string[][]} rows */
function inColumns(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
  return rows.map((cells) => cells.map((cell, column) =>
    column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])).join('  ').trimEnd());
}

/**
 * @param {Judged[]} judged
 * @returns {string[]} lines to print
 */
export function compare(judged) {
  const labelled = judged.filter(({ label }) => label && !label.tags.includes(DISPUTED));
  const elsewhere = labelled.filter(({ label }) => label?.tags.includes(ELSEWHERE));
  const scored = labelled.filter((page) => !elsewhere.includes(page));
  /** @param {(label: Label) => string[]} keys */
  const groups = (keys) => {
    const names = new Set(scored.flatMap(({ label }) => label ? keys(label) : []));
    return [...names].sort().map((name) =>
      row(name, scored.filter(({ label }) => label && keys(label).includes(name))));
  };
  const rows = [
    ['', 'payment', 'found', '', 'others', 'false alarms'],
    row('all', scored),
    ...groups(({ language }) => [`language ${language}`]),
    ...groups(({ tags }) => tags.map((tag) => `tag ${tag}`)),
    ...(elsewhere.length > 0 ? [row(`apart: ${ELSEWHERE}`, elsewhere)] : []),
  ];
  const wrong = scored.filter(({ label, verdict }) => label && verdict !== rightOf(label));
  return [
    ...inColumns(rows),
    `not scored: ${judged.length - labelled.length} of ${judged.length} (${DISPUTED}, or without a label)`,
    ...wrong.map(({ file, verdict, why }) =>
      verdict === 'payment' ? `false alarm\t${file}\t${why}` : `missed\t${file}`),
  ];
}
