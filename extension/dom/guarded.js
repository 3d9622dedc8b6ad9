// Keeps an error at one node of a page from ending the work on all others.

/**
 * @template T
 * @param {() => T} work
 * @returns {T | undefined} undefined if it threw; the browser then reports the error as an uncaught one
 */
export function guarded(work) {
  try {
    return work();
  } catch (error) {
    setTimeout(() => { throw error; });
    return undefined;
  }
}
