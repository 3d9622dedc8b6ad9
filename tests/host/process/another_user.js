// Runs a program as another user, which needs root.

/** @param {number} id of the user @returns {string[]} the words before those of the program */
export const asUser = (id) => ['setpriv', `--reuid=${id}`, `--regid=${id}`, '--clear-groups'];
