// The marks by which parts of the extension know each other's work in a page. Content, beside and picker
// use them.

/** On every element of ours in a page, so that a successor can clear away what a predecessor left. */
export const HOST_MARK = 'data-cardmute-banner';

/** Where the content script waits for beside.js, in the world that both run in. */
export const BESIDE = Symbol.for('cardmute.beside');
