// Remembers what was found in the elements around a field while the fields next to it are examined. Without
// this, each of a thousand fields in one list would have the whole list searched.

/** @typedef {Map<Function, Map<Node, any>>} Batch what was found in a page that does not change meanwhile */

/** @type {Batch | null} null: nothing is remembered, because the page may have changed */
let current = null;

/**
 * @template T
 * @param {Batch} batch
 * @param {() => T} work
 * @returns {T} the work's result. While it runs, `once` uses what is in the batch, and adds what it finds
 */
export function within(batch, work) {
  current = batch;
  try {
    return work();
  } finally {
    current = null;
  }
}

/**
 * @template {Node} N
 * @template T
 * @param {(node: N) => T} find
 * @returns {(node: N) => T} the same, but each node is searched only once in a batch
 */
export const once = (find) => (node) => {
  if (!current) return find(node);
  const found = current.get(find) ?? new Map();
  current.set(find, found);
  if (!found.has(node)) found.set(node, find(node));
  return found.get(node);
};
