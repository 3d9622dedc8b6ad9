// Remembers what was found in the elements around one field for the fields next to it. Otherwise the whole
// list would be searched for each of a thousand fields in it.

/** @typedef {Map<Function, Map<Node, any>>} Batch what was found while the page did not change */

/** @type {Batch | null} null: nothing is remembered, because the page may have changed */
let current = null;

/**
 * @template T
 * @param {Batch} batch
 * @param {() => T} work
 * @returns {T} the work's result. During the work, functions made by `once` use and fill the batch
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
 * @returns {(node: N) => T} the same function, but called only once for each node of a batch
 */
export const once = (find) => (node) => {
  if (!current) return find(node);
  const found = current.get(find) ?? new Map();
  current.set(find, found);
  if (!found.has(node)) found.set(node, find(node));
  return found.get(node);
};
