// Formats a plain text table: the first column is aligned left, the others right.

const GAP = '  ';

/**
 * @param {string[][]} rows the first has the column names; a row of one cell is a heading
 * @returns {string}
 */
export function table(rows) {
  const full = rows.filter((row) => row.length > 1);
  const widths = full[0].map((_, column) => Math.max(...full.map((row) => row[column].length)));
  const line = (/** @type {string[]} */ row) => row
    .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
    .join(GAP).trimEnd();
  return rows.map((row) => (row.length > 1 ? line(row) : `\n${row[0]}`)).join('\n');
}
